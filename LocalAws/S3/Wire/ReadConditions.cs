using LocalAws.Endpoint;

namespace LocalAws.S3.Wire;

/// <summary>What a reader asks of an object's ETag before it wants the object.</summary>
internal static class ReadConditions
{
    /// <exception cref="AwsException"><c>PreconditionFailed</c> (412) or <c>NotModified</c> (304).</exception>
    public static S3Object Check(S3Object found, AwsRequest request)
    {
        if (request.Headers.IfMatch is { Count: > 0 } wanted && !Matches(found, wanted.ToString()))
        {
            throw new AwsException("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412);
        }

        if (request.Headers.IfNoneMatch is { Count: > 0 } known && Matches(found, known.ToString()))
        {
            throw new AwsException("NotModified", "Not Modified", 304);
        }

        return found;
    }

    private static bool Matches(S3Object found, string tags) => tags == "*" || tags.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag.Trim('"') == found.ETag.Trim('"'));
}
