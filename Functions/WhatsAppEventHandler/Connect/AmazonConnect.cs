using System.Diagnostics;
using System.Net;
using Amazon.Connect;
using Amazon.Connect.Model;
using Amazon.ConnectParticipant;
using Amazon.ConnectParticipant.Model;
using Amazon.Runtime;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.WhatsAppEventHandler.Connect;

/// <summary>Amazon Connect and its Participant Service. Both clients must be set not to retry: retries here respect the lease.</summary>
/// <param name="connect">Starts chats.</param>
/// <param name="participant">Speaks for the customer.</param>
/// <param name="s3">Takes what is attached, by URLs of Connect's own bucket.</param>
/// <param name="patience">How long an upload may stand still.</param>
internal sealed class AmazonConnect(IAmazonConnect connect, IAmazonConnectParticipant participant, HttpClient s3, TimeSpan patience) : IConnect
{
    /// <summary>The upload between <c>StartAttachmentUpload</c> and <c>CompleteAttachmentUpload</c>, which has no name of AWS's.</summary>
    public const string PutAttachment = "PutAttachment";

    private const string PlainText = "text/plain";

    public Task<OpenedChat> StartChatAsync(ChatStart start, CancellationToken cancellationToken)
    {
        var request = new StartChatContactRequest
        {
            InstanceId = start.InstanceId,
            ContactFlowId = start.ContactFlowId,
            ClientToken = start.ClientToken,
            ChatDurationInMinutes = start.DurationMinutes,
            ParticipantDetails = new ParticipantDetails { DisplayName = start.Customer.Name },
            // What agents format comes back as markdown only if it is allowed here.
            SupportedMessagingContentTypes = [PlainText, "text/markdown"],
            Attributes = new()
            {
                ["Channel"] = "Whatsapp",
                ["customerId"] = start.Customer.Id,
                ["customerName"] = start.Customer.Name,
                ["systemNumber"] = start.Customer.SystemNumber,
            },
        };
        if (start.Template is { } template)
        {
            request.Attributes["templateName"] = template.Name;
            request.Attributes["templateReference"] = template.Reference ?? "";
        }

        return CallAsync(
            "StartChatContact",
            async () =>
            {
                StartChatContactResponse chat = await connect.StartChatContactAsync(request, cancellationToken);
                return new OpenedChat(chat.ContactId, chat.ParticipantToken);
            },
            cancellationToken);
    }

    public Task StartStreamingAsync(string instanceId, string contactId, string topicArn, string clientToken, CancellationToken cancellationToken)
    {
        var request = new StartContactStreamingRequest
        {
            InstanceId = instanceId,
            ContactId = contactId,
            ClientToken = clientToken,
            ChatStreamingConfiguration = new ChatStreamingConfiguration { StreamingEndpointArn = topicArn },
        };
        return CallAsync("StartContactStreaming", () => connect.StartContactStreamingAsync(request, cancellationToken), cancellationToken);
    }

    public Task<string> ConnectAsync(string participantToken, CancellationToken cancellationToken)
    {
        // Without ConnectParticipant a customer who opens no web socket does not count as connected.
        var request = new CreateParticipantConnectionRequest
        {
            ParticipantToken = participantToken,
            Type = [ConnectionType.CONNECTION_CREDENTIALS],
            ConnectParticipant = true,
        };
        return CallAsync(
            "CreateParticipantConnection",
            async () => (await participant.CreateParticipantConnectionAsync(request, cancellationToken)).ConnectionCredentials.ConnectionToken,
            cancellationToken);
    }

    public Task SendMessageAsync(string connectionToken, string text, string clientToken, CancellationToken cancellationToken)
    {
        var request = new SendMessageRequest { ConnectionToken = connectionToken, Content = text, ContentType = PlainText, ClientToken = clientToken };
        return CallAsync("SendMessage", () => participant.SendMessageAsync(request, cancellationToken), cancellationToken);
    }

    public Task<UploadTarget> StartAttachmentAsync(string connectionToken, AttachmentStart start, CancellationToken cancellationToken)
    {
        var request = new StartAttachmentUploadRequest
        {
            ConnectionToken = connectionToken,
            AttachmentName = start.Name,
            ContentType = start.ContentType,
            AttachmentSizeInBytes = start.Size,
            ClientToken = start.ClientToken,
        };
        return CallAsync(
            "StartAttachmentUpload",
            async () =>
            {
                StartAttachmentUploadResponse answer = await participant.StartAttachmentUploadAsync(request, cancellationToken);
                return new UploadTarget(answer.AttachmentId, new Uri(answer.UploadMetadata.Url), answer.UploadMetadata.HeadersToInclude ?? []);
            },
            cancellationToken);
    }

    public Task UploadAsync(UploadTarget upload, long size, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        CallAsync(PutAttachment, () => PutAsync(upload, size, write, cancellationToken), cancellationToken);

    public Task CompleteAttachmentAsync(string connectionToken, string attachmentId, string clientToken, CancellationToken cancellationToken)
    {
        var request = new CompleteAttachmentUploadRequest { ConnectionToken = connectionToken, AttachmentIds = [attachmentId], ClientToken = clientToken };
        return CallAsync(
            "CompleteAttachmentUpload",
            async () =>
            {
                try
                {
                    await participant.CompleteAttachmentUploadAsync(request, cancellationToken);
                }
                catch (AmazonServiceException answer) when (answer.ErrorCode == "ConflictException" || answer.StatusCode is HttpStatusCode.Conflict)
                {
                    // It is in the chat already.
                }

                return true;
            },
            cancellationToken);
    }

    private async Task<bool> PutAsync(UploadTarget upload, long size, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        using var standstill = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        standstill.CancelAfter(patience);
        using var request = new HttpRequestMessage(HttpMethod.Put, upload.Url)
        {
            Content = new AttachmentContent(size, write, () => standstill.CancelAfter(patience), standstill.Token),
        };
        foreach ((string name, string value) in upload.Headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage answer = await s3.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, standstill.Token);
        return answer.IsSuccessStatusCode
            ? true
            : throw new ConnectException(ConnectFailures.Of(PutAttachment, null, answer.StatusCode), PutAttachment, $"{(int)answer.StatusCode}", "S3 does not take the file.");
    }

    private static async Task<T> CallAsync<T>(string operation, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        try
        {
            T answer = await call();
            Telemetry.Called(operation, began, errorCode: null);
            return answer;
        }
        catch (AmazonServiceException answer)
        {
            Telemetry.Called(operation, began, ActivityExtensions.ErrorType(answer));
            throw new ConnectException(
                ConnectFailures.Of(operation, answer.ErrorCode, answer.StatusCode), operation, answer.ErrorCode is { Length: > 0 } code ? code : $"{answer.StatusCode}", answer.Message, answer);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TimeoutException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Telemetry.Called(operation, began, ActivityExtensions.ErrorType(failure));
            throw new ConnectException(ConnectFailure.Transient, operation, failure.GetType().Name, failure.Message, failure);
        }
    }
}
