namespace WhatsAppBuffer.Simulator.App.Deployment.Templates;

/// <summary>What a template declares.</summary>
/// <param name="Name">The template.</param>
/// <param name="Resources">What can be set up here.</param>
/// <param name="Created">Their types, one for each.</param>
/// <param name="Ignored">What was left out, by type.</param>
internal sealed record TemplateContents(
    string Name, IReadOnlyList<CloudResource> Resources, IReadOnlyList<string> Created, IReadOnlyList<IgnoredPart> Ignored)
{
    /// <summary>What was set up and what was left out, a line each.</summary>
    public IEnumerable<string> Summary =>
    [
        $"Set up from {Name}:",
        .. Created.CountBy(type => type).Select(type => $"  {type.Key}: {type.Value}"),
        "Left out, as nothing here imitates it:",
        .. Ignored.GroupBy(part => part.IsProperty ? $"{part.Type}, properties" : part.Type, part => part.Name).OrderBy(type => type.Key, StringComparer.Ordinal)
            .Select(type => $"  {type.Key}: {string.Join(", ", type.Distinct())}"),
    ];
}

/// <summary>Something of a template that was left out.</summary>
/// <param name="Type">The resource's type.</param>
/// <param name="Name">The resource's logical id, or the property's name.</param>
/// <param name="IsProperty">Whether it is only a property.</param>
internal sealed record IgnoredPart(string Type, string Name, bool IsProperty = false);
