using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;
using LocalAws.Sqs;

namespace LocalAws.Tests.Lambda.EventSourceMappings.Queues;

/// <summary>The mapping of a real queue, a function that answers by script, and a fake clock.</summary>
internal sealed class QueueFixture : IFunctionInvoker, IAsyncDisposable
{
    public const string Name = "orders";
    public const string DeadLetters = "dead_orders";

    public static readonly DateTimeOffset Start = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentQueue<QueueCall> _calls = new();
    private int _answered;

    public QueueFixture(params (string Name, string Value)[] attributes)
    {
        Queues = new SqsEngine(Account, Clock);
        Queues.CreateQueue(DeadLetters);
        Queues.CreateQueue(Name, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value));
        Engine = new EventSourceMappingEngine(Account, Clock, new MemoryStreamSource(Clock), Queues, this, FunctionOf, new DeliveryRouter());
        Engine.MessagesHandedOver += _ => Interlocked.Increment(ref _answered);
    }

    public AwsAccount Account { get; } = new();

    public FakeTimeProvider Clock { get; } = new(Start);

    public SqsEngine Queues { get; }

    public EventSourceMappingEngine Engine { get; }

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Answers a call; by default that all went well.</summary>
    public Func<QueueCall, Task<string>> Answer { get; set; } = _ => Task.FromResult("null");

    public IReadOnlyList<QueueCall> Calls => [.. _calls];

    /// <summary>What was handed over so far, one string per call, the messages' bodies.</summary>
    public IEnumerable<string> Batches => _calls.Select(call => call.Bodies);

    public static string QueueArn => "arn:aws:sqs:us-east-1:123456789012:orders";

    public static (string, string) RedriveAfter(int receives) =>
        ("RedrivePolicy", $$"""{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:{{DeadLetters}}","maxReceiveCount":{{receives}}}""");

    public Task<EventSourceMappingState> StartAsync(Func<QueueMappingSettings, QueueMappingSettings>? change = null)
    {
        var settings = new QueueMappingSettings { FunctionName = "on_order", EventSourceArn = QueueArn };
        return Engine.CreateAsync(change?.Invoke(settings) ?? settings);
    }

    public string Send(string body, int? delaySeconds = null) => Queues.SendMessage(Name, new DeliveryMessage(body), delaySeconds).MessageId;

    /// <summary>Waits for so many calls in all, and until what came of them is done.</summary>
    public async Task CalledAsync(int times, double withinSeconds = 0)
    {
        DateTimeOffset end = Clock.GetUtcNow().AddSeconds(withinSeconds);
        await Eventually.IsTrueAsync(
            () => Volatile.Read(ref _answered) >= times,
            $"the function is called {times} times",
            meanwhile: () => Clock.Advance(TimeSpan.FromSeconds(Clock.GetUtcNow() < end ? 0.5 : 0)));
        Assert.Equal(times, _calls.Count);
    }

    /// <summary>Waits until the mapping tells of an error.</summary>
    public Task TellsAsync(string mappingId, string error) => Eventually.IsTrueAsync(() => Engine.GetQueue(mappingId)?.LastError?.Contains(error, StringComparison.Ordinal) == true, $"the mapping tells: {error}");

    public Task IdleAsync() => Eventually.IsTrueAsync(() => Engine.IsIdle, "nothing waits and nothing is under way");

    /// <summary>(Visible, in flight, delayed.)</summary>
    public (string, string, string) Counts(string queue = Name)
    {
        IReadOnlyDictionary<string, string> attributes = Queues.GetQueueAttributes(queue);
        return (attributes["ApproximateNumberOfMessages"], attributes["ApproximateNumberOfMessagesNotVisible"], attributes["ApproximateNumberOfMessagesDelayed"]);
    }

    public async Task<InvocationResult> InvokeAsync(string functionName, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var call = new QueueCall(Clock.GetUtcNow(), JsonDocument.Parse(payload.ToArray()).RootElement);
        _calls.Enqueue(call);
        try
        {
            return new InvocationResult("request", null, Encoding.UTF8.GetBytes(await Answer(call)));
        }
        catch (FunctionErrorException e)
        {
            return new InvocationResult("request", "Unhandled", Encoding.UTF8.GetBytes($$"""{"errorType":"Error","errorMessage":"{{e.Message}}"}"""));
        }
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    private FunctionDefinition FunctionOf(string name) => name == "missing"
        ? throw new AwsException("ResourceNotFoundException", "Function not found: arn:aws:lambda:us-east-1:123456789012:function:missing", 404)
        : new FunctionDefinition { Name = name.Split(':')[^1], Code = FunctionCode.FromText(Task.FromResult), Timeout = Timeout };
}

/// <summary>One call of the function.</summary>
internal sealed record QueueCall(DateTimeOffset At, JsonElement Event)
{
    public IReadOnlyList<JsonElement> Records => [.. Event.GetProperty(nameof(Records)).EnumerateArray()];

    /// <summary>The messages' bodies, joined: <c>a b c</c>.</summary>
    public string Bodies => string.Join(' ', Records.Select(record => record.GetProperty("body").GetString()));

    public string IdOf(string body) => Records.First(record => record.GetProperty("body").ValueEquals(body)).GetProperty("messageId").GetString()!;

    /// <summary>An answer that reports these as failed.</summary>
    public string Failing(params string[] bodies) =>
        $$"""{"batchItemFailures":[{{string.Join(',', bodies.Select(body => $$"""{"itemIdentifier":"{{IdOf(body)}}"}"""))}}]}""";
}
