using System.Text.Json.Serialization;

namespace LocalAws.Lambda.Wire;

internal sealed record InvokeInput(string FunctionName, string? Qualifier, string? InvocationType, string? LogType, string? ClientContext);

internal sealed record FunctionInput(string FunctionName, string? Qualifier);

internal sealed record ListFunctionsInput(string? Marker, int? MaxItems);

internal sealed record PutFunctionEventInvokeConfigInput(
    string FunctionName, string? Qualifier, int? MaximumRetryAttempts, int? MaximumEventAgeInSeconds, DestinationConfigInput? DestinationConfig);

internal sealed record DestinationConfigInput(DestinationInput? OnSuccess, DestinationInput? OnFailure);

internal sealed record DestinationInput(string? Destination);

/// <summary>What can be said of a mapping whenever; absent is as it was, or as AWS has it by default.</summary>
internal abstract record EventSourceMappingInput
{
    public string? FunctionName { get; init; }

    public bool? Enabled { get; init; }

    public int? BatchSize { get; init; }

    public int? MaximumBatchingWindowInSeconds { get; init; }

    public int? TumblingWindowInSeconds { get; init; }

    public int? ParallelizationFactor { get; init; }

    public int? MaximumRetryAttempts { get; init; }

    public int? MaximumRecordAgeInSeconds { get; init; }

    public bool? BisectBatchOnFunctionError { get; init; }

    public DestinationConfigInput? DestinationConfig { get; init; }

    public FilterCriteriaInput? FilterCriteria { get; init; }

    public IReadOnlyList<string>? FunctionResponseTypes { get; init; }

    public ScalingConfigInput? ScalingConfig { get; init; }
}

internal sealed record ScalingConfigInput(int? MaximumConcurrency);

internal sealed record FilterCriteriaInput(IReadOnlyList<FilterInput>? Filters);

internal sealed record FilterInput(string? Pattern);

internal sealed record CreateEventSourceMappingInput : EventSourceMappingInput
{
    public string? EventSourceArn { get; init; }

    public string? StartingPosition { get; init; }
}

internal sealed record UpdateEventSourceMappingInput : EventSourceMappingInput
{
    public string UUID { get; init; } = "";
}

internal sealed record MappingInput(string UUID);

internal sealed record ListEventSourceMappingsInput(string? EventSourceArn, string? FunctionName, string? Marker, int? MaxItems);

[JsonSerializable(typeof(InvokeInput))]
[JsonSerializable(typeof(FunctionInput))]
[JsonSerializable(typeof(ListFunctionsInput))]
[JsonSerializable(typeof(PutFunctionEventInvokeConfigInput))]
[JsonSerializable(typeof(CreateEventSourceMappingInput))]
[JsonSerializable(typeof(UpdateEventSourceMappingInput))]
[JsonSerializable(typeof(MappingInput))]
[JsonSerializable(typeof(ListEventSourceMappingsInput))]
internal sealed partial class LambdaShapes : JsonSerializerContext;
