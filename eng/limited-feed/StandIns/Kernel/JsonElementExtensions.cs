using System.Text.Json;

namespace Amazon.LimitedFeed;

/// <summary>Reading without ceremony: what is absent or null reads as null, whatever its type; nothing has no members.</summary>
internal static class JsonElementExtensions
{
    extension(JsonElement json)
    {
        public JsonElement? Member(string name) =>
            json.ValueKind is JsonValueKind.Object
            && json.TryGetProperty(name, out JsonElement member)
            && member.ValueKind is not JsonValueKind.Null
                ? member
                : null;

        public string Text(string name) => json.Member(name)?.GetString();

        public bool? Flag(string name) => json.Member(name)?.GetBoolean();

        public long? Number(string name) => json.Member(name)?.GetInt64();

        public DateTime? EpochSeconds(string name) =>
            json.Member(name)?.GetDouble() is { } seconds ? DateTime.UnixEpoch.AddSeconds(seconds) : null;

        public MemoryStream Blob(string name) => json.Object(name, Blob);

        public T Object<T>(string name, Func<JsonElement, T> read)
            where T : class =>
            json.Member(name) is { } value ? read(value) : null;

        public List<string> Texts(string name) => json.List(name, Text);

        public List<T> List<T>(string name, Func<JsonElement, T> read) =>
            json.Object(name, items => items.EnumerateArray().Select(read).ToList());

        public Dictionary<string, string> TextMap(string name) => json.Map(name, Text);

        public Dictionary<string, T> Map<T>(string name, Func<JsonElement, T> read) =>
            json.Object(name, map => map.EnumerateObject().ToDictionary(member => member.Name, member => read(member.Value)));
    }

    public static MemoryStream Blob(JsonElement base64) => new(base64.GetBytesFromBase64());

    private static string Text(JsonElement text) => text.GetString();
}
