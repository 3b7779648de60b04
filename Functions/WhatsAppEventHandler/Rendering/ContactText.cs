using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>Contact cards: name and place of work, then every number and address with its kind.</summary>
internal static class ContactText
{
    private static readonly string[] OfAddress = ["street", "city", "state", "zip", "country"];

    public static string Render(JsonElement contacts, Texts texts) =>
        contacts.ValueKind == JsonValueKind.Array && contacts.GetArrayLength() > 0
            ? AgentText.Lines(contacts.EnumerateArray().Select(contact => Card(contact, texts)))
            : Note.Of(texts.Contact);

    private static string Card(JsonElement contact, Texts texts)
    {
        JsonElement org = contact.Member("org") ?? default;
        return AgentText.Lines(
        [
            Note.Of(texts.Contact, NameOf(contact.Member("name") ?? default), org.Readable("company"), org.Readable("department"), org.Readable("title")),
            .. contact.Items("phones").Select(phone => Labelled(phone.Readable("phone") ?? phone.Readable("wa_id"), phone)),
            .. contact.Items("emails").Select(email => Labelled(email.Readable("email"), email)),
            .. contact.Items("addresses").Select(address => Labelled(Joined(", ", OfAddress.Select(part => address.Readable(part))), address)),
            .. contact.Items("urls").Select(url => Labelled(url.Readable("url"), url)),
            contact.Readable("birthday") is { } birthday ? $"{texts.Birthday}: {birthday}" : null,
        ]);
    }

    private static string? NameOf(JsonElement name) => name.Readable("formatted_name") ?? Joined(" ", [name.Readable("first_name"), name.Readable("last_name")]);

    private static string? Labelled(string? value, JsonElement entry) => value is not null && entry.Readable("type") is { } type ? $"{value} ({type})" : value;

    private static string? Joined(string separator, IEnumerable<string?> parts) => string.Join(separator, parts.OfType<string>()) is { Length: > 0 } joined ? joined : null;
}
