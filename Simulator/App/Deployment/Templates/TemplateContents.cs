namespace WhatsAppBuffer.Simulator.App.Deployment.Templates;

/// <summary>What a template declares.</summary>
/// <param name="Name">The template.</param>
/// <param name="Resources">What can be set up here.</param>
/// <param name="Created">Their types, one for each.</param>
/// <param name="Ignored">What was left out: a type, and the resources or properties of it.</param>
internal sealed record TemplateContents(
    string Name, IReadOnlyList<CloudResource> Resources, IReadOnlyList<string> Created, IReadOnlyList<(string Type, string Part)> Ignored)
{
    /// <summary>What was set up and what was left out, a line each.</summary>
    public IEnumerable<string> Summary =>
    [
        $"Set up from {Name}:",
        .. Created.CountBy(type => type).Select(type => $"  {type.Key}: {type.Value}"),
        "Left out, as it makes no difference here:",
        .. Ignored.GroupBy(ignored => ignored.Type, ignored => ignored.Part).OrderBy(type => type.Key, StringComparer.Ordinal)
            .Select(type => $"  {type.Key}: {string.Join(", ", type.Distinct())}"),
    ];
}
