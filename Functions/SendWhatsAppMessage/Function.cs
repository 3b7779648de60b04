using Amazon.DynamoDBv2;
using Amazon.SimpleSystemsManagement;
using Amazon.SocialMessaging;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.SendWhatsAppMessage.Flows;
using WhatsAppBuffer.SendWhatsAppMessage.Sending;
using WhatsAppBuffer.SendWhatsAppMessage.Templates;
using WhatsAppBuffer.SendWhatsAppMessage.WhatsApp;

namespace WhatsAppBuffer.SendWhatsAppMessage;

/// <summary>
/// Sends an approved template for a contact flow of Amazon Connect, once, and answers what became of it. What a flow can act on is an answer; only when the
/// table or SSM cannot be reached the invocation fails, and nothing was sent then.
/// </summary>
/// <param name="settings">The templates.</param>
/// <param name="sender">Sends them.</param>
/// <param name="clock">All time is measured with it.</param>
/// <param name="log">Ids only.</param>
internal sealed class Function(SettingsSource<TemplateSettings> settings, OnceSender sender, TimeProvider clock, ILogger log)
{
    /// <summary>Kept back from the invocation's time: for the answer.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(700);

    /// <summary>Puts the function together, once for each sandbox.</summary>
    public static Function Create(SendWhatsAppMessageOptions options, TimeProvider clock, ILogger log)
    {
        // A flow waits eight seconds: no call may take so many that none are left for the answer.
        var dynamoDb = new AmazonDynamoDBClient(new AmazonDynamoDBConfig { MaxErrorRetry = 2, Timeout = TimeSpan.FromSeconds(2) });
        var ssm = new AmazonSimpleSystemsManagementClient(new AmazonSimpleSystemsManagementConfig { MaxErrorRetry = 1, Timeout = TimeSpan.FromSeconds(2) });
        var whatsApp = new EndUserMessaging(new AmazonSocialMessagingClient(EndUserMessaging.ClientConfig));
        var sendings = new DynamoDbSendings(new ConversationTable(dynamoDb, options.TableName, clock));
        return new Function(
            TemplateSettings.SourceIn(new SsmParameterStore(ssm), options.TemplateParameter, clock, log), new OnceSender(sendings, whatsApp, clock, log), clock, log);
    }

    /// <summary>Handles an invocation.</summary>
    /// <param name="json">The flow's event.</param>
    /// <param name="requestId">Stands for the contact of an event that names none, such as one from the Lambda console.</param>
    /// <param name="remaining">How long Lambda lets the invocation run.</param>
    public async Task<FlowAnswer> HandleAsync(ReadOnlyMemory<byte> json, string requestId, TimeSpan remaining)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromTicks(Math.Max(1, (remaining - Margin).Ticks)), clock);
        FlowAnswer answer = await AnswerAsync(json, requestId, end.Token);
        Telemetry.Count(answer.Status);
        return answer;
    }

    private async Task<FlowAnswer> AnswerAsync(ReadOnlyMemory<byte> json, string requestId, CancellationToken end)
    {
        string contactId = requestId;
        try
        {
            var flow = FlowEvent.Read(json, requestId);
            contactId = flow.ContactId;
            return await sender.SendAsync(TemplateMessage.Of(flow, await settings.GetAsync(end)), end);
        }
        catch (TemplateRefusedException refusal)
        {
            log.Refused(contactId, refusal.Message);
            return FlowAnswer.Refused(refusal.Message);
        }
        catch (ConfigurationException problem)
        {
            log.Misconfigured(problem.Message);
            return FlowAnswer.Refused(problem.Message);
        }
    }
}
