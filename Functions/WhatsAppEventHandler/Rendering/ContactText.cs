using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>Contact cards: the name, the company, and every number and address with its kind.</summary>
internal static class ContactText
{
    public static string Render(IEnumerable<JsonElement> contacts) => AgentText.Lines(contacts.Select(Contact));

    private static string Contact(JsonElement contact)
    {
        string name = contact.Member("name") is { } names ? names.Words("formatted_name") ?? names.Words("first_name") ?? "no name" : "no name";
        string? company = contact.Member("org") is { } org ? org.Words("company") : null;
        return AgentText.Lines(
        [
            company is null ? $"[Contact: {name}]" : $"[Contact: {name}, {company}]",
            .. contact.Items("phones").Select(phone => Labelled(phone.Words("phone") ?? phone.Words("wa_id"), phone)),
            .. contact.Items("emails").Select(email => Labelled(email.Words("email"), email)),
        ]);
    }

    private static string? Labelled(string? value, JsonElement entry) => value is not null && entry.Words("type") is { } type ? $"{value} ({type})" : value;
}
