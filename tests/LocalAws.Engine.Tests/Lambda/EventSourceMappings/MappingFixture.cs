using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;
using LocalAws.S3;
using LocalAws.Sqs;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

/// <summary>
/// Mappings over a stream in memory, a scripted function and a fake clock. Everything answers at once, so whatever is due happens inside
/// <see cref="Pass"/>: a test is a sequence, not a race.
/// </summary>
internal sealed class MappingFixture : IAsyncDisposable
{
    public const string Queue = "arn:aws:sqs:us-east-1:123456789012:failed";

    public MappingFixture(LambdaOptions? options = null, FakeTimeProvider? clock = null)
    {
        Clock = clock ?? new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
        Stream = new MemoryStreamSource(Clock);
        Function = new ScriptedFunction(Clock);
        Stream.AddShard("shard-1");
        var router = new DeliveryRouter();
        router.Add(Mailbox);
        Buckets = new S3Engine(new AwsAccount(), Clock);
        router.Add(new S3Delivery(Buckets));
        Queues = new SqsEngine(new AwsAccount(), Clock);
        Engine = new EventSourceMappingEngine(new AwsAccount(), Clock, Stream, Queues, Function, FunctionOf, router, options);
    }

    public FakeTimeProvider Clock { get; }

    public MemoryStreamSource Stream { get; }

    public SqsEngine Queues { get; }

    public S3Engine Buckets { get; }

    public ScriptedFunction Function { get; }

    public Mailbox Mailbox { get; } = new();

    public EventSourceMappingEngine Engine { get; }

    public static StreamMappingSettings Settings => new() { FunctionName = "aggregator", EventSourceArn = MemoryStreamSource.Arn };

    /// <summary>What was handed over so far, one string per call, the keys of its records.</summary>
    public IEnumerable<string> Batches => Function.Calls.Select(c => c.Ids);

    /// <summary>Records that on-failure destinations got.</summary>
    public IReadOnlyList<JsonElement> GivenUp => [.. Mailbox.Messages.Select(m => JsonDocument.Parse(m.Message.Body).RootElement)];

    public Task<EventSourceMappingState> StartAsync(Func<StreamMappingSettings, StreamMappingSettings>? change = null) =>
        Engine.CreateAsync(change?.Invoke(Settings) ?? Settings);

    public Task<EventSourceMappingState> UpdateAsync(string id, Func<StreamMappingSettings, StreamMappingSettings> change) =>
        Engine.UpdateAsync(id, settings => change((StreamMappingSettings)settings));

    /// <summary>Lets time pass in steps of 50 ms.</summary>
    public void Pass(double seconds)
    {
        DateTimeOffset end = Clock.GetUtcNow().AddSeconds(seconds);
        while (Clock.GetUtcNow() < end)
        {
            TimeSpan step = end - Clock.GetUtcNow();
            Clock.Advance(step < TimeSpan.FromMilliseconds(50) ? step : TimeSpan.FromMilliseconds(50));
        }
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    private static FunctionDefinition FunctionOf(string name) => name == "missing"
        ? throw new AwsException("ResourceNotFoundException", "Function not found: arn:aws:lambda:us-east-1:123456789012:function:missing", 404)
        : new FunctionDefinition { Name = name.Split(':')[^1], Code = FunctionCode.FromText(Task.FromResult) };
}
