using System.Security.Cryptography;
using System.Text;
using LocalAws.Endpoint;

namespace LocalAws.Lambda.Functions;

/// <summary>One function: its code and settings. Only the version <c>$LATEST</c> exists.</summary>
public sealed record FunctionDefinition
{
    /// <summary>The only version.</summary>
    public const string Version = "$LATEST";

    private static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(900);

    /// <summary>1 to 64 letters, digits, <c>-</c> or <c>_</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What its sandboxes run.</summary>
    public required FunctionCode Code { get; init; }

    /// <summary>The <c>_HANDLER</c> variable; the runtime's own business.</summary>
    public string Handler { get; init; } = "bootstrap";

    /// <summary>The runtime's identifier: <c>dotnet10</c>, <c>provided.al2023</c>, <c>python3.13</c>, …; only told on, never checked.</summary>
    public string Runtime { get; init; } = "provided.al2023";

    /// <summary>The function's own environment variables, on top of the reserved ones.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// <c>Text</c> or <c>JSON</c>: how the runtime is to write the function's own lines (<c>AWS_LAMBDA_LOG_FORMAT</c>). Lambda's own lines are
    /// text either way.
    /// </summary>
    public string LogFormat { get; init; } = "Text";

    /// <summary>How long one invocation may last, in real time, up to 900 seconds; 3 seconds by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Memory in MB, 128 to 10,240. Measured and billed; not enforced.</summary>
    public int MemorySize { get; init; } = 128;

    /// <summary>Sandboxes that may work at once; 0 switches the function off; null takes the cloud's default.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>How asynchronous invocations are retried.</summary>
    public AsyncInvocationSettings AsyncInvocation { get; init; } = new();

    /// <summary>ARN of the queue or topic that gets asynchronous events given up, unchanged; or null.</summary>
    public string? DeadLetterTargetArn { get; init; }

    /// <summary>
    /// How long an invocation is waited for: <see cref="Timeout"/>, but AWS's longest for code that runs elsewhere, which may stand at a breakpoint.
    /// </summary>
    internal TimeSpan TimeLimit => Code is FunctionCode.Remote or FunctionCode.Attached { EnforcesTimeout: false } ? MaxTimeout : Timeout;

    /// <summary>What its processes sign with: as long as on AWS, and the function's own, so that the endpoint knows who calls.</summary>
    internal string AccessKeyId => field ??= $"ASIA{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Name)))[..16]}";

    /// <summary>Throws when a setting lies outside AWS's limits.</summary>
    /// <exception cref="AwsException"><c>InvalidParameterValueException</c>, naming the setting.</exception>
    internal void Validate()
    {
        if (!FunctionName.IsValid(Name))
        {
            throw Invalid($"The function name '{Name}' must be 1 to 64 letters, digits, '-' or '_'.");
        }

        if (Timeout <= TimeSpan.Zero || Timeout > MaxTimeout)
        {
            throw Invalid($"Timeout of function '{Name}' is {Timeout.TotalSeconds} s; it must be above 0 and at most 900 s.");
        }

        if (MemorySize is < 128 or > 10_240)
        {
            throw Invalid($"MemorySize of function '{Name}' is {MemorySize} MB; it must be 128 to 10,240.");
        }

        if (LogFormat is not ("Text" or "JSON"))
        {
            throw Invalid($"LogFormat of function '{Name}' is '{LogFormat}'; it must be Text or JSON.");
        }

        if (ReservedConcurrency < 0)
        {
            throw Invalid($"ReservedConcurrency of function '{Name}' is {ReservedConcurrency}; it must be 0 or more.");
        }

        if (DeadLetterTargetArn is not null && !DestinationArn.IsOneOf(DeadLetterTargetArn, "sqs", "sns"))
        {
            throw Invalid($"DeadLetterTargetArn of function '{Name}' is '{DeadLetterTargetArn}'; it must be the ARN of an SQS queue or an SNS topic.");
        }

        Validate(AsyncInvocation);
    }

    /// <summary>Throws when an asynchronous setting lies outside AWS's limits.</summary>
    internal static void Validate(AsyncInvocationSettings settings)
    {
        if (settings.MaximumRetryAttempts is < 0 or > 2)
        {
            throw Invalid($"MaximumRetryAttempts is {settings.MaximumRetryAttempts}; for asynchronous invocations it must be 0 to 2.");
        }

        if (settings.MaximumEventAgeInSeconds is < 60 or > 21_600)
        {
            throw Invalid($"MaximumEventAgeInSeconds is {settings.MaximumEventAgeInSeconds}; it must be 60 to 21,600.");
        }

        ValidateDestination("DestinationConfig.OnSuccess", settings.OnSuccess);
        ValidateDestination("DestinationConfig.OnFailure", settings.OnFailure);
    }

    private static void ValidateDestination(string name, string? arn)
    {
        if (arn is not null && !DestinationArn.IsOneOf(arn, "sqs", "sns", "lambda"))
        {
            throw Invalid($"{name} '{arn}' is not imitated by this local cloud; use the ARN of an SQS queue, an SNS topic or a function.");
        }
    }

    private static AwsException Invalid(string message) => new("InvalidParameterValueException", message);
}
