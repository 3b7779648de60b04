using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.CDK.AWS.SSM;
using Constructs;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>What <see cref="ChatConfiguration"/> is made of.</summary>
internal sealed record ChatConfigurationProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentSettings Settings { get; init; }

    /// <summary>ARN of the topic for inbound messages.</summary>
    public required string TopicInArn { get; init; }
}

/// <summary>The SSM parameters of the guide: its JSON and its templates, to be filled in after the deployment, and the topic for the event destination.</summary>
internal sealed class ChatConfiguration : Construct
{
    private const string Unknown = "-";

    /// <summary>The placeholders' angle brackets stay what they are.</summary>
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public ChatConfiguration(Construct scope, string id, ChatConfigurationProps props)
        : base(scope, id)
    {
        CreatedWith = props.Settings.ConfigCreatedWith ?? $"{props.Settings.InstanceId ?? Unknown}/{props.Settings.ContactFlowId ?? Unknown}";
        Config = new StringParameter(this, "Config", new StringParameterProps
        {
            ParameterName = props.Settings.ParameterOf(Parameters.Config),
            Description = "Which Amazon Connect instance and flow chats start in, and how",
            StringValue = InitialJson(CreatedWith),
        });
        Templates = new StringParameter(this, "Templates", new StringParameterProps
        {
            ParameterName = props.Settings.ParameterOf(Parameters.Templates),
            Description = "The approved WhatsApp templates that contact flows may send",
            StringValue = Parameters.InitialTemplates,
        });
        _ = new StringParameter(this, "TopicIn", new StringParameterProps
        {
            ParameterName = props.Settings.ParameterOf(Parameters.TopicIn),
            Description = "Copy this ARN into the event destination of AWS End User Messaging Social",
            StringValue = props.TopicInArn,
        });
    }

    /// <summary>The instance and the flow that the parameter was created with, a hyphen for what was not known.</summary>
    public string CreatedWith { get; }

    /// <summary>The guide's JSON.</summary>
    public StringParameter Config { get; }

    /// <summary>The templates that contact flows may send.</summary>
    public StringParameter Templates { get; }

    /// <summary>The guide's initial content; what a deployment knows is already filled in.</summary>
    /// <param name="createdWith">See <see cref="CreatedWith"/>.</param>
    internal static string InitialJson(string createdWith)
    {
        string?[] ids = [.. createdWith.Split('/').Select(id => id == Unknown ? null : id)];
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, Readable))
        {
            writer.WriteStartObject();
            writer.WriteString("instance_id", ids[0] ?? "<your-connect-instance-id>");
            writer.WriteString("contact_flow_id", ids[1] ?? "<your-contact-flow-id>");
            writer.WriteNumber("chat_duration_minutes", 60);
            writer.WriteString("ignore_reactions", "yes");
            writer.WriteString("ignore_stickers", "yes");
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.ToArray());
    }
}
