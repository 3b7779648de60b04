using Amazon.Connect;
using Amazon.Connect.Model;
using Amazon.Runtime;

namespace WhatsAppBuffer.ConnectEventHandler.Agents;

/// <summary>
/// <c>DescribeContact</c> and <c>CreateNotification</c> of Amazon Connect. Why not a line in the chat: docs/adr/0010-answers.md. Source: Amazon Connect administrator guide,
/// "Notifications in the workspace header"; API reference.
/// </summary>
/// <param name="client">The client, made when it is needed: hardly ever.</param>
internal sealed class ConnectAgents(Lazy<IAmazonConnect> client) : IAgents
{
    private const string ContactSegment = "/contact/";

    /// <summary>The client's settings.</summary>
    public static AmazonConnectConfig ClientConfig => new() { MaxErrorRetry = 2, Timeout = TimeSpan.FromSeconds(5) };

    public async Task<string?> TellAsync(
        string instanceId, string contactId, IReadOnlyDictionary<string, string> words, string clientToken, CancellationToken cancellationToken)
    {
        IAmazonConnect connect = client.Value;
        string operation = "DescribeContact";
        try
        {
            DescribeContactResponse found = await connect.DescribeContactAsync(new DescribeContactRequest { InstanceId = instanceId, ContactId = contactId }, cancellationToken);
            if (found.Contact is not { AgentInfo.Id: { Length: > 0 } agent, Arn: { } arn } || arn.LastIndexOf(ContactSegment, StringComparison.Ordinal) is not (> 0 and var end))
            {
                return "NoAgent";
            }

            operation = "CreateNotification";
            var request = new CreateNotificationRequest
            {
                InstanceId = instanceId,
                Recipients = [$"{arn[..end]}/agent/{agent}"],
                Content = new(words),
                Priority = ConfigurableNotificationPriority.HIGH,
                ClientToken = clientToken,
            };
            await connect.CreateNotificationAsync(request, cancellationToken);
            return null;
        }
        catch (AmazonServiceException refusal) when ((int)refusal.StatusCode is >= 400 and < 500 and not 408 and not 429 && refusal.ErrorCode is { } code and not ("ThrottlingException" or "TooManyRequestsException"))
        {
            return $"{operation}: {code}";
        }
        catch (Exception failure) when (failure is AmazonClientException or AmazonServiceException or HttpRequestException or IOException or TimeoutException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new AgentsUnreachableException(operation, failure);
        }
    }
}
