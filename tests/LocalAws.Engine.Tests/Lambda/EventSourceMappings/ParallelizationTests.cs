using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;
using LocalAws.Sqs;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

/// <summary>ParallelizationFactor above 1. Source: Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB": order is kept for each item.</summary>
public sealed class ParallelizationTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private readonly MemoryStreamSource _stream;
    private readonly HeldFunction _function = new();
    private readonly EventSourceMappingEngine _engine;

    public ParallelizationTests()
    {
        _stream = new MemoryStreamSource(_clock);
        _stream.AddShard("shard-1");
        _engine = new EventSourceMappingEngine(
            new AwsAccount(), _clock, _stream, new SqsEngine(new AwsAccount(), _clock), _function, name => new FunctionDefinition { Name = name, Code = FunctionCode.FromText(Task.FromResult) }, new DeliveryRouter());
    }

    public ValueTask DisposeAsync()
    {
        _function.ReleaseAll();
        return _engine.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public async Task So_many_batches_of_a_shard_are_at_work_at_once(int factor)
    {
        Write(Enumerable.Range(0, 200).Select(i => $"item-{i}"));
        await StartAsync(factor);

        await PassUntilAsync(() => _function.Held.Count == factor, $"{factor} calls are under way");

        for (int i = 0; i < 20; i++)
        {
            HeldCall done = _function.Held[i % factor];
            done.Release();
            await PassUntilAsync(() => _function.Held is { } held && held.Count == factor && !held.Contains(done), "another batch takes the free place");
        }

        Assert.Equal(factor, _function.MostAtOnce);
    }

    [Property(MaxTest = 30)]
    public async Task Every_record_comes_once_and_those_of_an_item_in_order(NonEmptyArray<byte> items, PositiveInt factor, int seed)
    {
        await using var mapping = new ParallelizationTests();
        var random = new System.Random(seed);
        string[] keys = [.. items.Get.Select(i => $"item-{i % 7}")];
        mapping.Write(keys);
        await mapping.StartAsync(1 + (factor.Get % 10), batchSize: 3);

        await mapping.PassUntilAsync(
            () =>
            {
                if (mapping._function.Held is { Count: > 0 } held)
                {
                    held[random.Next(held.Count)].Release();
                }

                return mapping._function.Finished.Count == keys.Length;
            },
            "all records are done");

        IReadOnlyList<(string Key, string SequenceNumber)> finished = mapping._function.Finished;
        foreach (IGrouping<string, (string Key, string SequenceNumber)> item in finished.GroupBy(record => record.Key))
        {
            Assert.Equal(item.Select(r => r.SequenceNumber).Order(StringComparer.Ordinal), item.Select(r => r.SequenceNumber));
        }

        Assert.Equal(keys.Length, finished.Select(r => r.SequenceNumber).Distinct().Count());
    }

    [Fact]
    public async Task An_item_that_fails_holds_up_its_lane_only()
    {
        _function.Fails = key => key == "bad";
        Write(["bad", "bad", .. Enumerable.Range(0, 40).Select(i => $"item-{i}")]);
        await StartAsync(factor: 4);

        await PassUntilAsync(
            ReleaseAndCount(() => _function.Finished.Count >= 20 && _engine.GetShards(_engine.Mappings[0].Id) is [{ LastError: not null }]),
            "the other lanes go on and the failure is told");

        Assert.DoesNotContain(_function.Finished, record => record.Key == "bad");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task The_shard_is_read_on_while_one_of_its_lanes_waits_to_try_again(int failing)
    {
        await using var mapping = new MappingFixture();
        string bad = ShardLanesTests.ItemOf(failing);
        string good = ShardLanesTests.ItemOf(1 - failing);
        mapping.Function.Answer = call => call.Ids == bad ? throw new FunctionErrorException("poison") : ScriptedFunction.Ok;
        await mapping.StartAsync(s => s with { ParallelizationFactor = 2 });
        mapping.Stream.Write(bad);
        mapping.Pass(40);
        int calls = mapping.Function.Calls.Count;
        mapping.Stream.Write(good);
        mapping.Pass(0.5);

        Assert.Equal([good], mapping.Batches.Skip(calls));
    }

    [Fact]
    public async Task A_deleted_mapping_does_not_wait_for_the_calls_under_way()
    {
        _function.HeedsCancellation = false;
        Write(["a"]);
        EventSourceMappingState mapping = await StartAsync(factor: 1);
        await PassUntilAsync(() => _function.Held.Count == 1, "the call is under way");

        await _engine.DeleteAsync(mapping.Id).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Single(_function.Held);
    }

    [Fact]
    public async Task An_update_goes_on_before_the_oldest_record_that_is_not_done()
    {
        Write(["held", .. Enumerable.Range(0, 20).Select(i => $"item-{i}")]);
        EventSourceMappingState mapping = await StartAsync(factor: 4);
        await PassUntilAsync(
            () =>
            {
                _function.Held.Where(call => !call.Keys.Contains("held")).ToList().ForEach(call => call.Release());
                return _function.Held is [{ } only] && only.Keys.Contains("held") && _function.Finished.Count > 0;
            },
            "only the held record is under way");

        await _engine.UpdateAsync(mapping.Id, s => s with { BatchSize = 100 });
        await PassUntilAsync(ReleaseAndCount(() => _function.Finished.Select(r => r.SequenceNumber).Distinct().Count() == 21), "nothing is lost");
    }

    [Fact]
    public async Task Eleven_are_too_many()
    {
        AwsException error = await Assert.ThrowsAsync<AwsException>(() => StartAsync(factor: 11));

        Assert.Contains("ParallelizationFactor is 11", error.Message, StringComparison.Ordinal);
    }

    private void Write(IEnumerable<string> keys)
    {
        foreach (string key in keys)
        {
            _stream.Write(key);
        }
    }

    private Task<EventSourceMappingState> StartAsync(int factor, int batchSize = 1) => _engine.CreateAsync(new StreamMappingSettings
    {
        FunctionName = "aggregator",
        EventSourceArn = MemoryStreamSource.Arn,
        BatchSize = batchSize,
        ParallelizationFactor = factor,
    });

    private Task PassUntilAsync(Func<bool> condition, string expectation) =>
        Eventually.IsTrueAsync(condition, expectation, meanwhile: () => _clock.Advance(TimeSpan.FromMilliseconds(250)));

    private Func<bool> ReleaseAndCount(Func<bool> condition) => () =>
    {
        _function.ReleaseAll();
        return condition();
    };

    /// <summary>A function whose calls end when the test lets them.</summary>
    private sealed class HeldFunction : IFunctionInvoker
    {
        private readonly Lock _lock = new();
        private readonly List<HeldCall> _held = [];
        private readonly List<(string Key, string SequenceNumber)> _finished = [];

        public Func<string, bool> Fails { get; set; } = _ => false;

        /// <summary>Whether a call ends when it is cancelled.</summary>
        public bool HeedsCancellation { get; set; } = true;

        public int MostAtOnce { get; private set; }

        public IReadOnlyList<HeldCall> Held
        {
            get
            {
                lock (_lock)
                {
                    return [.. _held];
                }
            }
        }

        public IReadOnlyList<(string Key, string SequenceNumber)> Finished
        {
            get
            {
                lock (_lock)
                {
                    return [.. _finished];
                }
            }
        }

        public void ReleaseAll()
        {
            foreach (HeldCall call in Held)
            {
                call.Release();
            }
        }

        public async Task<InvocationResult> InvokeAsync(string functionName, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            var call = new HeldCall([.. JsonDocument.Parse(payload).RootElement.GetProperty("Records").EnumerateArray().Select(r => r.GetProperty("dynamodb")).Select(d =>
                (d.GetProperty("Keys").GetProperty("id").GetProperty("S").GetString()!, d.GetProperty("SequenceNumber").GetString()!))]);
            lock (_lock)
            {
                _held.Add(call);
                MostAtOnce = Math.Max(MostAtOnce, _held.Count);
            }

            await call.Released.WaitAsync(HeedsCancellation ? cancellationToken : CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            bool isFailed = cancellationToken.IsCancellationRequested || call.Records.Any(record => Fails(record.Key));
            lock (_lock)
            {
                _held.Remove(call);
                _finished.AddRange(isFailed ? [] : call.Records);
            }

            cancellationToken.ThrowIfCancellationRequested();
            return new InvocationResult("request", isFailed ? "Unhandled" : null, "null"u8.ToArray());
        }
    }

    private sealed class HeldCall(IReadOnlyList<(string Key, string SequenceNumber)> records)
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<(string Key, string SequenceNumber)> Records => records;

        public IEnumerable<string> Keys => records.Select(record => record.Key);

        public Task Released => _released.Task;

        public void Release() => _released.TrySetResult();
    }
}
