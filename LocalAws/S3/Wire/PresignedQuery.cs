using System.Globalization;
using LocalAws.Endpoint;

namespace LocalAws.S3.Wire;

/// <summary>
/// The query of a presigned URL: when it was signed and how long it holds. Version 2 of signatures, which older tools write (the AWS CLI version 1), says until
/// when only.
/// </summary>
internal static class PresignedQuery
{
    private const int MaxSeconds = 7 * 24 * 3600;

    /// <summary>Whether a parameter belongs to the signature.</summary>
    public static bool Has(string parameter) =>
        parameter.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase) || parameter is "AWSAccessKeyId" or "Signature" or "Expires";

    /// <summary>Throws when a presigned URL does not, or no longer, allow its request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="address">What it is about.</param>
    /// <param name="ours">URLs that this cloud has signed.</param>
    /// <param name="realTime">The clock by which clients sign theirs.</param>
    /// <exception cref="AwsException"><c>AccessDenied</c> or <c>SignatureDoesNotMatch</c> (403), <c>AuthorizationQueryParametersError</c>.</exception>
    public static void Check(AwsRequest request, ObjectAddress address, PresignedUrls ours, TimeProvider realTime)
    {
        if (request.Query.TryGetValue("AWSAccessKeyId", out _))
        {
            RequireBefore(EndOfVersion2(request), realTime);
            return;
        }

        string signature = request.Query["X-Amz-Signature"].ToString();
        if (signature.Length == 0 || ours.Admits(signature, request.Method, address.Bucket, address.Key, name => request.Headers[name].ToString()))
        {
            return;
        }

        if (!DateTimeOffset.TryParseExact(
                request.Query["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset signed)
            || !int.TryParse(request.Query["X-Amz-Expires"], NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            || seconds is < 1 or > MaxSeconds)
        {
            throw new AwsException("AuthorizationQueryParametersError", $"A presigned URL needs X-Amz-Date and an X-Amz-Expires of 1 to {MaxSeconds} seconds.");
        }

        RequireBefore(signed.AddSeconds(seconds), realTime);
    }

    private static DateTimeOffset EndOfVersion2(AwsRequest request) =>
        long.TryParse(request.Query["Expires"], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new AwsException("AccessDenied", "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters", 403);

    private static void RequireBefore(DateTimeOffset end, TimeProvider realTime)
    {
        if (realTime.GetUtcNow() > end)
        {
            throw S3Error.RequestHasExpired();
        }
    }
}
