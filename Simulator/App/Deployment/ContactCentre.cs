using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>
/// The Connect instance and flow that the guide's configuration names. Where it still has placeholders, they are filled in: by hand on AWS, here
/// with ids of the simulator's own.
/// </summary>
internal static class ContactCentre
{
    public const string InstanceId = "11111111-2222-4333-8444-555555555555";
    public const string ContactFlowId = "66666666-7777-4888-9999-000000000000";

    /// <returns>What was filled in.</returns>
    /// <exception cref="UserErrorException">The configuration is no JSON object.</exception>
    public static IReadOnlyList<string> SetUp(LocalCloud cloud, string configParameter)
    {
        JsonObject config = Parse(configParameter, cloud.Ssm.GetParameter(configParameter).Value);
        string[] filled = [.. Fill(config, "instance_id", InstanceId), .. Fill(config, "contact_flow_id", ContactFlowId)];
        if (filled.Length > 0)
        {
            cloud.Ssm.PutParameter(configParameter, config.ToJsonString(), overwrite: true);
        }

        cloud.Connect.AddInstance(config["instance_id"]!.GetValue<string>(), config["contact_flow_id"]!.GetValue<string>());
        return filled;
    }

    private static IEnumerable<string> Fill(JsonObject config, string member, string value)
    {
        if (config[member] is not JsonValue given || given.GetValueKind() != JsonValueKind.String || given.GetValue<string>().StartsWith('<'))
        {
            config[member] = value;
            yield return member;
        }
    }

    private static JsonObject Parse(string parameter, string value)
    {
        try
        {
            return ForeignJson.Node(value) as JsonObject ?? throw new JsonException("it is no object");
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"The parameter {parameter} must be a JSON object with instance_id and contact_flow_id: {e.Message}", e);
        }
    }
}
