using LocalAws.Events;

namespace WhatsAppBuffer.Simulator.App.Deployment.Templates;

/// <summary>Reads <c>AWS::Events::Rule</c> that fires by a schedule.</summary>
internal static class RuleReader
{
    private const string Enabled = "ENABLED";
    private const string Disabled = "DISABLED";

    /// <exception cref="UserErrorException">It has no schedule, or a property has a value of another kind.</exception>
    public static ScheduleResource Read(TemplateResource resource, string name, ResourceProperties properties)
    {
        properties.Ignore("Name");
        return new ScheduleResource(resource.Id, name, properties.RequiredText("ScheduleExpression"), [.. properties.Objects("Targets").Select(Target)])
        {
            IsEnabled = properties.Text("State") switch
            {
                null or Enabled => true,
                Disabled => false,
                _ => throw properties.Wrong("State", $"{Enabled} or {Disabled}"),
            },
            Description = properties.Text("Description"),
        };
    }

    private static EventTarget Target(ResourceProperties target) => new(target.RequiredText("Id"), target.RequiredText("Arn"), target.Text("Input"));
}
