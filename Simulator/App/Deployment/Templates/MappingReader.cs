using LocalAws.Lambda.EventSourceMappings;

namespace WhatsAppBuffer.Simulator.App.Deployment.Templates;

/// <summary>Reads <c>AWS::Lambda::EventSourceMapping</c>, of a stream or of a queue.</summary>
internal static class MappingReader
{
    /// <param name="resource">The mapping.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="tableOf">The name of the table of a logical id, or null when it is no table.</param>
    /// <exception cref="UserErrorException">It reads neither, or a property has a value of another kind.</exception>
    public static CloudResource Read(TemplateResource resource, ResourceProperties properties, Func<string, string?> tableOf)
    {
        if (properties.AttributeOwner("EventSourceArn", "StreamArn") is { } id)
        {
            return new MappingResource(resource.Id, tableOf(id) ?? throw Unknown(properties), Stream(properties));
        }

        string arn = properties.RequiredText("EventSourceArn");
        return arn.StartsWith("arn:aws:sqs:", StringComparison.Ordinal) ? new QueueMappingResource(resource.Id, Queue(properties, arn)) : throw Unknown(properties);
    }

    private static StreamMappingSettings Stream(ResourceProperties properties)
    {
        var defaults = new StreamMappingSettings { FunctionName = "", EventSourceArn = "" };
        return defaults with
        {
            FunctionName = properties.RequiredText("FunctionName"),
            StartingPosition = properties.RequiredText("StartingPosition"),
            Enabled = properties.Flag("Enabled") ?? defaults.Enabled,
            BatchSize = properties.Number("BatchSize") ?? defaults.BatchSize,
            MaximumBatchingWindowInSeconds = properties.Number("MaximumBatchingWindowInSeconds") ?? 0,
            TumblingWindowInSeconds = properties.Number("TumblingWindowInSeconds") ?? 0,
            MaximumRetryAttempts = properties.Number("MaximumRetryAttempts") ?? defaults.MaximumRetryAttempts,
            MaximumRecordAgeInSeconds = properties.Number("MaximumRecordAgeInSeconds") ?? defaults.MaximumRecordAgeInSeconds,
            BisectBatchOnFunctionError = properties.Flag("BisectBatchOnFunctionError") ?? false,
            ReportBatchItemFailures = ReportsItems(properties),
            OnFailure = properties.Object("DestinationConfig")?.Object("OnFailure")?.Text("Destination"),
            Filters = Filters(properties),
            ParallelizationFactor = properties.Number("ParallelizationFactor") ?? 1,
        };
    }

    private static QueueMappingSettings Queue(ResourceProperties properties, string queueArn)
    {
        var defaults = new QueueMappingSettings { FunctionName = "", EventSourceArn = queueArn };
        return defaults with
        {
            FunctionName = properties.RequiredText("FunctionName"),
            Enabled = properties.Flag("Enabled") ?? defaults.Enabled,
            BatchSize = properties.Number("BatchSize") ?? defaults.BatchSize,
            MaximumBatchingWindowInSeconds = properties.Number("MaximumBatchingWindowInSeconds") ?? 0,
            ReportBatchItemFailures = ReportsItems(properties),
            Filters = Filters(properties),
            MaximumConcurrency = properties.Object("ScalingConfig")?.Number("MaximumConcurrency"),
        };
    }

    private static string[] Filters(ResourceProperties properties) =>
        [.. (properties.Object("FilterCriteria")?.Objects("Filters") ?? []).Select(filter => filter.RequiredText("Pattern"))];

    private static bool ReportsItems(ResourceProperties properties) => properties.Texts("FunctionResponseTypes") switch
    {
        [] => false,
        ["ReportBatchItemFailures"] => true,
        _ => throw properties.Wrong("FunctionResponseTypes", "[\"ReportBatchItemFailures\"] or missing"),
    };

    private static UserErrorException Unknown(ResourceProperties properties) =>
        properties.Wrong("EventSourceArn", "the StreamArn of a table of this template or the ARN of a queue");
}
