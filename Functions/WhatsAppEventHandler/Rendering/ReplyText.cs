using System.Globalization;
using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>Answers that a customer gives with a tap.</summary>
internal static class ReplyText
{
    /// <summary>Two days before the year 10000: no zone has it then.</summary>
    private const long LastSecond = 253_402_300_799 - (2 * 86_400);

    public static string Interactive(JsonElement interactive, Texts texts)
    {
        string? type = interactive.Readable("type");
        JsonElement reply = type is null ? default : interactive.Member(type) ?? default;
        return type switch
        {
            "button_reply" or "list_reply" when reply.Readable("title") is { } title => AgentText.Lines(title, reply.Readable("description")),
            "nfm_reply" => FormText.Render(reply, texts),
            "call_permission_reply" when CallPermission(reply, texts) is { } permission => permission,
            "product" when reply.Readable("product_retailer_id") is { } product => AgentText.Lines(Note.Of(texts.Product, product), JsonLines.Of(reply, JsonView.Unknown, texts)),
            _ => AgentText.Lines(Note.Of(texts.Answer, type), JsonLines.Of(interactive, JsonView.Unknown, texts)),
        };
    }

    public static string Button(JsonElement button, Texts texts) => button.Readable("text") ?? button.Readable("payload") ?? Note.Of(texts.TappedButton);

    /// <summary>A reaction without emoji takes an earlier one back.</summary>
    public static string Reaction(JsonElement reaction, string? about, Texts texts) => reaction.Readable("emoji") is not { } emoji ? Note.Of(texts.ReactionRemoved, about)
        : about is null ? Note.Of($"{texts.Reaction} {VisibleText.Brief(emoji, 50)}")
        : Note.Of($"{texts.Reaction} {VisibleText.Brief(emoji, 50)} {texts.To} {about}");

    private static string? CallPermission(JsonElement reply, Texts texts) => reply.Words("response") switch
    {
        "accept" when reply.IsTrue("is_permanent") => Note.Of(texts.CallsAlwaysAllowed),
        "accept" when Time(reply.Words("expiration_timestamp"), texts) is { } end => Note.Of($"{texts.CallsAllowedUntil} {end}"),
        "accept" => Note.Of(texts.CallsAllowed),
        "reject" => Note.Of(texts.CallsDeclined),
        _ => null,
    };

    private static string? Time(string? seconds, Texts texts) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value <= LastSecond ? texts.Time(value) : null;
}
