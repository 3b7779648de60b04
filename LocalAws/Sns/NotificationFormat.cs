using System.Text.Json;
using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.Sns;

/// <summary>How a notification looks to its receiver: the event of a Lambda function, the envelope or the bare message in a queue.</summary>
/// <remarks>
/// Source: Lambda developer guide, "Invoking Lambda functions with Amazon SNS notifications"; SNS developer guide, "Parsing message formats".
/// The two spell the URL members differently. Signatures are placeholders: nothing here is signed.
/// </remarks>
internal static class NotificationFormat
{
    public static DeliveryMessage For(Subscription subscription, Notification notification) => subscription switch
    {
        { Protocol: "lambda" } => new DeliveryMessage(LambdaEvent(subscription, notification)),
        { Attributes.RawMessageDelivery: true } => new DeliveryMessage(notification.BodyFor(subscription.Protocol)) { Attributes = notification.Attributes },
        _ => new DeliveryMessage(Envelope(subscription, notification)),
    };

    /// <summary>The event of a Lambda function: always one record.</summary>
    public static string LambdaEvent(Subscription subscription, Notification notification) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("Records");
        json.WriteStartObject();
        json.WriteString("EventSource", "aws:sns");
        json.WriteString("EventVersion", "1.0");
        json.WriteString("EventSubscriptionArn", subscription.Arn);
        json.WriteStartObject("Sns");
        json.WriteString("Type", "Notification");
        json.WriteString("MessageId", notification.MessageId);
        json.WriteString("TopicArn", notification.TopicArn);
        json.WriteString("Subject", notification.Subject);
        json.WriteString("Message", notification.BodyFor(subscription.Protocol));
        json.WriteString("Timestamp", notification.Timestamp);
        json.WriteString("SignatureVersion", "1");
        json.WriteString("Signature", "EXAMPLE");
        json.WriteString("SigningCertUrl", SigningCert(notification));
        json.WriteString("UnsubscribeUrl", Unsubscribe(subscription));
        WriteAttributes(json, notification);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>The envelope in a queue; absent subject and attributes are left out.</summary>
    public static string Envelope(Subscription subscription, Notification notification) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("Type", "Notification");
        json.WriteString("MessageId", notification.MessageId);
        json.WriteString("TopicArn", notification.TopicArn);
        if (notification.Subject is not null)
        {
            json.WriteString("Subject", notification.Subject);
        }

        json.WriteString("Message", notification.BodyFor(subscription.Protocol));
        json.WriteString("Timestamp", notification.Timestamp);
        json.WriteString("SignatureVersion", "1");
        json.WriteString("Signature", "EXAMPLE");
        json.WriteString("SigningCertURL", SigningCert(notification));
        json.WriteString("UnsubscribeURL", Unsubscribe(subscription));
        if (notification.Attributes.Count > 0)
        {
            WriteAttributes(json, notification);
        }

        json.WriteEndObject();
    });

    private static void WriteAttributes(Utf8JsonWriter json, Notification notification)
    {
        json.WriteStartObject("MessageAttributes");
        foreach ((string name, DeliveryAttribute attribute) in notification.Attributes)
        {
            json.WriteStartObject(name);
            json.WriteString("Type", attribute.DataType);
            json.WriteString("Value", attribute.Value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string SigningCert(Notification notification) => $"https://sns.{RegionOf(notification.TopicArn)}.amazonaws.com/SimpleNotificationService-example.pem";

    private static string Unsubscribe(Subscription subscription) =>
        $"https://sns.{RegionOf(subscription.TopicArn)}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={subscription.Arn}";

    private static string RegionOf(string arn) => arn.Split(':')[3];
}
