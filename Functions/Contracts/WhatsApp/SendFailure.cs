using Amazon.Runtime;

namespace WhatsAppBuffer.Contracts.WhatsApp;

/// <summary>
/// What is known of a request to AWS End User Messaging Social that has failed. Its sending operations have no idempotency token, so that "nobody knows" is an answer of its own.
/// Source: API reference, "SendWhatsAppMessage" and "PostWhatsAppMessageMedia", Errors.
/// </summary>
public enum SendFailure
{
    /// <summary>It was not done, and may be later: throttled.</summary>
    HeldBack,

    /// <summary>It was not done, and will never be.</summary>
    Refused,

    /// <summary>Nobody knows: there was no answer, or one that does not tell.</summary>
    Unknown,
}

/// <summary>Reads failures.</summary>
public static class SendFailures
{
    private static readonly string[] Throttling = ["ThrottledRequestException", "ThrottlingException", "LimitExceededException"];

    /// <summary>What a failure says.</summary>
    /// <param name="failure">What the SDK threw.</param>
    /// <returns>Null for what is no failure of the request: a mistake of the program.</returns>
    public static SendFailure? Of(Exception failure) => failure switch
    {
        AmazonServiceException { ErrorCode: { } code } when Throttling.Contains(code) => SendFailure.HeldBack,
        AmazonServiceException { StatusCode: var status } when (int)status is >= 400 and < 500 => SendFailure.Refused,
        AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException or OperationCanceledException => SendFailure.Unknown,
        _ => null,
    };
}
