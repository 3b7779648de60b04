using System.Collections.Concurrent;

namespace WhatsAppBuffer.LimitedFeed.Tests;

/// <summary>A Runtime API that hands out the given events in turn, then blocks, and remembers what the function answered.</summary>
internal sealed class FakeRuntimeApi : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _events;
    private readonly (string Name, string Value)[] _headers;
    private int _handedOut;

    private FakeRuntimeApi(IEnumerable<string> events, (string Name, string Value)[] headers)
    {
        _events = new ConcurrentQueue<string>(events);
        _headers = headers;
    }

    public Loopback Server { get; private set; } = null!;

    /// <summary>The value for <c>AWS_LAMBDA_RUNTIME_API</c>: no scheme, and a path in front of the API's own.</summary>
    public string Endpoint => $"{new Uri(Server.Url).Authority}/my_function";

    /// <summary>What was posted, in order.</summary>
    public IReadOnlyList<Received> Posts => [.. Server.Requests.Where(request => request.Method == "POST")];

    public static async Task<FakeRuntimeApi> StartAsync(string[] events, params (string Name, string Value)[] headers)
    {
        var api = new FakeRuntimeApi(events, headers);
        api.Server = await Loopback.StartAsync(api.AnswerAsync);
        return api;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task<Answer> AnswerAsync(Received request, CancellationToken aborted)
    {
        if (request.Method == "POST")
        {
            return new Answer(202, """{"status":"OK"}""");
        }

        if (_events.TryDequeue(out string? next))
        {
            return Answer.Json(next, [("Lambda-Runtime-Aws-Request-Id", $"id-{Interlocked.Increment(ref _handedOut)}"), .. _headers]);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, aborted);
        return new Answer(200);
    }
}
