using System.Diagnostics;
using Amazon.Runtime;

namespace WhatsAppBuffer.ServiceDefaults.Telemetry;

/// <summary>What every span of this project does alike.</summary>
public static class ActivityExtensions
{
    /// <summary>
    /// Marks the span as failed, by the kind of error only: messages of exceptions may quote what a customer wrote.
    /// </summary>
    /// <param name="span">The span, or null where nobody listens.</param>
    /// <param name="error">What ended the operation.</param>
    public static void Fail(this Activity? span, Exception error) =>
        span?.SetTag(Conventions.ErrorType, ErrorType(error)).SetStatus(ActivityStatusCode.Error);

    /// <summary>Value of <c>error.type</c>: AWS's error code, else the exception's type.</summary>
    /// <param name="error">The exception.</param>
    public static string ErrorType(Exception error) =>
        error is AmazonServiceException { ErrorCode: { Length: > 0 } code } ? code : error.GetType().FullName!;
}
