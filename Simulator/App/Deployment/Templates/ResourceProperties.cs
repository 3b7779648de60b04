using System.Globalization;
using System.Text.Json.Nodes;

namespace WhatsAppBuffer.Simulator.App.Deployment.Templates;

/// <summary>
/// The properties of a resource, or of an object within. Each is worked out when it is read; at the end <see cref="RefuseTheRest"/> refuses what
/// nobody read, so that no setting is overlooked.
/// </summary>
/// <param name="where">Template and resource, for errors.</param>
/// <param name="json">The properties as they are written.</param>
/// <param name="intrinsics">Works out functions.</param>
internal sealed class ResourceProperties(string where, JsonObject json, Intrinsics intrinsics)
{
    private readonly HashSet<string> _unread = [.. json.Select(member => member.Key)];
    private readonly List<ResourceProperties> _inner = [];

    public string? Text(string name) => Read(name) switch
    {
        null => null,
        JsonValue value => value.ToString(),
        _ => throw Wrong(name, "a text"),
    };

    public string RequiredText(string name) => Text(name) ?? throw Wrong(name, "a text");

    // CloudFormation takes numbers and flags as texts as well.
    public int? Number(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
        : throw Wrong(name, "a whole number");

    public bool? Flag(string name) => Text(name) is not { } text ? null : bool.TryParse(text, out bool flag) ? flag : throw Wrong(name, "true or false");

    public IReadOnlyList<string> Texts(string name) => Read(name) switch
    {
        null => [],
        JsonArray items => [.. items.Select(item => item!.ToString())],
        _ => throw Wrong(name, "a list"),
    };

    public ResourceProperties? Object(string name) => Read(name) switch
    {
        null => null,
        JsonObject members => Inner(name, members),
        _ => throw Wrong(name, "an object"),
    };

    public IReadOnlyList<ResourceProperties> Objects(string name) => Read(name) switch
    {
        null => [],
        JsonArray items => [.. items.Select((item, index) => item is JsonObject members ? Inner($"{name}[{index}]", members) : throw Wrong(name, "a list of objects"))],
        _ => throw Wrong(name, "a list of objects"),
    };

    /// <summary>All that was not read yet, by name: objects and lists as JSON. For settings that the service itself checks.</summary>
    public IReadOnlyDictionary<string, string> Rest()
    {
        var rest = new Dictionary<string, string>();
        foreach (string name in _unread.ToArray())
        {
            if (Read(name) is { } value)
            {
                rest[name] = value is JsonValue scalar ? scalar.ToString() : value.ToJsonString();
            }
        }

        return rest;
    }

    /// <summary>The logical id in <c>{"Fn::GetAtt": [id, attribute]}</c>, or null when the property is anything else.</summary>
    public string? AttributeOwner(string name, string attribute)
    {
        _unread.Remove(name);
        return json[name] is not JsonObject call ? null : call["Fn::GetAtt"] switch
        {
            JsonArray and [var id, var of] when of?.ToString() == attribute => id?.ToString(),
            JsonValue path when path.ToString().Split('.', 2) is [var id, var of] && of == attribute => id,
            _ => null,
        };
    }

    /// <summary>Leaves properties out that make no difference here.</summary>
    /// <returns>Those that were given.</returns>
    public IReadOnlyList<string> Ignore(params IReadOnlyList<string> names) => [.. names.Where(_unread.Remove)];

    /// <exception cref="UserErrorException">A property was not read.</exception>
    public void RefuseTheRest()
    {
        if (_unread.Count > 0)
        {
            throw new UserErrorException($"{where} has {string.Join(", ", _unread.Order(StringComparer.Ordinal))}, which is not imitated here: leave it out of what is tried on this machine.");
        }

        _inner.ForEach(properties => properties.RefuseTheRest());
    }

    public UserErrorException Wrong(string name, string expected) =>
        new($"{where}.{name} must be {expected}; it is {json[name]?.ToJsonString() ?? "missing"}.");

    private JsonNode? Read(string name)
    {
        _unread.Remove(name);
        return intrinsics.Evaluate(json[name], $"{where}.{name}");
    }

    private ResourceProperties Inner(string name, JsonObject members)
    {
        var inner = new ResourceProperties($"{where}.{name}", members, intrinsics);
        _inner.Add(inner);
        return inner;
    }

}
