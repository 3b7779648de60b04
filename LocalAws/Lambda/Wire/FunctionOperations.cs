using System.Text.Json;
using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;
using LocalAws.Protocols;

namespace LocalAws.Lambda.Wire;

/// <summary>What tools ask about functions. They are created by the program that hosts the cloud, not over the wire.</summary>
internal sealed class FunctionOperations(LambdaEngine engine)
{
    private const int ListedFunctions = 50;

    public IReadOnlyList<AwsOperation> Operations =>
    [
        LambdaService.Protocol.Of("ListFunctions GET /2015-03-31/functions?Marker&MaxItems", Shape.ListFunctionsInput, List),
        new AwsOperation("CreateFunction POST /2015-03-31/functions", null, (_, _, _) => throw new AwsException(
            "InvalidParameterValueException",
            "This local cloud does not take function code over the wire (CreateFunction): functions are processes that the program hosting the cloud names.")),
        LambdaService.Protocol.Of("GetFunction GET /2015-03-31/functions/{FunctionName}?Qualifier", Shape.FunctionInput, Get),
        JsonProtocol.Of("DeleteFunction DELETE /2015-03-31/functions/{FunctionName}?Qualifier", Shape.FunctionInput, DeleteAsync),
        LambdaService.Protocol.Of("GetFunctionConfiguration GET /2015-03-31/functions/{FunctionName}/configuration?Qualifier", Shape.FunctionInput, GetConfiguration),
        LambdaService.Protocol.Of("GetFunctionEventInvokeConfig GET /2019-09-25/functions/{FunctionName}/event-invoke-config?Qualifier", Shape.FunctionInput, input => EventInvokeConfig(Find(input))),
        LambdaService.Protocol.Of(
            "PutFunctionEventInvokeConfig PUT /2019-09-25/functions/{FunctionName}/event-invoke-config?Qualifier", Shape.PutFunctionEventInvokeConfigInput, PutEventInvokeConfig),
    ];

    private static LambdaShapes Shape => LambdaShapes.Default;

    private Action<Utf8JsonWriter> List(ListFunctionsInput input) => ListPage.Of(
        "Functions", engine.Functions, input.Marker, input.MaxItems, ListedFunctions, (writer, status) => WriteConfiguration(writer, engine.Find(status.Name)));

    private Action<Utf8JsonWriter> GetConfiguration(FunctionInput input)
    {
        HostedFunction function = Find(input);
        return writer => WriteConfiguration(writer, function);
    }

    private Action<Utf8JsonWriter> Get(FunctionInput input)
    {
        HostedFunction function = Find(input);
        return writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("Configuration");
            WriteConfiguration(writer, function);
            writer.WriteStartObject("Code");
            writer.WriteEndObject();
            if (function.Definition.ReservedConcurrency is { } reserved)
            {
                writer.WriteStartObject("Concurrency");
                writer.WriteNumber("ReservedConcurrentExecutions", reserved);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        };
    }

    private async Task<AwsResponse> DeleteAsync(FunctionInput input, AwsRequest request, CancellationToken cancellationToken)
    {
        await engine.DeleteFunctionAsync(FunctionName.Qualified(input.FunctionName, input.Qualifier));
        return AwsResponse.Empty(204);
    }

    private static Action<Utf8JsonWriter> EventInvokeConfig(HostedFunction function)
    {
        AsyncInvocationSettings settings = function.AsyncInvocation;
        return writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("LastModified", function.CreatedAt.ToUnixTimeSeconds());
            writer.WriteString("FunctionArn", $"{function.Arn}:{FunctionDefinition.Version}");
            writer.WriteNumber("MaximumRetryAttempts", settings.MaximumRetryAttempts);
            writer.WriteNumber("MaximumEventAgeInSeconds", settings.MaximumEventAgeInSeconds);
            writer.WriteStartObject("DestinationConfig");
            WriteDestination(writer, "OnSuccess", settings.OnSuccess);
            WriteDestination(writer, "OnFailure", settings.OnFailure);
            writer.WriteEndObject();
            writer.WriteEndObject();
        };
    }

    private Action<Utf8JsonWriter> PutEventInvokeConfig(PutFunctionEventInvokeConfigInput input)
    {
        HostedFunction function = Find(new FunctionInput(input.FunctionName, input.Qualifier));
        var standard = new AsyncInvocationSettings();
        AsyncInvocationSettings settings = standard with
        {
            MaximumRetryAttempts = input.MaximumRetryAttempts ?? standard.MaximumRetryAttempts,
            MaximumEventAgeInSeconds = input.MaximumEventAgeInSeconds ?? standard.MaximumEventAgeInSeconds,
            OnSuccess = input.DestinationConfig?.OnSuccess?.Destination,
            OnFailure = input.DestinationConfig?.OnFailure?.Destination,
        };
        FunctionDefinition.Validate(settings);
        function.AsyncInvocation = settings;
        return EventInvokeConfig(function);
    }

    private HostedFunction Find(FunctionInput input) => engine.Find(FunctionName.Qualified(input.FunctionName, input.Qualifier));

    internal static void WriteDestination(Utf8JsonWriter writer, string name, string? arn)
    {
        writer.WriteStartObject(name);
        if (arn is not null)
        {
            writer.WriteString("Destination", arn);
        }

        writer.WriteEndObject();
    }

    private static void WriteConfiguration(Utf8JsonWriter writer, HostedFunction function)
    {
        FunctionDefinition definition = function.Definition;
        writer.WriteStartObject();
        writer.WriteString("FunctionName", definition.Name);
        writer.WriteString("FunctionArn", function.Arn);
        writer.WriteString("Runtime", definition.Runtime);
        writer.WriteString("Handler", definition.Handler);
        writer.WriteNumber("CodeSize", 0);
        writer.WriteString("Description", "");
        writer.WriteNumber("Timeout", (int)Math.Ceiling(definition.Timeout.TotalSeconds));
        writer.WriteNumber("MemorySize", definition.MemorySize);
        writer.WriteString("LastModified", function.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'"));
        writer.WriteString("Version", FunctionDefinition.Version);
        writer.WriteString("PackageType", "Zip");
        writer.WriteString("State", "Active");
        writer.WriteString("LastUpdateStatus", "Successful");
        writer.WriteStartObject("Environment");
        writer.WriteStartObject("Variables");
        foreach ((string name, string value) in definition.Environment)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        if (definition.DeadLetterTargetArn is { } deadLetters)
        {
            writer.WriteStartObject("DeadLetterConfig");
            writer.WriteString("TargetArn", deadLetters);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
