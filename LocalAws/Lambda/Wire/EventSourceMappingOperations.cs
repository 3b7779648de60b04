using System.Text.Json;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;

namespace LocalAws.Lambda.Wire;

/// <summary>The event source mapping API.</summary>
internal sealed class EventSourceMappingOperations(EventSourceMappingEngine engine, LambdaEngine functions)
{
    public async Task<AwsResponse> CreateAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        using JsonDocument json = AwsJson.Parse(request);
        JsonElement body = json.RootElement;
        if (!body.TryGetProperty("FunctionName", out _) || !body.TryGetProperty("EventSourceArn", out _) || !body.TryGetProperty("StartingPosition", out _))
        {
            throw new AwsException("InvalidParameterValueException", "FunctionName, EventSourceArn and StartingPosition are required for a DynamoDB stream.");
        }

        EventSourceMappingSettings settings = Apply(new EventSourceMappingSettings { FunctionName = "", EventSourceArn = "" }, body, creating: true);
        return Answer(await engine.CreateAsync(settings, cancellationToken), 202);
    }

    public async Task<AwsResponse> UpdateAsync(string id, AwsRequest request)
    {
        using JsonDocument json = AwsJson.Parse(request);
        return Answer(await engine.UpdateAsync(id, settings => Apply(settings, json.RootElement, creating: false)), 202);
    }

    /// <summary>The mapping, and beyond what AWS tells its shards: SDKs leave members aside that they do not know.</summary>
    public AwsResponse Get(string id)
    {
        (EventSourceMappingState mapping, IReadOnlyList<ShardStatus> shards) = (engine.Get(id), engine.GetShards(id));
        return AwsJson.Write(AwsJson.RestJson, writer => Write(writer, mapping, shards));
    }

    public async Task<AwsResponse> DeleteAsync(string id) => Answer(await engine.DeleteAsync(id), 202);

    public AwsResponse List(AwsRequest request)
    {
        string source = request.Query["EventSourceArn"].ToString();
        string functionArn = request.Query["FunctionName"] is [{ Length: > 0 } name, ..] ? functions.Find(name).Arn : "";
        IEnumerable<EventSourceMappingState> found = engine.Mappings.Where(
            m => (source.Length == 0 || m.Settings.EventSourceArn == source) && (functionArn.Length == 0 || m.FunctionArn == functionArn));
        return AwsJson.Write(AwsJson.RestJson, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("EventSourceMappings");
            foreach (EventSourceMappingState mapping in found)
            {
                Write(writer, mapping);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static EventSourceMappingSettings Apply(EventSourceMappingSettings settings, JsonElement body, bool creating)
    {
        foreach (JsonProperty member in body.EnumerateObject())
        {
            settings = member.Name switch
            {
                "EventSourceArn" when creating => settings with { EventSourceArn = Member.Text(member) },
                "StartingPosition" when creating => settings with { StartingPosition = Member.Text(member) },
                "FunctionName" => settings with { FunctionName = Member.Text(member) },
                "Enabled" => settings with { Enabled = Member.Bool(member) },
                "BatchSize" => settings with { BatchSize = Member.Int(member) },
                "MaximumBatchingWindowInSeconds" => settings with { MaximumBatchingWindowInSeconds = Member.Int(member) },
                "TumblingWindowInSeconds" => settings with { TumblingWindowInSeconds = Member.Int(member) },
                "ParallelizationFactor" => settings with { ParallelizationFactor = Member.Int(member) },
                "MaximumRetryAttempts" => settings with { MaximumRetryAttempts = Member.Int(member) },
                "MaximumRecordAgeInSeconds" => settings with { MaximumRecordAgeInSeconds = Member.Int(member) },
                "BisectBatchOnFunctionError" => settings with { BisectBatchOnFunctionError = Member.Bool(member) },
                "DestinationConfig" => settings with { OnFailure = Member.Destination(member, "OnFailure") },
                "FilterCriteria" => settings with { Filters = Member.Patterns(member) },
                "FunctionResponseTypes" => settings with { ReportBatchItemFailures = ResponseTypes(member) },
                _ => throw Member.NotImitated(member),
            };
        }

        return settings;
    }

    private static bool ResponseTypes(JsonProperty member) => Member.Texts(member) switch
    {
        [] => false,
        ["ReportBatchItemFailures"] => true,
        _ => throw new AwsException("InvalidParameterValueException", "FunctionResponseTypes may hold only ReportBatchItemFailures."),
    };

    private static AwsResponse Answer(EventSourceMappingState mapping, int status) => AwsJson.Write(AwsJson.RestJson, writer => Write(writer, mapping), status);

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
