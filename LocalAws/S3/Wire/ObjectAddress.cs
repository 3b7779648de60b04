using LocalAws.Endpoint;

namespace LocalAws.S3.Wire;

/// <summary>What a path-style request is about: nothing (the account), a bucket, or an object.</summary>
/// <param name="Bucket">The bucket, or empty.</param>
/// <param name="Key">The object's key, or empty.</param>
internal readonly record struct ObjectAddress(string Bucket, string Key)
{
    public static ObjectAddress Of(AwsRequest request)
    {
        string[] parts = request.Path.TrimStart('/').Split('/', 2);
        return new ObjectAddress(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
