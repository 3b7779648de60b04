using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;
using WhatsAppBuffer.Infra.Resources;
using WhatsAppBuffer.Infra.Settings;

namespace WhatsAppBuffer.Infra.Monitoring;

/// <summary>Whom an alarm is for.</summary>
internal enum Severity
{
    /// <summary>Customers wait, or something of theirs is lost, and it does not mend itself: somebody is woken.</summary>
    Page,

    /// <summary>Somebody should look on the next working day.</summary>
    Ticket,
}

/// <summary>Where alarms go: pages to the alarm target, tickets to theirs, or where there is none to the same.</summary>
internal sealed class AlarmTopics
{
    private readonly SnsAction? _page;
    private readonly SnsAction? _ticket;

    /// <param name="scope">What the topics belong to.</param>
    /// <param name="settings">Which topics and addresses.</param>
    /// <param name="key">Encrypts alarms in topics of the stack's own.</param>
    public AlarmTopics(Construct scope, DeploymentSettings settings, MessageKey key)
    {
        _page = Create("", "whatsapp_alarms", settings.AlarmTopicArn, settings.AlarmEmail);
        _ticket = Create("Ticket", "whatsapp_tickets", settings.TicketTopicArn, settings.TicketEmail) ?? _page;

        SnsAction? Create(string id, string name, string? arn, string? email)
        {
            if (arn is not null)
            {
                return new SnsAction(Topic.FromTopicArn(scope, $"Given{id}Topic", arn));
            }

            if (email is null)
            {
                return null;
            }

            var topic = new ServiceTopic(scope, $"{id}Topic", new() { Name = settings.NameOf(name), Publisher = "cloudwatch.amazonaws.com", Key = key });
            topic.Topic.AddSubscription(new EmailSubscription(email));
            return new SnsAction(topic.Topic);
        }
    }

    /// <summary>What an alarm of a severity does; null when nobody is told.</summary>
    public SnsAction? Of(Severity severity) => severity is Severity.Page ? _page : _ticket;
}
