using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.AppHost.Choices;

namespace AppHost.Tests;

public sealed class EndpointPortTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly StringWriter _output = new();
    private readonly TcpListener _other = new(IPAddress.Loopback, 0);

    public EndpointPortTests() => _other.Start();

    private int Port => ((IPEndPoint)_other.LocalEndpoint).Port;

    public void Dispose()
    {
        _other.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task A_port_that_an_application_which_was_stopped_still_holds_is_waited_for_with_a_line_that_says_so()
    {
        int port = Port;
        Task free = new EndpointPort(_clock, _output).WhenFreeAsync(port, TestContext.Current.CancellationToken);
        Assert.False(free.IsCompleted);
        Assert.Contains($"Port {port} of 127.0.0.1 is in use", _output.ToString(), StringComparison.Ordinal);

        _other.Stop();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await free;
    }

    [Fact]
    public async Task A_port_that_somebody_keeps_is_refused_with_another_to_choose()
    {
        _clock.AutoAdvanceAmount = TimeSpan.FromSeconds(21);

        var refusal = await Assert.ThrowsAsync<ChoiceException>(() => new EndpointPort(_clock, _output).WhenFreeAsync(Port, TestContext.Current.CancellationToken));

        Assert.Contains($"--port {Port}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("choose another port: --port", refusal.Message, StringComparison.Ordinal);
    }
}
