using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Redrive;

/// <summary>Batches that the event source mapping gave up and that Lambda put into the bucket, each an object with its records.</summary>
/// <param name="s3">The bucket's client.</param>
/// <param name="bucket">Its name.</param>
internal sealed class GivenUpBatches(IAmazonS3 s3, string bucket)
{
    /// <summary>Keys of the objects; none when there is no such bucket.</summary>
    /// <param name="most">How many at the most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<string>> ListAsync(int most, CancellationToken cancellationToken)
    {
        List<string> keys = [];
        string? next = null;
        try
        {
            do
            {
                ListObjectsV2Response page = await s3.ListObjectsV2Async(
                    new ListObjectsV2Request { BucketName = bucket, Prefix = Buckets.GivenUp, ContinuationToken = next }, cancellationToken);
                keys.AddRange((page.S3Objects ?? []).Select(found => found.Key));
                next = page.IsTruncated == true ? page.NextContinuationToken : null;
            }
            while (next is not null && keys.Count < most);
        }
        catch (AmazonS3Exception absent) when (absent.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }

        return [.. keys.Take(most)];
    }

    /// <summary>An object's text.</summary>
    public async Task<string> ReadAsync(string key, CancellationToken cancellationToken)
    {
        using GetObjectResponse found = await s3.GetObjectAsync(bucket, key, cancellationToken);
        using var text = new StreamReader(found.ResponseStream);
        return await text.ReadToEndAsync(cancellationToken);
    }

    /// <summary>Deletes an object.</summary>
    public Task DeleteAsync(string key) => s3.DeleteObjectAsync(bucket, key, CancellationToken.None);
}
