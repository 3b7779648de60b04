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

    private async Task<AwsResponse> CreateAsync(CreateEventSourceMappingInput input, AwsRequest request, CancellationToken cancellationToken)
    {
        if (input.FunctionName is null || input.EventSourceArn is null || input.StartingPosition is null)
        {
            throw new AwsException("InvalidParameterValueException", "FunctionName, EventSourceArn and StartingPosition are required for a DynamoDB stream.");
        }

        var settings = new EventSourceMappingSettings { FunctionName = "", EventSourceArn = input.EventSourceArn, StartingPosition = input.StartingPosition };
        return Answer(await engine.CreateAsync(Apply(settings, input), cancellationToken));
    }

    private async Task<AwsResponse> UpdateAsync(UpdateEventSourceMappingInput input, AwsRequest request, CancellationToken cancellationToken) =>
        Answer(await engine.UpdateAsync(input.UUID, settings => Apply(settings, input)));

    /// <summary>The mapping, and beyond what AWS tells its shards: SDKs leave members aside that they do not know.</summary>
    private Action<Utf8JsonWriter> Get(MappingInput input)
    {
        (EventSourceMappingState mapping, IReadOnlyList<ShardStatus> shards) = (engine.Get(input.UUID), engine.GetShards(input.UUID));
        return writer => Write(writer, mapping, shards);
    }

    private async Task<AwsResponse> DeleteAsync(MappingInput input, AwsRequest request, CancellationToken cancellationToken) => Answer(await engine.DeleteAsync(input.UUID));

    private Action<Utf8JsonWriter> List(ListEventSourceMappingsInput input)
    {
        string? functionArn = string.IsNullOrEmpty(input.FunctionName) ? null : functions.Find(input.FunctionName).Arn;
        EventSourceMappingState[] found = [.. engine.Mappings.Where(m =>
            (string.IsNullOrEmpty(input.EventSourceArn) || m.Settings.EventSourceArn == input.EventSourceArn) && (functionArn is null || m.FunctionArn == functionArn))];
        return ListPage.Of("EventSourceMappings", found, input.Marker, input.MaxItems, ListedMappings, (writer, mapping) => Write(writer, mapping));
    }

    private static EventSourceMappingSettings Apply(EventSourceMappingSettings settings, EventSourceMappingInput input) => settings with
    {
        FunctionName = input.FunctionName ?? settings.FunctionName,
        Enabled = input.Enabled ?? settings.Enabled,
        BatchSize = input.BatchSize ?? settings.BatchSize,
        MaximumBatchingWindowInSeconds = input.MaximumBatchingWindowInSeconds ?? settings.MaximumBatchingWindowInSeconds,
        TumblingWindowInSeconds = input.TumblingWindowInSeconds ?? settings.TumblingWindowInSeconds,
        ParallelizationFactor = input.ParallelizationFactor ?? settings.ParallelizationFactor,
        MaximumRetryAttempts = input.MaximumRetryAttempts ?? settings.MaximumRetryAttempts,
        MaximumRecordAgeInSeconds = input.MaximumRecordAgeInSeconds ?? settings.MaximumRecordAgeInSeconds,
        BisectBatchOnFunctionError = input.BisectBatchOnFunctionError ?? settings.BisectBatchOnFunctionError,
        OnFailure = input.DestinationConfig is null ? settings.OnFailure : input.DestinationConfig.OnFailure?.Destination,
        Filters = input.FilterCriteria is null ? settings.Filters : [.. (input.FilterCriteria.Filters ?? []).Select(filter => filter.Pattern ?? "{}")],
        ReportBatchItemFailures = input.FunctionResponseTypes is null ? settings.ReportBatchItemFailures : ResponseTypes(input.FunctionResponseTypes),
    };

    private static bool ResponseTypes(IReadOnlyList<string> types) => types switch
    {
        [] => false,
        ["ReportBatchItemFailures"] => true,
        _ => throw new AwsException("InvalidParameterValueException", "FunctionResponseTypes may hold only ReportBatchItemFailures."),
    };

    private static AwsResponse Answer(EventSourceMappingState mapping) => AwsJson.Write(AwsJson.RestJson, writer => Write(writer, mapping), 202);

    private static void Write(Utf8JsonWriter writer, EventSourceMappingState mapping, IReadOnlyList<ShardStatus>? shards = null)
    {
        EventSourceMappingSettings settings = mapping.Settings;
        writer.WriteStartObject();
        writer.WriteString("UUID", mapping.Id);
        writer.WriteString("EventSourceMappingArn", mapping.Arn);
        writer.WriteString("EventSourceArn", settings.EventSourceArn);
        writer.WriteString("FunctionArn", mapping.FunctionArn);
        writer.WriteString("StartingPosition", settings.StartingPosition);
        writer.WriteNumber("BatchSize", settings.BatchSize);
        writer.WriteNumber("MaximumBatchingWindowInSeconds", settings.MaximumBatchingWindowInSeconds);
        writer.WriteNumber("TumblingWindowInSeconds", settings.TumblingWindowInSeconds);
        writer.WriteNumber("ParallelizationFactor", settings.ParallelizationFactor);
        writer.WriteNumber("MaximumRetryAttempts", settings.MaximumRetryAttempts);
        writer.WriteNumber("MaximumRecordAgeInSeconds", settings.MaximumRecordAgeInSeconds);
        writer.WriteBoolean("BisectBatchOnFunctionError", settings.BisectBatchOnFunctionError);
        writer.WriteStartObject("DestinationConfig");
        FunctionOperations.WriteDestination(writer, "OnFailure", settings.OnFailure);
        writer.WriteEndObject();
        writer.WriteStartArray("FunctionResponseTypes");
        if (settings.ReportBatchItemFailures)
        {
            writer.WriteStringValue("ReportBatchItemFailures");
        }

        writer.WriteEndArray();
        WriteFilters(writer, settings.Filters);
        writer.WriteNumber("LastModified", AwsTime.Epoch(mapping.LastModified));
        writer.WriteString("LastProcessingResult", mapping.LastProcessingResult);
        writer.WriteString("State", mapping.State);
        writer.WriteString("StateTransitionReason", mapping.StateTransitionReason);
        if (shards is not null)
        {
            WriteShards(writer, shards);
        }

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

    // An empty filter list is left out of the answer (seen on AWS).
    private static void WriteFilters(Utf8JsonWriter writer, IReadOnlyList<string> filters)
    {
        if (filters.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("FilterCriteria");
        writer.WriteStartArray("Filters");
        foreach (string pattern in filters)
        {
            writer.WriteStartObject();
            writer.WriteString("Pattern", pattern);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
