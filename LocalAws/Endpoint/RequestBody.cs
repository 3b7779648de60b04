using System.Buffers;
using Microsoft.AspNetCore.Http;
using LocalAws.Lambda.Sandboxes;

namespace LocalAws.Endpoint;

/// <summary>
/// Reads the body of a request, as much as its service takes. One that says that it is larger is refused before anything of it is read; one that does
/// not say is read no further than that.
/// </summary>
internal static class RequestBody
{
    /// <summary>S3 takes 5 GB in one request; here an object lies in memory.</summary>
    public const int S3 = 128 * 1024 * 1024;

    /// <summary>DynamoDB's limit for any request. Source: DynamoDB guide, Constraints, "Maximum size of a request".</summary>
    public const int DynamoDb = 16 * 1024 * 1024;

    /// <summary>
    /// More than a message of SNS, SQS or End User Messaging (1 to 2 MB) becomes by escapes or base64. Each service has limits of its own for what a
    /// request holds; AWS documents none for the request.
    /// </summary>
    public const int Others = 8 * 1024 * 1024;

    /// <summary>How large a request's body may be, by what is known of it before.</summary>
    public static int LimitOf(AwsRequest head) =>
        head.Target.StartsWith("DynamoDB", StringComparison.Ordinal) ? DynamoDb
        : head.Target.Length > 0 ? Others
        : head.SigningName == "s3" ? S3
        : head.Path.StartsWith("/2015-03-31/functions/", StringComparison.Ordinal) ? PlatformErrors.MaxPayloadBytes
        : Others;

    /// <summary>The body, or null when it is larger than the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest http, int limit, CancellationToken cancellationToken)
    {
        if (http.ContentLength > limit)
        {
            return null;
        }

        if (http.ContentLength is { } length)
        {
            // Not cleared: a sender that only claims to send so much costs no memory.
            byte[] whole = GC.AllocateUninitializedArray<byte>((int)length);
            await http.Body.ReadExactlyAsync(whole, cancellationToken);
            return whole;
        }

        var body = new ArrayBufferWriter<byte>(1024);
        while (body.WrittenCount <= limit)
        {
            int read = await http.Body.ReadAsync(body.GetMemory(4096), cancellationToken);
            if (read == 0)
            {
                return body.WrittenMemory;
            }

            body.Advance(read);
        }

        return null;
    }

    /// <summary>The error of a body that is too large.</summary>
    public static AwsException TooLarge(AwsRequest head) => LimitOf(head) switch
    {
        PlatformErrors.MaxPayloadBytes => new AwsException(
            "RequestTooLargeException", $"Request must be smaller than {PlatformErrors.MaxPayloadBytes} bytes for the InvokeFunction operation.", StatusCodes.Status413PayloadTooLarge),
        S3 => new AwsException("EntityTooLarge", $"Your proposed upload exceeds the maximum allowed size: this local cloud keeps objects in memory and takes {S3} bytes in one request."),
        var limit => new AwsException("RequestEntityTooLargeException", $"HTTP content length exceeded {limit} bytes.", StatusCodes.Status413PayloadTooLarge),
    };
}
