using System.Text.Json;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Protocols;

namespace LocalAws.Lambda.Wire;

/// <summary>The event source mapping API.</summary>
internal sealed class EventSourceMappingOperations(EventSourceMappingEngine engine, LambdaEngine functions)
{
    private const int ListedMappings = 100;

    public IReadOnlyList<AwsOperation> Operations =>
    [
        JsonProtocol.Of("CreateEventSourceMapping POST /2015-03-31/event-source-mappings", Shape.CreateEventSourceMappingInput, CreateAsync),
        LambdaService.Protocol.Of("ListEventSourceMappings GET /2015-03-31/event-source-mappings?EventSourceArn&FunctionName&Marker&MaxItems", Shape.ListEventSourceMappingsInput, List),
        LambdaService.Protocol.Of("GetEventSourceMapping GET /2015-03-31/event-source-mappings/{UUID}", Shape.MappingInput, Get),
        JsonProtocol.Of("UpdateEventSourceMapping PUT /2015-03-31/event-source-mappings/{UUID}", Shape.UpdateEventSourceMappingInput, UpdateAsync),
        JsonProtocol.Of("DeleteEventSourceMapping DELETE /2015-03-31/event-source-mappings/{UUID}", Shape.MappingInput, DeleteAsync),
    ];

    private static LambdaShapes Shape => LambdaShapes.Default;

    private async Task<AwsResponse> CreateAsync(CreateEventSourceMappingInput input, AwsRequest request, CancellationToken cancellationToken) =>
        Answer(await engine.CreateAsync(EventSourceMappingMembers.Create(input), cancellationToken));

    private async Task<AwsResponse> UpdateAsync(UpdateEventSourceMappingInput input, AwsRequest request, CancellationToken cancellationToken) =>
        Answer(await engine.UpdateAsync(input.UUID, settings => EventSourceMappingMembers.Apply(settings, input)));

    /// <summary>The mapping, and beyond what AWS tells its shards or its work on a queue: SDKs leave members aside that they do not know.</summary>
    private Action<Utf8JsonWriter> Get(MappingInput input)
    {
        (EventSourceMappingState mapping, IReadOnlyList<ShardStatus> shards, QueueStatus? queue) = (engine.Get(input.UUID), engine.GetShards(input.UUID), engine.GetQueue(input.UUID));
        return writer =>
        {
            writer.WriteStartObject();
            EventSourceMappingMembers.Write(writer, mapping);
            if (mapping.Settings is StreamMappingSettings)
            {
                WriteShards(writer, shards);
            }

            if (queue is not null)
            {
                WriteQueue(writer, queue);
            }

            writer.WriteEndObject();
        };
    }

    private async Task<AwsResponse> DeleteAsync(MappingInput input, AwsRequest request, CancellationToken cancellationToken) => Answer(await engine.DeleteAsync(input.UUID));

    private Action<Utf8JsonWriter> List(ListEventSourceMappingsInput input)
    {
        string? functionArn = string.IsNullOrEmpty(input.FunctionName) ? null : functions.Find(input.FunctionName).Arn;
        EventSourceMappingState[] found = [.. engine.Mappings.Where(m =>
            (string.IsNullOrEmpty(input.EventSourceArn) || m.Settings.EventSourceArn == input.EventSourceArn) && (functionArn is null || m.FunctionArn == functionArn))];
        return ListPage.Of("EventSourceMappings", found, input.Marker, input.MaxItems, ListedMappings, (writer, mapping) => Write(writer, mapping));
    }

    private static AwsResponse Answer(EventSourceMappingState mapping) => AwsJson.Write(AwsJson.RestJson, writer => Write(writer, mapping), 202);

    private static void Write(Utf8JsonWriter writer, EventSourceMappingState mapping)
    {
        writer.WriteStartObject();
        EventSourceMappingMembers.Write(writer, mapping);
        writer.WriteEndObject();
    }

    private static void WriteShards(Utf8JsonWriter writer, IReadOnlyList<ShardStatus> shards)
    {
        writer.WriteStartArray("Shards");
        foreach (ShardStatus shard in shards)
        {
            writer.WriteStartObject();
            writer.WriteString("ShardId", shard.ShardId);
            writer.WriteNumber("IteratorAgeInSeconds", shard.IteratorAge.TotalSeconds);
            writer.WriteNumber("RecordsWaiting", shard.Waiting);
            if (shard.Window is { } window)
            {
                writer.WriteStartObject("OpenWindow");
                writer.WriteString("Start", AwsTime.Seconds(window.Start));
                writer.WriteString("End", AwsTime.Seconds(window.End));
                writer.WriteEndObject();
            }

            writer.WriteString("LastError", shard.LastError);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteQueue(Utf8JsonWriter writer, QueueStatus queue)
    {
        writer.WriteStartObject("Queue");
        writer.WriteNumber("MessagesGathered", queue.Gathered);
        writer.WriteNumber("BatchesUnderWay", queue.BatchesUnderWay);
        writer.WriteNumber("Concurrency", queue.Concurrency);
        writer.WriteNumber("PolledEventCount", queue.Counts.Polled);
        writer.WriteNumber("FilteredOutEventCount", queue.Counts.FilteredOut);
        writer.WriteNumber("InvokedEventCount", queue.Counts.Invoked);
        writer.WriteNumber("FailedInvokeEventCount", queue.Counts.FailedInvoke);
        writer.WriteNumber("DeletedEventCount", queue.Counts.Deleted);
        writer.WriteString("LastError", queue.LastError);
        writer.WriteEndObject();
    }
}
