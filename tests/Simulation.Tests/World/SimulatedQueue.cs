using System.Text;
using System.Text.Json.Nodes;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using WhatsAppBuffer.Topology;

namespace Simulation.Tests.World;

/// <summary>
/// A standard queue of SQS and the mapping that reads it for a function: late, in any order, now and then twice, and, which SQS never does
/// but an operator may, now and then not at all.
/// </summary>
internal sealed class SimulatedQueue(Cloud cloud, FunctionSpec function, QueueSpec queue) : ICarrier
{
    /// <summary>The one of a function that what takes no time waits in.</summary>
    public SimulatedQueue(Cloud cloud, FunctionSpec function)
        : this(cloud, function, function.Queue!)
    {
    }

    /// <summary>The sweep comes less and less often: without an end to losses there would be none to waiting.</summary>
    private const int MostLosses = 3;

    private readonly List<Entry> _visible = [];
    private readonly Dictionary<string, int> _losses = [];
    private int _sent;
    private int _running;

    public double Loss { get; init; }

    public double Repetition { get; init; }

    /// <summary>On top of the delay that is asked for.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A mapping without <c>ReportBatchItemFailures</c>: what an invocation says is not heard.</summary>
    public bool IgnoresAnswers { get; init; }

    public void Accept(byte[] payload, TimeSpan delay)
    {
        string body = Encoding.UTF8.GetString(payload);
        int losses = _losses.GetValueOrDefault(body);
        if (losses < MostLosses && cloud.Random.NextDouble() < Loss)
        {
            _losses[body] = losses + 1;
            return;
        }

        string id = $"message {++_sent}";
        for (int times = cloud.Random.NextDouble() < Repetition ? 2 : 1; times > 0; times--)
        {
            var entry = new Entry(id, body);
            cloud.After(delay + (LongestDelay * cloud.Random.NextDouble()), () => Show(entry));
        }
    }

    private void Show(Entry entry)
    {
        _visible.Add(entry);
        cloud.Begin(ReceiveAsync);
    }

    private async Task ReceiveAsync()
    {
        await cloud.DelayAsync(TimeSpan.FromMilliseconds(cloud.Random.Next(200)));
        if (_running == queue.Concurrency || _visible.Count == 0)
        {
            return;
        }

        Entry[] batch = [.. _visible.OrderBy(_ => cloud.Random.Next()).Take(queue.BatchSize)];
        _visible.RemoveAll(batch.Contains);
        _running++;
        foreach (Entry entry in batch)
        {
            entry.FirstReceivedAt = entry.Received == 0 ? cloud.Clock.GetUtcNow() : entry.FirstReceivedAt;
            cloud.Begin(() => ShowAgainAsync(entry));
        }

        HashSet<string> failed = await InvokeAsync(batch);
        _running--;
        foreach (Entry entry in batch.Where(entry => !failed.Contains(entry.Id)))
        {
            entry.Deleted.Cancel();
        }

        cloud.Begin(ReceiveAsync);
    }

    /// <summary>Whether the function still works on it or not.</summary>
    private async Task ShowAgainAsync(Entry entry)
    {
        try
        {
            await cloud.DelayAsync(TimeSpan.FromSeconds(queue.VisibilityTimeoutSeconds), entry.Deleted.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (++entry.Received == QueueSpec.MaxReceiveCount)
        {
            throw cloud.Break($"{queue.Name} gave {entry.Id} up.");
        }

        Show(entry);
    }

    /// <returns>Ids of the messages that stay.</returns>
    private async Task<HashSet<string>> InvokeAsync(Entry[] batch)
    {
        try
        {
            InvocationResult result = await cloud.Lambda.InvokeAsync(function.Name, Event(batch), CancellationToken.None);
            return result.FunctionError is not null ? [.. batch.Select(entry => entry.Id)] : IgnoresAnswers ? [] : [.. Failed(result.Payload)];
        }
        catch (AwsException)
        {
            return [.. batch.Select(entry => entry.Id)];
        }
    }

    private byte[] Event(Entry[] batch) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["Records"] = new JsonArray([.. batch.Select(entry => new JsonObject
        {
            ["messageId"] = entry.Id,
            ["body"] = entry.Body,
            ["attributes"] = new JsonObject { ["ApproximateFirstReceiveTimestamp"] = $"{entry.FirstReceivedAt.ToUnixTimeMilliseconds()}" },
            ["eventSource"] = "aws:sqs",
            ["eventSourceARN"] = $"arn:aws:sqs:us-east-1:123456789012:{queue.Name}",
        })]),
    }.ToJsonString());

    private static IEnumerable<string> Failed(ReadOnlyMemory<byte> answer) =>
        JsonNode.Parse(answer.Span)!["batchItemFailures"]!.AsArray().Select(failure => failure!["itemIdentifier"]!.GetValue<string>());

    private sealed record Entry(string Id, string Body)
    {
        public CancellationTokenSource Deleted { get; } = new();

        public int Received { get; set; }

        public DateTimeOffset FirstReceivedAt { get; set; }
    }
}
