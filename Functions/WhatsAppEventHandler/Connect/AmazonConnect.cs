using System.Diagnostics;
using Amazon.Connect;
using Amazon.Connect.Model;
using Amazon.ConnectParticipant;
using Amazon.ConnectParticipant.Model;
using Amazon.Runtime;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.WhatsAppEventHandler.Connect;

/// <summary>Amazon Connect and its Participant Service. Both clients must be set not to retry: retries here respect the lease.</summary>
internal sealed class AmazonConnect(IAmazonConnect connect, IAmazonConnectParticipant participant) : IConnect
{
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
            SupportedMessagingContentTypes = [PlainText],
            Attributes = new()
            {
                ["Channel"] = "Whatsapp",
                ["customerId"] = start.Customer.Id,
                ["customerName"] = start.Customer.Name,
                ["systemNumber"] = start.Customer.SystemNumber,
            },
        };
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
