using LocalAws.Endpoint;

namespace LocalAws.S3;

/// <summary>The errors of S3, in its own words. Source: S3 API reference, "Error responses".</summary>
internal static class S3Error
{
    public static AwsException NoSuchBucket() => new("NoSuchBucket", "The specified bucket does not exist", 404);

    public static AwsException NoSuchKey() => new("NoSuchKey", "The specified key does not exist.", 404);

    public static AwsException BucketNotEmpty() => new("BucketNotEmpty", "The bucket you tried to delete is not empty", 409);

    public static AwsException BucketAlreadyOwnedByYou() =>
        new("BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.", 409);

    public static AwsException InvalidBucketName() => new("InvalidBucketName", "The specified bucket is not valid.");

    public static AwsException InvalidArgument(string message) => new("InvalidArgument", message);

    public static AwsException KeyTooLong() => new("KeyTooLongError", "Your key is too long");

    public static AwsException MetadataTooLarge() => new("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");

    public static AwsException BadDigest() => new("BadDigest", "The Content-MD5 you specified did not match what we received.");

    public static AwsException IncompleteBody() => new("IncompleteBody", "The request body is not in the chunks that its headers announce.");

    public static AwsException MalformedXml() => new("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

    public static AwsException InvalidRange() => new("InvalidRange", "The requested range is not satisfiable", 416);

    public static AwsException NoSuchUpload() => new(
        "NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.", 404);

    public static AwsException InvalidPart() => new(
        "InvalidPart",
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.");

    public static AwsException InvalidPartOrder() => new(
        "InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.");

    public static AwsException EntityTooSmall() => new("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");

    public static AwsException RequestHasExpired() => new("AccessDenied", "Request has expired", 403);

    public static AwsException SignatureDoesNotMatch(string what) => new(
        "SignatureDoesNotMatch",
        $"The request signature we calculated does not match the signature you provided: {what} is not what the URL was signed for.",
        403);

    /// <summary>The error of S3 for a header that it does not know the use of; here for everything that is not imitated.</summary>
    public static AwsException NotImplemented(string what) => new("NotImplemented", $"This local cloud does not imitate {what} of S3: leave it out.", 501);
}
