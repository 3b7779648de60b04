using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;

namespace LocalAws.Lambda.Sandboxes;

/// <summary>The environment variables a function's process sees.</summary>
internal static class SandboxEnvironment
{
    private const string InstanceId = "service.instance.id=";

    /// <summary>
    /// Fills a process's environment: what it inherited less everything of AWS, AWS's reserved variables, the sandbox's number
    /// as its instance in telemetry, the function's own ones on top.
    /// <c>TZ</c> is left as it is on Windows, which has no <c>:UTC</c>.
    /// </summary>
    public static void Fill(IDictionary<string, string?> environment, FunctionDefinition definition, string taskRoot, AwsAccount account, string runtimeApi, string logStream, int slot)
    {
        foreach (string inherited in environment.Keys.Where(IsOfAws).ToList())
        {
            environment.Remove(inherited);
        }

        // Under Aspire both name the process they were given to: sandboxes would report as one instance of it.
        environment.Remove("OTEL_SERVICE_NAME");
        IEnumerable<string> attributes = (environment.TryGetValue("OTEL_RESOURCE_ATTRIBUTES", out string? inheritedAttributes) ? inheritedAttributes : null)
            ?.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(attribute => !attribute.StartsWith(InstanceId, StringComparison.Ordinal)) ?? [];
        environment["OTEL_RESOURCE_ATTRIBUTES"] = string.Join(',', attributes.Append($"{InstanceId}{slot}"));

        Reserve(environment, definition, account, runtimeApi, logStream);
        environment["LAMBDA_TASK_ROOT"] = taskRoot;
        environment["LAMBDA_RUNTIME_DIR"] = taskRoot;
        environment["LANG"] = "en_US.UTF-8";
        if (!OperatingSystem.IsWindows())
        {
            environment["TZ"] = ":UTC";
        }

        // Last, because a function may set what is not reserved otherwise.
        Own(environment, definition);
    }

    /// <summary>AWS's reserved variables less those that belong to a machine, and the function's own ones on top.</summary>
    public static void Reserve(IDictionary<string, string?> environment, FunctionDefinition definition, AwsAccount account, string runtimeApi, string logStream)
    {
        environment["_HANDLER"] = definition.Handler;
        environment["AWS_REGION"] = account.Region;
        environment["AWS_DEFAULT_REGION"] = account.Region;
        environment["AWS_EXECUTION_ENV"] = $"AWS_Lambda_{definition.Runtime}";
        environment["AWS_LAMBDA_FUNCTION_NAME"] = definition.Name;
        environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = definition.MemorySize.ToString();
        environment["AWS_LAMBDA_FUNCTION_VERSION"] = FunctionDefinition.Version;
        environment["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
        environment["AWS_LAMBDA_LOG_FORMAT"] = definition.LogFormat;
        environment["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{definition.Name}";
        environment["AWS_LAMBDA_LOG_STREAM_NAME"] = logStream;
        environment["AWS_ACCESS_KEY_ID"] = definition.AccessKeyId;
        environment["AWS_SECRET_ACCESS_KEY"] = "local";
        // Goes with every call, so that the endpoint knows whose it is.
        environment["AWS_SESSION_TOKEN"] = logStream;
        environment[LambdaEngine.RuntimeApiVariable] = runtimeApi;
        Own(environment, definition);
    }

    private static void Own(IDictionary<string, string?> environment, FunctionDefinition definition)
    {
        foreach ((string name, string value) in definition.Environment)
        {
            environment[name] = value;
        }
    }

    private static bool IsOfAws(string name) =>
        name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("LAMBDA_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("_X_AMZN", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("_HANDLER", StringComparison.OrdinalIgnoreCase);
}
