using System.Text;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Invocations;

namespace LocalAws.Tests.Lambda.Functions;

/// <summary>The last events of a function can be looked at and sent again.</summary>
public sealed class FunctionEventTests : IAsyncDisposable
{
    private readonly LambdaFixture _lambda = new();

    public ValueTask DisposeAsync() => _lambda.DisposeAsync();

    [Fact]
    public async Task An_event_is_kept_with_what_came_of_it()
    {
        _lambda.Create("f", json => json == "1" ? Task.FromResult("2") : throw new ArgumentException("no number"));

        InvocationResult good = await _lambda.InvokeAsync("f", "1");
        InvocationResult bad = await _lambda.InvokeAsync("f", "\"one\"");

        Assert.Equal(
            [(good.RequestId, "1", 1, false, null), (bad.RequestId, "\"one\"", 1, false, "ArgumentException: no number")],
            _lambda.Engine.GetEvents("f").Select(e => (e.Id, Encoding.UTF8.GetString(e.Payload.Span), e.Attempts, e.UnderWay, e.Error)));
    }

    [Fact]
    public async Task An_event_that_is_retried_is_one_event_with_several_attempts()
    {
        int calls = 0;
        _lambda.Create("f", _ => Interlocked.Increment(ref calls) < 3 ? throw new InvalidOperationException("not yet") : Task.FromResult("{}"));

        _lambda.Engine.InvokeEvent("f", new InvocationRequest("{}"u8.ToArray()));
        await Eventually.IsTrueAsync(() => _lambda.Engine.IsIdle, "the retries are over", meanwhile: () => _lambda.Clock.Advance(TimeSpan.FromSeconds(30)));

        FunctionEvent kept = Assert.Single(_lambda.Engine.GetEvents("f"));
        Assert.Equal((3, null), (kept.Attempts, kept.Error));
    }

    [Fact]
    public async Task An_event_sent_again_has_the_same_payload_and_client_context_and_another_request_id()
    {
        var seen = new List<string>();
        _lambda.Create("f", json =>
        {
            seen.Add(json);
            return Task.FromResult($"{seen.Count}");
        });
        var request = new InvocationRequest("""{"id":1}"""u8.ToArray()) { ClientContext = """{"custom":{}}""" };
        await _lambda.Engine.InvokeAsync("f", request, CancellationToken.None);

        InvocationResult again = await _lambda.Engine.ResendAsync("f", request.RequestId, CancellationToken.None);

        Assert.Equal("2", again.Text());
        Assert.Equal(["""{"id":1}""", """{"id":1}"""], seen);
        Assert.Equal([request.RequestId, again.RequestId], _lambda.Engine.GetEvents("f").Select(e => e.Id));
        Assert.NotEqual(request.RequestId, again.RequestId);
        Assert.All(_lambda.Engine.GetEvents("f"), e => Assert.Equal("""{"custom":{}}""", e.ClientContext));
    }

    [Fact]
    public async Task The_oldest_events_go_first_beyond_fifty()
    {
        _lambda.Create("f", Task.FromResult);

        for (int i = 1; i <= 51; i++)
        {
            await _lambda.InvokeAsync("f", $"{i}");
        }

        Assert.Equal(Enumerable.Range(2, 50), _lambda.Engine.GetEvents("f").Select(e => int.Parse(e.Payload.Span)));
    }

    [Fact]
    public async Task The_oldest_events_go_first_beyond_eight_megabytes()
    {
        _lambda.Create("f", _ => Task.FromResult("{}"));
        string megabytes = new('x', 3 * 1024 * 1024);

        foreach (string name in new[] { "a", "b", "c" })
        {
            await _lambda.InvokeAsync("f", $"\"{name}{megabytes}\"");
        }

        Assert.Equal(["b", "c"], _lambda.Engine.GetEvents("f").Select(e => Encoding.UTF8.GetString(e.Payload.Span[1..2])));
    }

    [Fact]
    public async Task An_event_that_is_not_kept_cannot_be_sent_again()
    {
        _lambda.Create("f", Task.FromResult);
        InvocationResult forgotten = await _lambda.InvokeAsync("f", "1");
        _lambda.Engine.ForgetEvents();

        AwsException refusal = await Assert.ThrowsAsync<AwsException>(() => _lambda.Engine.ResendAsync("f", forgotten.RequestId, CancellationToken.None));

        Assert.Equal(("ResourceNotFoundException", 404), (refusal.Code, refusal.StatusCode));
        Assert.Contains("is none of the last 50 events of f", refusal.Message, StringComparison.Ordinal);
    }
}
