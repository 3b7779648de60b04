using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>What WhatsApp says about a customer or a message.</summary>
internal static class ServiceText
{
    /// <summary>"Message type unknown", now and in older events: what <see cref="Texts.CannotBeShown"/> says.</summary>
    private static readonly string[] CannotBeShown = ["131051", "501"];

    private const int MostErrors = 3;

    public static string System(JsonElement system, Texts texts) => system.Readable("type") switch
    {
        "user_changed_number" or "customer_changed_number" when (system.Readable("wa_id") ?? system.Readable("new_wa_id")) is { } number => Note.Of(texts.NewNumber, number),
        var type => Note.Of(texts.Notice, system.Readable("body") ?? Spaced(type)),
    };

    /// <summary>What the customer sent and WhatsApp does not pass on; it says at most which kind it was.</summary>
    public static string Unsupported(JsonElement unsupported, Texts texts) => unsupported.Readable("type") switch
    {
        "edit" => Edited(about: null, texts),
        "revoke" => Deleted(about: null, texts),
        var kind => Note.Of(texts.CannotBeShown, Spaced(kind)),
    };

    public static string Edited(string? about, Texts texts) => Note.Of($"{texts.Edited} {about ?? texts.AMessage}");

    public static string Deleted(string? about, Texts texts) => Note.Of($"{texts.Deleted} {about ?? texts.AMessage}");

    public static IEnumerable<string> Errors(JsonElement message, Texts texts)
    {
        bool isUnsupported = message.Words("type") is "unsupported" or "unknown";
        return message.Items("errors")
            .Where(error => !(isUnsupported && CannotBeShown.Contains(error.Words("code"))))
            .Select(error => (Code: error.Readable("code"), Text: TextOf(error)))
            .Where(error => error is not (null, null))
            .Select(error => Note.Of(error.Code is null ? texts.Error : $"{texts.Error} {VisibleText.Brief(error.Code, 20)}", error.Text))
            .Distinct()
            .Take(MostErrors);
    }

    private static string? TextOf(JsonElement error) =>
        (error.Member("error_data") ?? default).Readable("details") ?? error.Readable("details") ?? error.Readable("message") ?? error.Readable("title");

    private static string? Spaced(string? name) => name?.Replace('_', ' ');
}
