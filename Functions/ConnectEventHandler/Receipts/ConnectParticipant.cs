using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.ConnectParticipant;
using Amazon.ConnectParticipant.Model;
using Amazon.Runtime;

namespace WhatsAppBuffer.ConnectEventHandler.Receipts;

/// <summary><c>SendEvent</c> of Amazon Connect Participant Service. Source: its API reference, "SendEvent"; administrator guide, "message receipts".</summary>
/// <param name="client">The client, made when it is needed.</param>
internal sealed class ConnectParticipant(Lazy<IAmazonConnectParticipant> client) : IParticipant
{
    private const string Events = "application/vnd.amazonaws.connect.event.message.";

    /// <summary>The client's settings: a receipt is worth one attempt.</summary>
    public static AmazonConnectParticipantConfig ClientConfig => new() { MaxErrorRetry = 0, Timeout = TimeSpan.FromSeconds(3) };

    public async Task<string?> TellAsync(string connectionToken, string messageId, bool isRead, CancellationToken cancellationToken)
    {
        string word = isRead ? "read" : "delivered";
        var request = new SendEventRequest
        {
            ConnectionToken = connectionToken,
            ContentType = Events + word,
            Content = $"{{\"messageId\":\"{JsonEncodedText.Encode(messageId, JavaScriptEncoder.Default)}\"}}",
            ClientToken = $"{word}-{messageId}",
        };
        try
        {
            await client.Value.SendEventAsync(request, cancellationToken);
            return null;
        }
        catch (AmazonServiceException refusal)
        {
            return refusal.ErrorCode ?? $"{(int)refusal.StatusCode}";
        }
        catch (Exception failure) when (failure is AmazonClientException or HttpRequestException or IOException or TimeoutException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return failure.GetType().Name;
        }
    }
}
