using System.Text.Json;

namespace Amazon;

/// <summary>Reading without ceremony: what is absent or null is null, whatever its type; an empty JSON element has no members.</summary>
internal static class JsonElementExtensions
{
    extension(JsonElement json)
    {
        public JsonElement Member(string name) =>
            json.ValueKind is JsonValueKind.Object
            && json.TryGetProperty(name, out JsonElement member)
            && member.ValueKind is not JsonValueKind.Null
                ? member
                : default;

        public string Text(string name) => json.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

        public Dictionary<string, string> TextMap() => json.Map(value => value.GetString());

        public Dictionary<string, T> Map<T>(Func<JsonElement, T> read)
        {
            if (json.ValueKind is not JsonValueKind.Object)
                return null;
            var map = new Dictionary<string, T>();
            foreach (JsonProperty member in json.EnumerateObject())
                map[member.Name] = read(member.Value);
            return map;
        }
    }
}
