using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Simulator.App.Deployment;
using WhatsAppBuffer.Simulator.Endpoint;
using WhatsAppBuffer.Simulator.Lambda;
using WhatsAppBuffer.Simulator.Testing;

namespace App.Tests.Deployment;

/// <summary>With an endpoint that answers an invocation when the test says so.</summary>
public sealed class RemoteFunctionInvokerTests : IAsyncLifetime
{
    private readonly Lock _lock = new();
    private readonly List<(string Function, TaskCompletionSource<string> Answer)> _underWay = [];
    private WebApplication _endpoint = null!;
    private RemoteFunctionInvoker _invoker = null!;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _endpoint = builder.Build();
        _endpoint.MapPost("/2015-03-31/functions/{function}/invocations", async (string function, HttpContext context) =>
        {
            var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _underWay.Add((function, answer));
            }

            await context.Response.WriteAsync(await answer.Task);
        });
        await _endpoint.StartAsync(TestContext.Current.CancellationToken);
        _invoker = new RemoteFunctionInvoker(new Uri(_endpoint.Urls.Single()), new AwsAccount());
    }

    public async ValueTask DisposeAsync()
    {
        _invoker.Dispose();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task A_function_gets_one_event_at_a_time_and_in_order_and_does_not_wait_for_another()
    {
        Task<InvocationResult> first = InvokeAsync("on_raw_messages");
        Task<InvocationResult> second = InvokeAsync("on_raw_messages");
        Task<InvocationResult> other = InvokeAsync("message_aggregator");

        await Eventually.IsTrueAsync(() => UnderWay is ["message-aggregator", "on-raw-messages"], "the first event of each function is under way");
        Answer("on-raw-messages", "1");
        Assert.Equal("1", Text(await first));
        Assert.False(second.IsCompleted);
        await Eventually.IsTrueAsync(() => UnderWay is ["message-aggregator", "on-raw-messages"], "the second event follows the first");
        Answer("on-raw-messages", "2");
        Answer("message-aggregator", "3");

        Assert.Equal(("2", "3"), (Text(await second), Text(await other)));
    }

    [Fact]
    public async Task An_event_that_no_longer_waits_leaves_its_turn_to_the_next()
    {
        using var gaveUp = new CancellationTokenSource();
        Task<InvocationResult> first = InvokeAsync("on_raw_messages");
        Task<InvocationResult> second = InvokeAsync("on_raw_messages", gaveUp.Token);
        Task<InvocationResult> third = InvokeAsync("on_raw_messages");
        await Eventually.IsTrueAsync(() => UnderWay.Length == 1, "the first is under way");

        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Answer("on-raw-messages", "1");
        await Eventually.IsTrueAsync(() => UnderWay.Length == 1, "the third is under way");
        Answer("on-raw-messages", "3");

        Assert.Equal(("1", "3"), (Text(await first), Text(await third)));
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_named_with_the_remedy()
    {
        await _endpoint.StopAsync(TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<AwsException>(() => InvokeAsync("on_raw_messages"));

        Assert.Contains("No Lambda endpoint answers at http://127.0.0.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("without --lambda-endpoint", error.Message, StringComparison.Ordinal);
    }

    private string[] UnderWay
    {
        get
        {
            lock (_lock)
            {
                return [.. _underWay.Select(call => call.Function).Order(StringComparer.Ordinal)];
            }
        }
    }

    private void Answer(string function, string answer)
    {
        lock (_lock)
        {
            int place = _underWay.FindIndex(call => call.Function == function);
            _underWay[place].Answer.SetResult(answer);
            _underWay.RemoveAt(place);
        }
    }

    private Task<InvocationResult> InvokeAsync(string function, CancellationToken cancellationToken = default) => _invoker.InvokeAsync(function, "{}"u8.ToArray(), cancellationToken);

    private static string Text(InvocationResult result) => System.Text.Encoding.UTF8.GetString(result.Payload.Span);
}
