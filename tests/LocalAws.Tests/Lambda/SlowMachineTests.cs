using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS;
using LocalAws.Tests.Lambda.Runtimes;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Faults;
using LocalAws.Lambda;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Invocations;
using Cloud = LocalAws.LocalCloud;

namespace LocalAws.Tests.Lambda;

/// <summary>Whether a cloud's functions are late, with real processes: what a scaled clock waits for.</summary>
public sealed class SlowMachineTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private readonly TcpListener _gate = new(IPAddress.Loopback, 0);
    private Cloud _cloud = null!;

    public async ValueTask InitializeAsync()
    {
        _gate.Start();
        _cloud = await Cloud.StartAsync(new LocalCloudOptions { Clock = _time });
        _cloud.Sqs.CreateQueue("q");
        _cloud.Lambda.CreateFunction(new FunctionDefinition { Name = "probe", Code = Runtime.Python, Timeout = TimeSpan.FromMinutes(1), ReservedConcurrency = 1 });
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        await _cloud.DisposeAsync();
    }

    private bool IsBehind => _cloud.Lambda.IsBehind(TimeSpan.Zero);

    [Fact]
    public async Task A_function_that_starts_and_one_that_takes_long_are_late_until_they_are_done()
    {
        Task<InvocationResult> invocation = InvokeAsync("""{"do":"wait","port":PORT}""");
        Assert.True(IsBehind);

        using (await _gate.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            Assert.True(IsBehind);
            Assert.False(_cloud.Lambda.IsBehind(TimeSpan.FromMinutes(1)));
        }

        await invocation;
        Assert.False(IsBehind);
    }

    [Fact]
    public async Task Functions_that_were_refused_something_and_the_events_behind_them_are_not_late()
    {
        string token = await SessionTokenAsync();
        Task<InvocationResult> invocation = InvokeAsync("""{"do":"wait","port":PORT}""");
        using (await _gate.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            _cloud.Lambda.InvokeEvent("probe", new InvocationRequest("1"u8.ToArray()));
            await SendAsync(token, "q");
            Assert.True(IsBehind);

            await Assert.ThrowsAnyAsync<AmazonSQSException>(() => SendAsync("another's", "no-queue"));
            Assert.True(IsBehind);

            await Assert.ThrowsAnyAsync<AmazonSQSException>(() => SendAsync(token, "no-queue"));
            Assert.False(IsBehind);
        }

        await invocation;
    }

    [Fact]
    public async Task A_function_whose_call_is_delayed_on_purpose_is_not_late_so_that_the_clock_can_end_the_delay()
    {
        string token = await SessionTokenAsync();
        _cloud.Faults.Set(new FaultPlan { Rules = [new FaultRule { Service = "sqs", Effect = FaultEffect.Latency, Latency = new Latency(30, 30) }] });
        Task<InvocationResult> invocation = InvokeAsync("""{"do":"wait","port":PORT}""");
        using (await _gate.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            Task call = SendAsync(token, "q");
            await Eventually.IsTrueAsync(() => !IsBehind, "the function is excused");

            _time.Advance(TimeSpan.FromSeconds(30));
            await call;
            Assert.False(IsBehind);
        }

        await invocation;
    }

    private Task<InvocationResult> InvokeAsync(string json) => _cloud.Lambda.InvokeAsync(
        "probe",
        System.Text.Encoding.UTF8.GetBytes(json.Replace("PORT", $"{((IPEndPoint)_gate.LocalEndpoint).Port}", StringComparison.Ordinal)),
        TestContext.Current.CancellationToken);

    private async Task<string> SessionTokenAsync() =>
        JsonDocument.Parse((await InvokeAsync("""{"do":"environment"}""")).Payload).RootElement.GetProperty("AWS_SESSION_TOKEN").GetString()!;

    /// <summary>Sends as the sandbox does whose token it is.</summary>
    private async Task SendAsync(string token, string queue)
    {
        using var sqs = new AmazonSQSClient(new SessionAWSCredentials("any", "any", token), _cloud.ClientConfig<AmazonSQSConfig>(maxErrorRetry: 0));
        await sqs.SendMessageAsync(new Uri(_cloud.Uri, $"{_cloud.Account.Id}/{queue}").ToString(), "text", TestContext.Current.CancellationToken);
    }
}
