using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SocialMessaging;
using Amazon.SocialMessaging.Model;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.WhatsAppEventHandler.Media;

/// <summary>End User Messaging Social and Amazon S3.</summary>
/// <param name="socialMessaging">Fetches.</param>
/// <param name="s3">Finds and reads.</param>
/// <param name="bucket">The bucket of customers' media.</param>
internal sealed class AmazonMedia(IAmazonSocialMessaging socialMessaging, IAmazonS3 s3, string bucket) : IMedia
{
    public Task<StoredFile?> FindAsync(CustomerFile file, CancellationToken cancellationToken) => CallAsync(
        "ListObjectsV2",
        async () =>
        {
            var request = new ListObjectsV2Request { BucketName = bucket, Prefix = file.Prefix, MaxKeys = 1 };
            return (await s3.ListObjectsV2Async(request, cancellationToken)).S3Objects is [var found, ..] ? new StoredFile(found.Key, found.Size ?? 0) : null;
        },
        cancellationToken);

    public Task FetchAsync(CustomerFile file, CancellationToken cancellationToken) => CallAsync(
        "GetWhatsAppMessageMedia",
        () => socialMessaging.GetWhatsAppMessageMediaAsync(
            new GetWhatsAppMessageMediaRequest
            {
                MediaId = file.MediaId,
                OriginationPhoneNumberId = file.OriginationNumber,
                DestinationS3File = new S3File { BucketName = bucket, Key = file.Prefix },
            },
            cancellationToken),
        cancellationToken);

    public Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellationToken) => CallAsync(
        "GetObject",
        async () => (await s3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = file.Key }, cancellationToken)).ResponseStream,
        cancellationToken);

    /// <summary>What an error answer means for the file. Codes: API reference of AWS End User Messaging Social, <c>GetWhatsAppMessageMedia</c>, "Errors".</summary>
    /// <returns>Null when the same call may succeed later, and whenever this deployment is to blame: a grant that is missing today may be there tomorrow.</returns>
    public static FileWords? WordsFor(string operation, string? errorCode) => (operation, errorCode) switch
    {
        ("GetWhatsAppMessageMedia", "ResourceNotFoundException") => FileWords.Gone,
        ("GetWhatsAppMessageMedia", "AccessDeniedByMetaException" or "ValidationException" or "InvalidParametersException") => FileWords.NotFetched,
        _ => null,
    };

    private static async Task<T> CallAsync<T>(string operation, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException answer)
        {
            FileWords? words = answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError ? null : WordsFor(operation, answer.ErrorCode);
            throw new MediaException(words, operation, ActivityExtensions.ErrorType(answer), answer);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TimeoutException or AmazonClientException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new MediaException(null, operation, failure.GetType().Name, failure);
        }
    }
}
