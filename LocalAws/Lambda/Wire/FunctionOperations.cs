using System.Text.Json;
using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;

namespace LocalAws.Lambda.Wire;

/// <summary>What tools ask about functions. They are created by the program that hosts the cloud, not over the wire.</summary>
internal sealed class FunctionOperations(LambdaEngine engine)
{
    public static AwsException CreateRefused() => new(
        "InvalidParameterValueException",
        "This local cloud does not take function code over the wire (CreateFunction): functions are processes that the program hosting the cloud names.");

    public AwsResponse List() => AwsJson.Write(AwsJson.RestJson, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("Functions");
        foreach (FunctionStatus status in engine.Functions)
        {
            WriteConfiguration(writer, engine.Find(status.Name));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public AwsResponse GetConfiguration(string name)
    {
        HostedFunction function = engine.Find(name);
        return AwsJson.Write(AwsJson.RestJson, writer => WriteConfiguration(writer, function));
    }

    public AwsResponse Get(string name)
    {
        HostedFunction function = engine.Find(name);
        return AwsJson.Write(AwsJson.RestJson, writer =>
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
        });
    }

    public async Task<AwsResponse> DeleteAsync(string name)
    {
        await engine.DeleteFunctionAsync(name);
        return AwsResponse.Empty(204);
    }

    public AwsResponse GetEventInvokeConfig(string name)
    {
        HostedFunction function = engine.Find(name);
        AsyncInvocationSettings settings = function.AsyncInvocation;
        return AwsJson.Write(AwsJson.RestJson, writer =>
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
        });
    }

    public AwsResponse PutEventInvokeConfig(string name, AwsRequest request)
    {
        HostedFunction function = engine.Find(name);
        using JsonDocument json = AwsJson.Parse(request);
        var settings = new AsyncInvocationSettings();
        foreach (JsonProperty member in json.RootElement.EnumerateObject())
        {
            settings = member.Name switch
            {
                "MaximumRetryAttempts" => settings with { MaximumRetryAttempts = Member.Int(member) },
                "MaximumEventAgeInSeconds" => settings with { MaximumEventAgeInSeconds = Member.Int(member) },
                "DestinationConfig" => settings with { OnSuccess = Member.Destination(member, "OnSuccess"), OnFailure = Member.Destination(member, "OnFailure") },
                _ => throw Member.NotImitated(member),
            };
        }

        FunctionDefinition.Validate(settings);
        function.AsyncInvocation = settings;
        return GetEventInvokeConfig(name);
    }

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
