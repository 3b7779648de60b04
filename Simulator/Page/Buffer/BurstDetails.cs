using System.Text.Json;
using System.Text.Json.Nodes;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.Page.Hosting;
using WhatsAppBuffer.Simulator.Page.Recording;
using WhatsAppBuffer.Simulator.Page.Words;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.Page.Buffer;

/// <summary>A burst, looked into.</summary>
/// <param name="View">As it is listed.</param>
/// <param name="Messages">Each message's way.</param>
/// <param name="Stages">What it was at each stage.</param>
/// <param name="TraceId">Id of the trace of its first message; null when there is none.</param>
public sealed record BurstDetails(BurstView View, IReadOnlyList<MessageWay> Messages, IReadOnlyList<StageFacts> Stages, string? TraceId)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The burst of an id; null when it is not known any more.</summary>
    internal static BurstDetails? Of(Live live, Simulation simulation, string id)
    {
        if (live.Ledger.Burst(id) is not { } burst)
        {
            return null;
        }

        RecordedMessage[] messages = [.. burst.MessageIds.Select(live.Ledger.Message).OfType<RecordedMessage>().OrderBy(message => message.SentAt)];
        BurstView view = BufferView.Of(burst, live.Ledger.Message, simulation.Release(), (decimal)simulation.Prices.ConnectChatMessage);
        return new BurstDetails(
            view,
            [.. messages.Select(message => new MessageWay(message.Text, message.SentAt, message.StoredAt, message.HandedOverAt, message.DeliveredAt))],
            [Sns(messages), Stored(simulation, messages), Waiting(messages), Aggregated(burst), Delivered(burst, view)],
            messages.Select(message => TraceOf(message.StoredJson)).FirstOrDefault(trace => trace is not null));
    }

    private static StageFacts Sns(RecordedMessage[] messages) => new(
        Stage.Sns,
        string.Join("\n\n", messages.Select(message => Indented(message.Written?.Message.ToJsonString()))),
        [("Published", string.Join(", ", messages.Select(message => Show.Exact(message.SentAt)))), ("WhatsApp’s ids", string.Join("\n", messages.Select(message => message.Id)))]);

    private static StageFacts Stored(Simulation simulation, RecordedMessage[] messages)
    {
        HashSet<string> ids = [.. messages.Select(message => message.Id)];
        FunctionEventView[] events =
        [
            .. simulation.Functions.Parts.Where(part => part.Name.EndsWith(FunctionSpecs.OnRawMessages.Name, StringComparison.Ordinal)).SelectMany(part => simulation.Functions.Events(part.Name))
                .Where(invocation => invocation.Payload.GetRawText() is var payload && ids.Any(id => payload.Contains(id, StringComparison.Ordinal))),
        ];
        return new StageFacts(
            Stage.Stored,
            string.Join("\n\n", messages.Select(message => Indented(message.StoredJson))),
            [
                ("Function", FunctionSpecs.OnRawMessages.Name),
                ("Stored", string.Join(", ", messages.Select(message => message.StoredAt is { } at ? Show.Exact(at) : "not yet"))),
                .. Invocations(events.Select(one => (one.Id, one.Attempts, one.Error))),
            ]);
    }

    private static StageFacts Waiting(RecordedMessage[] messages)
    {
        RecordedBatch[] batches = [.. messages.SelectMany(message => message.Batches).DistinctBy(batch => (batch.At, batch.RequestId))];
        return new StageFacts(
            Stage.Waiting,
            string.Join("\n\n", messages.SelectMany(message => message.Batches.TakeLast(1)).Select(batch => Indented(batch.Json))),
            [
                ("Function", FunctionSpecs.MessageAggregator.Name),
                ("Handed over", string.Join(", ", batches.Select(batch => Show.Exact(batch.At)))),
                ("Shard", string.Join(", ", batches.Select(batch => batch.Shard).Distinct())),
                .. batches.Select(batch => batch.WindowEnd).OfType<DateTimeOffset>().Distinct().Select(end => ("Window’s end", Show.Second(end))),
                .. Invocations(batches.Where(batch => batch.RequestId is not null).Select(batch => (batch.RequestId!, 1, batch.Error))),
            ]);
    }

    private static StageFacts Aggregated(RecordedBurst burst) => new(
        Stage.Aggregated,
        string.Join("\n\n", burst.Json.Select(Indented)),
        [("Let go", Show.Exact(burst.ReleasedAt)), ("Reason", burst.Reason), ("Aggregate", burst.Id), ("Conversation", burst.Conversation)]);

    private static StageFacts Delivered(RecordedBurst burst, BurstView view) => new(
        Stage.Delivered,
        Indented(new JsonArray([.. burst.Delivered.Select(text => (JsonNode)text)]).ToJsonString()),
        [
            ("Function", FunctionSpecs.WhatsAppEventHandler.Name),
            ("With the agent", burst.DeliveredAt is { } at ? Show.Exact(at) : "not yet"),
            ("Chat messages", $"{burst.Delivered.Count}"),
            .. view.Refusal.Length > 0 ? [("Refused", view.Refusal)] : Array.Empty<(string, string)>(),
        ]);

    private static IEnumerable<(string, string)> Invocations(IEnumerable<(string Id, int Attempts, string? Error)> invocations)
    {
        foreach ((string id, int attempts, string? error) in invocations)
        {
            yield return ("Request id", id);
            yield return ("Attempts", $"{attempts}, {error ?? "no error"}");
        }
    }

    private static string Indented(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return "(no longer kept)";
        }

        try
        {
            return ForeignJson.Node(json)?.ToJsonString(Readable) ?? json;
        }
        catch (JsonException)
        {
            return json;
        }
    }

    private static string? TraceOf(string? row) =>
        row is not null && ForeignJson.Node(row)?["traceparent"]?["S"]?.ToString().Split('-') is [_, var trace, ..] ? trace : null;
}

/// <summary>A message's way, by its moments.</summary>
public sealed record MessageWay(string Text, DateTimeOffset SentAt, DateTimeOffset? StoredAt, DateTimeOffset? HandedOverAt, DateTimeOffset? DeliveredAt);

/// <summary>What a burst was at a stage.</summary>
/// <param name="Stage">Which.</param>
/// <param name="Json">What it looked like.</param>
/// <param name="Facts">What is known of it.</param>
public sealed record StageFacts(Stage Stage, string Json, IReadOnlyList<(string Name, string Value)> Facts);
