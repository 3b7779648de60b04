using Amazon.Runtime;

namespace Amazon.Lambda;

public class InvocationType(string value) : ConstantClass(value)
{
    public static readonly InvocationType DryRun = new("DryRun");
    public static readonly InvocationType Event = new("Event");
    public static readonly InvocationType RequestResponse = new("RequestResponse");

    public static InvocationType FindValue(string value) => FindValue<InvocationType>(value);

    public static implicit operator InvocationType(string value) => FindValue(value);
}

public class LogType(string value) : ConstantClass(value)
{
    public static readonly LogType None = new("None");
    public static readonly LogType Tail = new("Tail");

    public static LogType FindValue(string value) => FindValue<LogType>(value);

    public static implicit operator LogType(string value) => FindValue(value);
}

public class ThrottleReason(string value) : ConstantClass(value)
{
    public static readonly ThrottleReason CallerRateLimitExceeded = new("CallerRateLimitExceeded");
    public static readonly ThrottleReason ConcurrentInvocationLimitExceeded = new("ConcurrentInvocationLimitExceeded");
    public static readonly ThrottleReason FunctionInvocationRateLimitExceeded = new("FunctionInvocationRateLimitExceeded");
    public static readonly ThrottleReason ReservedFunctionConcurrentInvocationLimitExceeded =
        new("ReservedFunctionConcurrentInvocationLimitExceeded");

    public static ThrottleReason FindValue(string value) => FindValue<ThrottleReason>(value);

    public static implicit operator ThrottleReason(string value) => FindValue(value);
}
