using System.Text.Json;

namespace WhatsAppBuffer.WhatsAppEventHandler.Settings;

/// <summary>The guide's JSON in the SSM parameter.</summary>
/// <param name="InstanceId"><c>instance_id</c>.</param>
/// <param name="ContactFlowId"><c>contact_flow_id</c>.</param>
/// <param name="ChatDurationMinutes"><c>chat_duration_minutes</c>, 60–10,080 (Connect's limits); default 60.</param>
/// <param name="IgnoreReactions"><c>ignore_reactions</c>: agents do not see reactions; default yes.</param>
/// <param name="IgnoreStickers"><c>ignore_stickers</c>: agents do not see stickers; default yes.</param>
internal sealed record ChatSettings(
    string InstanceId,
    string ContactFlowId,
    int ChatDurationMinutes = 60,
    bool IgnoreReactions = true,
    bool IgnoreStickers = true)
{
    /// <exception cref="ConfigurationException">Names the parameter, the member, and what is wrong with it.</exception>
    public static ChatSettings Parse(string parameter, string json)
    {
        var members = new Members(parameter, json);
        return new ChatSettings(
            members.Identifier("instance_id", most: 100),
            members.Identifier("contact_flow_id", most: 500),
            members.Whole("chat_duration_minutes", least: 60, most: 10_080, standard: 60),
            members.YesOrNo("ignore_reactions", standard: true),
            members.YesOrNo("ignore_stickers", standard: true));
    }

    private sealed class Members
    {
        private readonly string _parameter;
        private readonly JsonElement _root;

        public Members(string parameter, string json)
        {
            _parameter = parameter;
            try
            {
                using var document = JsonDocument.Parse(json);
                _root = document.RootElement.Clone();
            }
            catch (JsonException cause)
            {
                throw new ConfigurationException($"SSM parameter {parameter} is not JSON: {cause.Message}", cause);
            }

            if (_root.ValueKind != JsonValueKind.Object)
            {
                throw new ConfigurationException($"SSM parameter {parameter} is not a JSON object.");
            }
        }

        public string Identifier(string name, int most)
        {
            string value = Find(name) is { ValueKind: JsonValueKind.String } found ? found.GetString()!.Trim() : "";
            return value switch
            {
                "" => throw Wrong(name, "is missing or empty: write the id from the Amazon Connect console"),
                ['<', ..] => throw Wrong(name, $"is still the placeholder {value}: write the id from the Amazon Connect console"),
                _ when value.Length > most => throw Wrong(name, $"is longer than {most} characters"),
                _ => value,
            };
        }

        public int Whole(string name, int least, int most, int standard) => Find(name) switch
        {
            null => standard,
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out int value) && value >= least && value <= most => value,
            { } other => throw Wrong(name, $"is {other.GetRawText()}: write a whole number from {least} to {most}"),
        };

        public bool YesOrNo(string name, bool standard) => Find(name) switch
        {
            null => standard,
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            { ValueKind: JsonValueKind.String } text when text.GetString()!.Trim().ToLowerInvariant() is var word && word is "yes" or "true" => true,
            { ValueKind: JsonValueKind.String } text when text.GetString()!.Trim().ToLowerInvariant() is var word && word is "no" or "false" => false,
            { } other => throw Wrong(name, $"is {other.GetRawText()}: write yes or no"),
        };

        private JsonElement? Find(string name) =>
            _root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

        private ConfigurationException Wrong(string name, string what) => new($"SSM parameter {_parameter}: {name} {what}.");
    }
}
