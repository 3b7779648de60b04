namespace LocalAws.Endpoint;

/// <summary>An error as an AWS service would answer it: a code that SDKs map to an exception type, a message, an HTTP status.</summary>
public sealed class AwsException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">The service's own error code, such as <c>ConditionalCheckFailedException</c>.</param>
    /// <param name="message">The service's own wording where it is known.</param>
    /// <param name="statusCode">The HTTP status that carries the error.</param>
    public AwsException(string code, string message, int statusCode = 400)
        : base(message)
    {
        Code = code;
        StatusCode = statusCode;
    }

    /// <summary>AWS's word for a fault of its own, for what should not have been thrown.</summary>
    /// <param name="error">What was.</param>
    internal static AwsException InternalFailure(Exception error) => new("InternalFailure", error.Message, 500);

    /// <summary>The service's error code.</summary>
    public string Code { get; }

    /// <summary>The HTTP status that carries the error.</summary>
    public int StatusCode { get; }

    /// <summary>Members beside code and message (JSON protocols only), as raw JSON by name; for example <c>CancellationReasons</c>.</summary>
    public IReadOnlyDictionary<string, string> Members { get; init; } = new Dictionary<string, string>();

    /// <summary>Response headers beside the error itself; for example <c>Retry-After</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
