using System.Text.Json;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;

namespace LocalAws.Lambda.Wire;

/// <summary>A mapping's settings as requests and answers have them: AWS has one shape for all sources, and says of each source which members it may have.</summary>
internal static class EventSourceMappingMembers
{
    /// <summary>The settings of a mapping to be created.</summary>
    public static EventSourceMappingSettings Create(CreateEventSourceMappingInput input)
    {
        bool isQueue = input.EventSourceArn is { } source && EventSourceMappingValidation.IsQueue(source);
        if (input.FunctionName is null || input.EventSourceArn is null || (input.StartingPosition is null && !isQueue))
        {
            throw Invalid("FunctionName and EventSourceArn are required, and for a DynamoDB stream StartingPosition.");
        }

        if (isQueue && input.StartingPosition is not null)
        {
            throw Invalid("StartingPosition is not valid for SQS event sources.");
        }

        EventSourceMappingSettings settings = isQueue
            ? new QueueMappingSettings { FunctionName = "", EventSourceArn = input.EventSourceArn }
            : new StreamMappingSettings { FunctionName = "", EventSourceArn = input.EventSourceArn, StartingPosition = input.StartingPosition! };
        return Apply(settings, input);
    }

    /// <summary>The settings with those changed that a request names.</summary>
    public static EventSourceMappingSettings Apply(EventSourceMappingSettings settings, EventSourceMappingInput input)
    {
        EventSourceMappingSettings changed = settings with
        {
            FunctionName = input.FunctionName ?? settings.FunctionName,
            Enabled = input.Enabled ?? settings.Enabled,
            BatchSize = input.BatchSize ?? settings.BatchSize,
            MaximumBatchingWindowInSeconds = input.MaximumBatchingWindowInSeconds ?? settings.MaximumBatchingWindowInSeconds,
            Filters = input.FilterCriteria is null ? settings.Filters : [.. (input.FilterCriteria.Filters ?? []).Select(filter => filter.Pattern ?? "{}")],
            ReportBatchItemFailures = input.FunctionResponseTypes is null ? settings.ReportBatchItemFailures : ResponseTypes(input.FunctionResponseTypes),
        };
        return changed is QueueMappingSettings queue ? Apply(queue, input) : Apply((StreamMappingSettings)changed, input);
    }

    /// <summary>Writes what AWS tells of a mapping of its kind.</summary>
    public static void Write(Utf8JsonWriter writer, EventSourceMappingState mapping)
    {
        EventSourceMappingSettings settings = mapping.Settings;
        writer.WriteString("UUID", mapping.Id);
        writer.WriteString("EventSourceMappingArn", mapping.Arn);
        writer.WriteString("EventSourceArn", settings.EventSourceArn);
        writer.WriteString("FunctionArn", mapping.FunctionArn);
        writer.WriteNumber("BatchSize", settings.BatchSize);
        writer.WriteNumber("MaximumBatchingWindowInSeconds", settings.MaximumBatchingWindowInSeconds);
        writer.WriteStartArray("FunctionResponseTypes");
        if (settings.ReportBatchItemFailures)
        {
            writer.WriteStringValue("ReportBatchItemFailures");
        }

        writer.WriteEndArray();
        WriteFilters(writer, settings.Filters);
        switch (settings)
        {
            case StreamMappingSettings stream:
                Write(writer, stream);
                writer.WriteString("LastProcessingResult", mapping.LastProcessingResult);
                break;
            case QueueMappingSettings { MaximumConcurrency: { } maximum }:
                writer.WriteStartObject("ScalingConfig");
                writer.WriteNumber("MaximumConcurrency", maximum);
                writer.WriteEndObject();
                break;
        }

        writer.WriteNumber("LastModified", AwsTime.Epoch(mapping.LastModified));
        writer.WriteString("State", mapping.State);
        writer.WriteString("StateTransitionReason", mapping.StateTransitionReason);
    }

    private static StreamMappingSettings Apply(StreamMappingSettings settings, EventSourceMappingInput input)
    {
        Refuse(("ScalingConfig", input.ScalingConfig), ("DestinationConfig", input.DestinationConfig?.OnSuccess?.Destination));
        return settings with
        {
            TumblingWindowInSeconds = input.TumblingWindowInSeconds ?? settings.TumblingWindowInSeconds,
            ParallelizationFactor = input.ParallelizationFactor ?? settings.ParallelizationFactor,
            MaximumRetryAttempts = input.MaximumRetryAttempts ?? settings.MaximumRetryAttempts,
            MaximumRecordAgeInSeconds = input.MaximumRecordAgeInSeconds ?? settings.MaximumRecordAgeInSeconds,
            BisectBatchOnFunctionError = input.BisectBatchOnFunctionError ?? settings.BisectBatchOnFunctionError,
            OnFailure = input.DestinationConfig is null ? settings.OnFailure : input.DestinationConfig.OnFailure?.Destination,
        };
    }

    private static QueueMappingSettings Apply(QueueMappingSettings settings, EventSourceMappingInput input)
    {
        Refuse(
            ("TumblingWindowInSeconds", input.TumblingWindowInSeconds),
            ("ParallelizationFactor", input.ParallelizationFactor),
            ("MaximumRetryAttempts", input.MaximumRetryAttempts),
            ("MaximumRecordAgeInSeconds", input.MaximumRecordAgeInSeconds),
            ("BisectBatchOnFunctionError", input.BisectBatchOnFunctionError),
            ("DestinationConfig", input.DestinationConfig));
        return settings with { MaximumConcurrency = input.ScalingConfig is null ? settings.MaximumConcurrency : input.ScalingConfig.MaximumConcurrency };
    }

    private static void Refuse(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        foreach ((string name, object? value) in members)
        {
            if (value is not null)
            {
                throw Invalid($"Unsupported {name} parameter for given event source mapping type.");
            }
        }
    }

    private static bool ResponseTypes(IReadOnlyList<string> types) => types switch
    {
        [] => false,
        ["ReportBatchItemFailures"] => true,
        _ => throw Invalid("FunctionResponseTypes may hold only ReportBatchItemFailures."),
    };

    private static void Write(Utf8JsonWriter writer, StreamMappingSettings settings)
    {
        writer.WriteString("StartingPosition", settings.StartingPosition);
        writer.WriteNumber("TumblingWindowInSeconds", settings.TumblingWindowInSeconds);
        writer.WriteNumber("ParallelizationFactor", settings.ParallelizationFactor);
        writer.WriteNumber("MaximumRetryAttempts", settings.MaximumRetryAttempts);
        writer.WriteNumber("MaximumRecordAgeInSeconds", settings.MaximumRecordAgeInSeconds);
        writer.WriteBoolean("BisectBatchOnFunctionError", settings.BisectBatchOnFunctionError);
        writer.WriteStartObject("DestinationConfig");
        FunctionOperations.WriteDestination(writer, "OnFailure", settings.OnFailure);
        writer.WriteEndObject();
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

    private static AwsException Invalid(string message) => new("InvalidParameterValueException", message);
}
