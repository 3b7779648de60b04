using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.AppHost.Commands;

namespace AppHost.Tests;

/// <summary>What a command of the dashboard makes of the simulator's answers.</summary>
public sealed class SimulatorClientTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TcpListener _simulator = new(IPAddress.Loopback, 0);

    public SimulatorClientTests() => _simulator.Start();

    public void Dispose() => _simulator.Dispose();

    [Fact]
    public async Task A_scenario_that_does_not_hold_is_a_failure_with_its_verdicts()
    {
        Task<ExecuteCommandResult> command = Api().PostAsync("scenarios/duplicates", TestContext.Current.CancellationToken);
        await AnswerAsync("200 OK", "");
        await AnswerAsync("200 OK", """{"holds":false,"verdicts":[]}""");

        ExecuteCommandResult result = await command;

        Assert.False(result.Success);
        Assert.Contains("verdicts", result.Data!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_simulator_refuses_is_a_failure_with_its_sentence()
    {
        Task<ExecuteCommandResult> command = Api().PostAsync("clock/speed?factor=0", TestContext.Current.CancellationToken);
        await AnswerAsync("200 OK", "");
        await AnswerAsync("400 Bad Request", """{"error":"A speed of 0 cannot be."}""");

        ExecuteCommandResult result = await command;

        Assert.False(result.Success);
        Assert.Contains("400", result.Message, StringComparison.Ordinal);
        Assert.Contains("A speed of 0", result.Data!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_simulator_whose_connections_are_kept_waiting_is_a_failure_after_five_seconds()
    {
        Task<ExecuteCommandResult> command = Api().PostAsync("burst?customer=Kike", TestContext.Current.CancellationToken);
        using Socket waiting = await _simulator.AcceptSocketAsync(TestContext.Current.CancellationToken);
        Assert.False(command.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains("does not answer", (await command).Message, StringComparison.Ordinal);
    }

    private SimulatorClient Api()
    {
        var endpoint = new EndpointAnnotation(ProtocolType.Tcp, uriScheme: "http", name: "http");
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "127.0.0.1", ((IPEndPoint)_simulator.LocalEndpoint).Port);
        return new SimulatorClient(new EndpointReference(new ProjectResource("simulator"), endpoint), _clock);
    }

    private async Task AnswerAsync(string status, string body)
    {
        using Socket connection = await _simulator.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await connection.ReceiveAsync(new byte[4096], TestContext.Current.CancellationToken);
        await connection.SendAsync(
            Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"), TestContext.Current.CancellationToken);
    }
}
