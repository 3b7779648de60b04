using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;
using WhatsAppBuffer.Infra.Resources;
using WhatsAppBuffer.Infra.Settings;

namespace WhatsAppBuffer.Infra.Monitoring;

/// <summary>Where alarms go.</summary>
internal static class AlarmTopic
{
    /// <summary>The topic that the deployment names, a new one that mails to the address it gives, or none.</summary>
    public static ITopic? Create(Construct scope, DeploymentSettings settings, MessageKey key)
    {
        if (settings.AlarmTopicArn is { } arn)
        {
            return Topic.FromTopicArn(scope, "GivenTopic", arn);
        }

        if (settings.AlarmEmail is not { } email)
        {
            return null;
        }

        var topic = new ServiceTopic(scope, "Topic", new()
        {
            Name = settings.NameOf("whatsapp_alarms"),
            Publisher = "cloudwatch.amazonaws.com",
            Key = key,
        });
        topic.Topic.AddSubscription(new EmailSubscription(email));
        return topic.Topic;
    }
}
