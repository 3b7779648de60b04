using System.Text.Json;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>Contact cards: the name, the company, and every number and address with its kind.</summary>
internal static class ContactText
{
    public static string Render(IEnumerable<JsonElement> contacts) => AgentText.Lines(contacts.Select(Contact));

    private static string Contact(JsonElement contact)
    {
        string name = contact.Member("name") is { } names ? names.Text("formatted_name") ?? names.Text("first_name") ?? "no name" : "no name";
        string? company = contact.Member("org") is { } org ? org.Text("company") : null;
        return AgentText.Lines(
        [
            company is null ? $"[Contact: {name}]" : $"[Contact: {name}, {company}]",
            .. contact.Items("phones").Select(phone => Labelled(phone.Text("phone") ?? phone.Text("wa_id"), phone)),
            .. contact.Items("emails").Select(email => Labelled(email.Text("email"), email)),
        ]);
    }

    private static string? Labelled(string? value, JsonElement entry) => value is not null && entry.Text("type") is { } type ? $"{value} ({type})" : value;
}
