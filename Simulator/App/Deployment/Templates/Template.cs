using System.Text.Json;
using System.Text.Json.Nodes;

namespace WhatsAppBuffer.Simulator.App.Deployment.Templates;

/// <summary>A resource of a template, its properties as they are written.</summary>
/// <param name="Id">Its logical id.</param>
/// <param name="Type">Its type, such as <c>AWS::SQS::Queue</c>.</param>
/// <param name="Properties">Its properties.</param>
/// <param name="Condition">The condition on which it exists, or null.</param>
internal sealed record TemplateResource(string Id, string Type, JsonObject Properties, string? Condition);

/// <summary>A CloudFormation template in JSON, as <c>cdk synth</c> writes it.</summary>
/// <param name="Name">What errors call it.</param>
/// <param name="Parameters">Its parameters' defaults; null for a parameter without one, or whose default only names where its value is.</param>
/// <param name="Resources">Its resources by logical id, in their order.</param>
internal sealed record Template(string Name, IReadOnlyDictionary<string, string?> Parameters, IReadOnlyDictionary<string, TemplateResource> Resources)
{
    /// <exception cref="UserErrorException">There is no such file, or it is no template.</exception>
    public static Template Load(string file)
    {
        try
        {
            return Parse(file, File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The template {file} cannot be read: {e.Message} `./wab.cs synth` writes one to artifacts/cdk.out.", e);
        }
    }

    /// <exception cref="UserErrorException">The text is no template.</exception>
    public static Template Parse(string name, string json)
    {
        try
        {
            var root = ForeignJson.Node(json) as JsonObject;
            return root?[nameof(Resources)] is JsonObject resources
                ? new Template(name, Defaults(root[nameof(Parameters)] as JsonObject ?? []), resources.Select(Resource).ToDictionary(resource => resource.Id))
                : throw new UserErrorException($"{name} is no CloudFormation template in JSON: it has no object 'Resources'.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UserErrorException($"{name} is no CloudFormation template in JSON: {e.Message}", e);
        }
    }

    private static TemplateResource Resource(KeyValuePair<string, JsonNode?> member) => new(
        member.Key,
        member.Value?["Type"]?.GetValue<string>() ?? throw new JsonException($"the resource {member.Key} has no Type."),
        member.Value["Properties"] as JsonObject ?? [],
        member.Value["Condition"]?.GetValue<string>());

    private static Dictionary<string, string?> Defaults(JsonObject parameters) => parameters.ToDictionary(
        parameter => parameter.Key,
        parameter => parameter.Value?["Type"]?.GetValue<string>().StartsWith("AWS::SSM::Parameter::", StringComparison.Ordinal) == true
            ? null
            : parameter.Value?["Default"]?.ToString());
}
