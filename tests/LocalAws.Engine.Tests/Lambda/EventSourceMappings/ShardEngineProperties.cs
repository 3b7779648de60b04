using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using LocalAws.DynamoDb.Streams;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.EventSourceMappings.Shards;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

/// <summary>Laws of a shard, whatever the function answers and however time passes.</summary>
public class ShardEngineProperties
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Property]
    public bool Every_record_is_done_with_once_and_in_order(byte[] gaps, byte[] answers, byte batchSize, byte window, bool bisect, bool partial)
    {
        StreamMappingSettings settings = Settings(batchSize, window) with { BisectBatchOnFunctionError = bisect, ReportBatchItemFailures = partial };
        var run = new Run(settings, gaps, answers);

        return run.ToEnd().Done.SequenceEqual(run.Written);
    }

    [Property]
    public bool What_is_not_done_with_is_given_up_and_nothing_is_both(byte[] gaps, byte[] answers, byte batchSize, byte window, byte retries)
    {
        var run = new Run(Settings(batchSize, window) with { MaximumRetryAttempts = retries % 3, ReportBatchItemFailures = true }, gaps, answers);

        return run.ToEnd().Done.Concat(run.GivenUp).Order(StringComparer.Ordinal).SequenceEqual(run.Written);
    }

    [Property]
    public bool No_call_is_larger_than_the_batch_size_or_spans_two_windows(byte[] gaps, byte[] answers, byte batchSize)
    {
        StreamMappingSettings settings = Settings(batchSize, window: 10);
        var run = new Run(settings, gaps, answers);

        return run.ToEnd().Calls.All(c => c.Records.Count <= settings.BatchSize && c.Records.All(r => r.CreatedAt >= c.Window!.Start && r.CreatedAt < c.Window.End));
    }

    [Property]
    public bool Every_window_that_got_records_is_closed_once_and_before_the_next_one_opens(byte[] gaps, byte[] answers, byte batchSize)
    {
        var run = new Run(Settings(batchSize, window: 10), gaps, answers);
        TimeWindow?[] opened = [.. run.ToEnd().Calls.Where(c => c.Kind == BatchKind.Records).Select(c => c.Window).Distinct()];
        TimeWindow?[] closed = [.. run.Calls.Where(c => c.Kind == BatchKind.WindowClosed).Select(c => c.Window).Distinct()];

        return opened.SequenceEqual(closed) && run.Calls.Select(c => c.Window!.Start).SequenceEqual(run.Calls.Select(c => c.Window!.Start).Order());
    }

    private static StreamMappingSettings Settings(byte batchSize, byte window) => MappingFixture.Settings with
    {
        BatchSize = (batchSize % 7) + 1,
        MaximumBatchingWindowInSeconds = batchSize % 3,
        TumblingWindowInSeconds = window % 30,
    };

    /// <summary>Plays a shard to its end: some records, then calls answered by the given bytes, later ones with success.</summary>
    private sealed class Run
    {
        private readonly ShardEngine _engine;
        private readonly StreamMappingSettings _settings;
        private readonly Queue<byte> _answers;
        private DateTimeOffset _now;

        public Run(StreamMappingSettings settings, byte[] gaps, byte[] answers)
        {
            (_settings, _engine, _answers) = (settings, new ShardEngine(settings), new Queue<byte>(answers));
            DateTimeOffset at = Start;
            var records = new List<StreamEntry>();
            foreach (byte gap in gaps)
            {
                at = at.AddSeconds(gap % 8);
                records.Add(new StreamEntry($"{records.Count:D6}", at, "{}"u8.ToArray()));
            }

            Written = [.. records.Select(r => r.SequenceNumber)];
            _now = at;
            _engine.Read(records, atTip: true, at, at);
            _engine.EndOfShard();
        }

        public IReadOnlyList<string> Written { get; }

        public List<string> Done { get; } = [];

        public List<string> GivenUp { get; } = [];

        public List<ShardCall> Calls { get; } = [];

        public Run ToEnd()
        {
            for (int step = 0; step < 100_000; step++)
            {
                switch (_engine.Decide(_now))
                {
                    case ShardDecision.Invoke invoke:
                        Calls.Add(invoke.Call);
                        _engine.Answered(Answer(invoke.Call), _now);
                        break;
                    case ShardDecision.GiveUp giveUp:
                        GivenUp.AddRange(giveUp.What.Call.Records.Select(r => r.SequenceNumber));
                        break;
                    case ShardDecision.Wait wait:
                        _now = wait.Until ?? throw new InvalidOperationException("The shard waits for ever.");
                        break;
                    default:
                        return this;
                }
            }

            throw new InvalidOperationException("The shard never ends.");
        }

        private CallAnswer Answer(ShardCall call)
        {
            byte answer = _answers.TryDequeue(out byte next) ? next : (byte)3;
            switch (answer % 4)
            {
                case 0:
                    return new CallAnswer.NotReached("throttled");
                case 1:
                    return new CallAnswer.Failed("id", "Unhandled", "thrown");
                case 2 when _settings.ReportBatchItemFailures && call.Records.Count > 0:
                    int failed = answer % call.Records.Count;
                    Done.AddRange(call.Records.Take(failed).Select(r => r.SequenceNumber));
                    return Returned($"[{{\"itemIdentifier\":{JsonSerializer.Serialize(call.Records[failed].SequenceNumber)}}}]");
                default:
                    Done.AddRange(call.Records.Select(r => r.SequenceNumber));
                    return Returned("[]");
            }
        }

        private static CallAnswer.Returned Returned(string failures) => new("id", Encoding.UTF8.GetBytes($"{{\"state\":{{}},\"batchItemFailures\":{failures}}}"));
    }
}
