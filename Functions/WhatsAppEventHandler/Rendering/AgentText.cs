using System.Collections.Frozen;
using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>
/// What an agent reads for a WhatsApp message: a text as it is, anything else as readable text with whatever the agent needs to answer it, and no id that only
/// machines know. Shapes: Meta's webhook reference, "messages". docs/messages.md shows each.
/// </summary>
internal static class AgentText
{
    /// <summary>What is not known costs one message at most, whatever is in it; Connect takes 1,024 characters everywhere.</summary>
    private const int OneMessage = 1_000;

    /// <summary>A type without its content is rendered like one with nothing in it.</summary>
    private static readonly FrozenDictionary<string, Func<JsonElement, Texts, string>> Types = new Dictionary<string, Func<JsonElement, Texts, string>>
    {
        ["text"] = (text, texts) => text.Readable("body") ?? Note.Of(texts.EmptyMessage),
        ["image"] = (image, texts) => MediaText.Render(texts.Image, image),
        ["video"] = (video, texts) => MediaText.Render(texts.Video, video),
        ["audio"] = (audio, texts) => MediaText.Render(audio.IsTrue("voice") ? texts.VoiceMessage : texts.Audio, audio),
        ["document"] = MediaText.Document,
        ["sticker"] = (sticker, texts) => MediaText.Render(sticker.IsTrue("animated") ? texts.AnimatedSticker : texts.Sticker, sticker),
        ["location"] = LocationText.Render,
        ["contacts"] = ContactText.Render,
        ["order"] = OrderText.Render,
        ["interactive"] = ReplyText.Interactive,
        ["button"] = ReplyText.Button,
        ["system"] = ServiceText.System,
        ["unsupported"] = ServiceText.Unsupported,
        ["unknown"] = ServiceText.Unsupported,
        ["request_welcome"] = (_, texts) => Note.Of(texts.OpenedChat),
    }.ToFrozenDictionary();

    /// <summary>Those that are about another message, which is named when it is known.</summary>
    private static readonly FrozenDictionary<string, Func<JsonElement, string?, Texts, string>> TypesAboutAnother = new Dictionary<string, Func<JsonElement, string?, Texts, string>>
    {
        ["reaction"] = ReplyText.Reaction,
        ["edit"] = Edit,
        ["revoke"] = (_, about, texts) => ServiceText.Deleted(about, texts),
    }.ToFrozenDictionary();

    /// <summary>The whole text of one message: what it is about, what it says, what WhatsApp found wrong with it.</summary>
    public static string Render(JsonElement message, Texts texts)
    {
        string text = Lines([.. ContextLines.Of(message, texts), Body(message, texts), .. ServiceText.Errors(message, texts)]);
        return message.Words("type") is { } type && (Types.ContainsKey(type) || TypesAboutAnother.ContainsKey(type)) ? text : VisibleText.Cut(text, OneMessage, VisibleText.Ellipsis);
    }

    /// <summary>The lines that have something in them.</summary>
    public static string Lines(params IEnumerable<string?> lines) => string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line)));

    private static string Body(JsonElement message, Texts texts)
    {
        string? type = message.Readable("type");
        JsonElement? content = type is null ? null : message.Member(type);
        return type is not null && Types.TryGetValue(type, out Func<JsonElement, Texts, string>? render) ? render(content ?? default, texts)
            : type is not null && TypesAboutAnother.TryGetValue(type, out Func<JsonElement, string?, Texts, string>? tell) ? tell(content ?? default, ReferenceText.Of(message, texts), texts)
            : Lines(Note.Of(texts.OtherKind, type), JsonLines.Of(content ?? message, JsonView.Unknown, texts));
    }

    /// <summary>The new words stand below, as every customer's words do.</summary>
    private static string Edit(JsonElement edit, string? about, Texts texts) => Lines(
        ServiceText.Edited(about, texts),
        edit.Member("message") switch
        {
            null => null,
            { } edited when edited.Words("type") == "text" => (edited.Member("text") ?? default).Readable("body"),
            { } edited => Body(edited, texts),
        });
}
