namespace LocalAws.DynamoDb.Expressions;

/// <summary>The paths of one expression, none of which may contain another.</summary>
internal sealed class PathSet
{
    private readonly List<DocumentPath> _paths = [];

    public IReadOnlyList<DocumentPath> Paths => _paths;

    /// <summary>Adds a path, or says why it cannot stand beside the others.</summary>
    public (bool Overlap, string Message)? Add(DocumentPath path)
    {
        foreach (DocumentPath other in _paths)
        {
            if (Clash(other, path) is { } word)
            {
                return (word == "overlap",
                    $"Two document paths {word} with each other; must remove or rewrite one of these paths; path one: {other}, path two: {path}");
            }
        }

        _paths.Add(path);
        return null;
    }

    private static string? Clash(DocumentPath one, DocumentPath two)
    {
        int shared = Math.Min(one.Elements.Count, two.Elements.Count);
        for (int i = 0; i < shared; i++)
        {
            if (one.Elements[i].Name is null != two.Elements[i].Name is null)
            {
                return "conflict";
            }

            if (one.Elements[i] != two.Elements[i])
            {
                return null;
            }
        }

        return "overlap";
    }
}
