using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using LocalAws;
using WhatsAppBuffer.Simulator.App.Deployment;
using LocalAws.Clock;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using LocalAws.Lambda.Functions;
using LocalAws.Testing;

namespace App.Tests.Deployment;

/// <summary>Functions behind another Lambda endpoint, over real HTTP.</summary>
public class RemoteFunctionInvokerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ReadOnlyMemory<byte> Event => "{\"n\":1}"u8.ToArray();

    [Fact]
    public async Task A_function_is_invoked_by_its_name_with_hyphens_and_its_answer_comes_back_unchanged()
    {
        await using LoopbackLambda lambda = await LoopbackLambda.StartAsync(context => context.Response.WriteAsync("{\"state\":{}}"));
        using var invoker = new RemoteFunctionInvoker(lambda.Uri, new AwsAccount());

        InvocationResult result = await invoker.InvokeAsync("message_aggregator", Event, Cancellation);

        Assert.Null(result.FunctionError);
        Assert.Equal("{\"state\":{}}", Encoding.UTF8.GetString(result.Payload.Span));
        Assert.Equal([("/2015-03-31/functions/message-aggregator/invocations", "{\"n\":1}")], lambda.Calls);
    }

    [Fact]
    public async Task A_functions_own_failure_is_a_result_with_its_error_object()
    {
        await using LoopbackLambda lambda = await LoopbackLambda.StartAsync(context =>
        {
            context.Response.Headers["X-Amz-Function-Error"] = "JsonException";
            return context.Response.WriteAsync("{\"errorType\":\"JsonException\"}");
        });
        using var invoker = new RemoteFunctionInvoker(lambda.Uri, new AwsAccount());

        InvocationResult result = await invoker.InvokeAsync("on_raw_messages", Event, Cancellation);

        Assert.Equal("JsonException", result.FunctionError);
        Assert.Contains("errorType", Encoding.UTF8.GetString(result.Payload.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_keeps_its_status_and_is_not_repeated()
    {
        await using LoopbackLambda lambda = await LoopbackLambda.StartAsync(context =>
        {
            context.Response.StatusCode = 413;
            context.Response.Headers["x-amzn-ErrorType"] = "RequestTooLargeException";
            return context.Response.WriteAsync("{\"message\":\"too large\"}");
        });
        using var invoker = new RemoteFunctionInvoker(lambda.Uri, new AwsAccount());

        AwsException refusal = await Assert.ThrowsAsync<AwsException>(() => invoker.InvokeAsync("on_raw_messages", Event, Cancellation));

        Assert.Equal(413, refusal.StatusCode);
        Assert.Equal("RequestTooLargeException", refusal.Code);
        Assert.Single(lambda.Calls);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_is_named_with_the_remedy()
    {
        using var invoker = new RemoteFunctionInvoker(Nobody(), new AwsAccount());

        AwsException error = await Assert.ThrowsAsync<AwsException>(() => invoker.InvokeAsync("on_raw_messages", Event, Cancellation));

        Assert.Contains(Nobody().Host, error.Message, StringComparison.Ordinal);
        Assert.Contains("--lambda-endpoint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_asynchronous_invocation_of_a_function_elsewhere_is_queued_here_and_retried_from_here()
    {
        int calls = 0;
        await using LoopbackLambda lambda = await LoopbackLambda.StartAsync(context =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                context.Response.Headers["X-Amz-Function-Error"] = "Exception";
            }

            return context.Response.WriteAsync("{}");
        });
        using var invoker = new RemoteFunctionInvoker(lambda.Uri, new AwsAccount());
        using var clock = new CloudClock(600, TimeProvider.System);
        await using var cloud = new LocalCloud(new LocalCloudOptions { Clock = clock });
        cloud.Lambda.CreateFunction(new FunctionDefinition { Name = "on_raw_messages", Code = new FunctionCode.Remote(invoker) });
        string topic = cloud.Sns.CreateTopic("whatsapp_in");
        cloud.Sns.Subscribe(topic, "lambda", cloud.Lambda.GetFunctionArn("on_raw_messages"));

        cloud.Sns.Publish(topic, new LocalAws.Delivery.DeliveryMessage("hello"));

        await Eventually.IsTrueAsync(() => lambda.Calls.Count == 2 && cloud.Lambda.IsIdle, "it was invoked twice");
        Assert.All(lambda.Calls, call => Assert.Contains("hello", call.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_function_gets_one_event_at_a_time_and_does_not_wait_for_another_function()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LoopbackLambda lambda = await LoopbackLambda.StartAsync(async context =>
        {
            await go.Task;
            await context.Response.WriteAsync("{}");
        });
        using var invoker = new RemoteFunctionInvoker(lambda.Uri, new AwsAccount());

        Task<InvocationResult> first = invoker.InvokeAsync("on_raw_messages", Event, Cancellation);
        Task<InvocationResult> second = invoker.InvokeAsync("on_raw_messages", Event, Cancellation);
        Task<InvocationResult> other = invoker.InvokeAsync("message_aggregator", Event, Cancellation);
        await Eventually.IsTrueAsync(() => lambda.Calls.Any(call => call.Path.Contains("message-aggregator", StringComparison.Ordinal)), "the other function has its event");
        await Eventually.IsTrueAsync(() => lambda.Calls.Any(call => call.Path.Contains("on-raw-messages", StringComparison.Ordinal)), "the first event is under way");

        Assert.Equal(2, lambda.Calls.Count);
        go.SetResult();
        await Task.WhenAll(first, second, other);
        Assert.Equal(3, lambda.Calls.Count);
    }

    [Fact]
    public async Task An_event_that_no_longer_waits_leaves_its_turn_to_the_next()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LoopbackLambda lambda = await LoopbackLambda.StartAsync(async context =>
        {
            await go.Task;
            await context.Response.WriteAsync("{}");
        });
        using var invoker = new RemoteFunctionInvoker(lambda.Uri, new AwsAccount());
        using var gaveUp = new CancellationTokenSource();
        Task<InvocationResult> first = invoker.InvokeAsync("on_raw_messages", Event, Cancellation);
        Task<InvocationResult> second = invoker.InvokeAsync("on_raw_messages", Event, gaveUp.Token);
        Task<InvocationResult> third = invoker.InvokeAsync("on_raw_messages", Event, Cancellation);

        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        go.SetResult();
        await Task.WhenAll(first, third);

        Assert.Equal(2, lambda.Calls.Count);
    }

    private static Uri Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}
