using LocalAws.Endpoint;

namespace LocalAws.Events;

/// <summary>The event of a rule that fires by a schedule. Source: EventBridge user guide, "Creating a rule that runs on a schedule".</summary>
internal static class ScheduledEvent
{
    public static string Write(AwsAccount account, string ruleArn, DateTimeOffset time) => JsonText.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("version", "0");
        writer.WriteString("id", Guid.NewGuid().ToString());
        writer.WriteString("detail-type", "Scheduled Event");
        writer.WriteString("source", "aws.events");
        writer.WriteString("account", account.Id);
        writer.WriteString("time", AwsTime.Seconds(time));
        writer.WriteString("region", account.Region);
        writer.WriteStartArray("resources");
        writer.WriteStringValue(ruleArn);
        writer.WriteEndArray();
        writer.WriteStartObject("detail");
        writer.WriteEndObject();
        writer.WriteEndObject();
    });
}
