using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>Who wrote what in a group.</summary>
/// <param name="contacts">The writers as WhatsApp knows them.</param>
internal sealed class Writers(IReadOnlyList<JsonElement> contacts)
{
    private const int LongestName = 40;
    private const int MostNames = 3;

    /// <summary>
    /// Of more lines a reader knows by then whose they are, and names would make a long text many times as long. One that looks like another writer's is
    /// indented.
    /// </summary>
    private const int MostLines = 20;
    private const string Indent = "    ";

    public static bool IsOfGroup(JsonElement message) => message.Text("group_id") is not null;

    /// <summary>A text as it stands in the group's chat: each line says who wrote it, where that is known.</summary>
    public string Signed(string text, JsonElement message)
    {
        if (NameOf(message) is not { } name)
        {
            return text;
        }

        string[] lines = text.Split('\n');
        return string.Join('\n', lines.Select((line, i) =>
            i < MostLines && VisibleText.IsVisible(line) ? $"{name}: {line}" : LooksSigned(line) ? Indent + line : line));
    }

    /// <summary>A name for the group, which WhatsApp does not tell: some who write in it.</summary>
    public string GroupOf(IEnumerable<JsonElement> messages, Texts texts)
    {
        string[] names = [.. messages.Select(NameOf).OfType<string>().Distinct()];
        string some = string.Join(", ", names.Take(MostNames));
        return names.Length == 0 ? texts.Group : $"{texts.Group}: {(names.Length > MostNames ? $"{some}, {VisibleText.Ellipsis}" : some)}";
    }

    private static bool LooksSigned(string line) => line.IndexOf(':', StringComparison.Ordinal) is > 0 and <= LongestName;

    private string? NameOf(JsonElement message)
    {
        (string? userId, string? number) = (message.Text("from_user_id"), message.Text("from_phone_number"));
        JsonElement contact = contacts.LastOrDefault(contact =>
            (userId is not null && contact.Text("user_id") == userId) || (number is not null && contact.Text("wa_id") == number));
        return (number ?? userId) is { } id ? VisibleText.Brief(DisplayName.Of([contact], id), LongestName) : null;
    }
}
