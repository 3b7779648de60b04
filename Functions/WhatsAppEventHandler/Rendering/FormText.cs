using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>What a customer filled in: a WhatsApp Flow, an address; an answer a line.</summary>
internal static class FormText
{
    public static string Render(JsonElement form, Texts texts)
    {
        (string? name, string? body) = (form.Readable("name"), form.Readable("body"));
        if (name == "address_message")
        {
            return AgentText.Lines(Note.Of(texts.Address), body, Address(form, body, texts));
        }

        string answers = Answers(form) is { } json ? JsonLines.Of(json, JsonView.Answers, texts) : AsWritten(form) ?? "";
        // The body of a Flow says that it was sent, which its answers say better.
        return AgentText.Lines(Note.Of(texts.Form, name), name == "flow" && answers.Length > 0 ? null : body, answers);
    }

    /// <summary>What the body does not say already.</summary>
    private static string? Address(JsonElement form, string? body, Texts texts) => Answers(form) is { } answers
        ? JsonLines.Join(JsonLines.Read(answers.Member("values") ?? answers, JsonView.Answers, texts).Where(line => !Says(body ?? "", line.Value)), JsonView.Answers)
        : AsWritten(form);

    /// <summary>The answers, which are JSON in a text; null when they are no JSON.</summary>
    private static JsonElement? Answers(JsonElement form)
    {
        if (form.Member("response_json") is not { ValueKind: JsonValueKind.String })
        {
            return form.Member("response_json") ?? default(JsonElement);
        }

        try
        {
            return ForeignJson.Element(form.Words("response_json") ?? "null");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? AsWritten(JsonElement form) =>
        form.Readable("response_json") is { } answers ? VisibleText.Cut(answers, JsonView.Answers.Most, VisibleText.Ellipsis) : null;

    private static bool Says(string body, string value)
    {
        int at = body.IndexOf(value, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && !IsOfWord(body, at - 1) && !IsOfWord(body, at + value.Length);
    }

    private static bool IsOfWord(string text, int at) => at >= 0 && at < text.Length && char.IsLetterOrDigit(text[at]);
}
