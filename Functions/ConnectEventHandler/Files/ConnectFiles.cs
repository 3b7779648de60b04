using Amazon.ConnectParticipant;
using Amazon.ConnectParticipant.Model;
using Amazon.Runtime;
using WhatsAppBuffer.ConnectEventHandler.Replies;

namespace WhatsAppBuffer.ConnectEventHandler.Files;

/// <summary><c>GetAttachment</c> of Amazon Connect Participant Service. Source: its API reference.</summary>
/// <param name="client">The client, made when it is needed.</param>
internal sealed class ConnectFiles(Lazy<IAmazonConnectParticipant> client) : IChatFiles
{
    private const string Denied = "AccessDeniedException";

    /// <summary>As long as Connect allows: End User Messaging reads the file when it comes to it.</summary>
    private const int UrlLife = 300;

    /// <summary>The client's settings.</summary>
    public static AmazonConnectParticipantConfig ClientConfig => new() { MaxErrorRetry = 2, Timeout = TimeSpan.FromSeconds(5) };

    public async Task<LocatedFile?> LocateAsync(Credentials credentials, string attachmentId, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(credentials, attachmentId, cancellationToken);
        }
        catch (AmazonServiceException refusal) when ((int)refusal.StatusCode is >= 400 and < 500 and not 408 and not 429 && refusal.ErrorCode is { } code and not "ThrottlingException")
        {
            throw new FileRefusedException(code);
        }
        catch (Exception failure) when (failure is AmazonClientException or AmazonServiceException or HttpRequestException or IOException or TimeoutException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<LocatedFile> GetAsync(Credentials credentials, string attachmentId, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(credentials.ConnectionToken, attachmentId, cancellationToken);
        }
        catch (AmazonServiceException denied) when (denied.ErrorCode == Denied && credentials.ParticipantToken is not null)
        {
            // A connection token lives a day, a chat up to seven.
            var request = new CreateParticipantConnectionRequest { ParticipantToken = credentials.ParticipantToken, Type = [ConnectionType.CONNECTION_CREDENTIALS] };
            CreateParticipantConnectionResponse connection = await client.Value.CreateParticipantConnectionAsync(request, cancellationToken);
            return await GetAsync(connection.ConnectionCredentials.ConnectionToken, attachmentId, cancellationToken);
        }
    }

    private async Task<LocatedFile> GetAsync(string connectionToken, string attachmentId, CancellationToken cancellationToken)
    {
        var request = new GetAttachmentRequest { ConnectionToken = connectionToken, AttachmentId = attachmentId, UrlExpiryInSeconds = UrlLife };
        GetAttachmentResponse found = await client.Value.GetAttachmentAsync(request, cancellationToken);
        return new LocatedFile(new Uri(found.Url), found.AttachmentSizeInBytes);
    }
}
