using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>Answers that a customer gives with a tap.</summary>
internal static class ReplyText
{
    public static string Interactive(JsonElement interactive)
    {
        string type = interactive.Words("type") ?? "";
        return (type, interactive.Member(type)) switch
        {
            ("button_reply" or "list_reply", { } reply) when reply.Words("title") is { } title => AgentText.Lines(title, reply.Words("description")),
            ("nfm_reply", { } form) => AgentText.Lines($"[Form: {form.Words("name") ?? "no name"}]", form.Words("body"), form.Words("response_json")),
            _ => AgentText.Unknown("interactive", interactive),
        };
    }

    public static string Button(JsonElement button) => button.Words("text") ?? button.Words("payload") ?? AgentText.Unknown("button", button);

    /// <summary>A reaction without emoji takes an earlier one back.</summary>
    public static string Reaction(JsonElement reaction) => reaction.Words("emoji") is { } emoji
        ? $"[Reaction {emoji} to message {reaction.Words("message_id")}]"
        : $"[Reaction to message {reaction.Words("message_id")} removed]";
}
