using System.Text.Json;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>Answers that a customer gives with a tap.</summary>
internal static class ReplyText
{
    public static string Interactive(JsonElement interactive)
    {
        string type = interactive.Text("type") ?? "";
        return (type, interactive.Member(type)) switch
        {
            ("button_reply" or "list_reply", { } reply) when reply.Text("title") is { } title => AgentText.Lines(title, reply.Text("description")),
            ("nfm_reply", { } form) => AgentText.Lines($"[Form: {form.Text("name") ?? "no name"}]", form.Text("body"), form.Text("response_json")),
            _ => AgentText.Unknown("interactive", interactive),
        };
    }

    public static string Button(JsonElement button) => button.Text("text") ?? button.Text("payload") ?? AgentText.Unknown("button", button);

    /// <summary>A reaction without emoji takes an earlier one back.</summary>
    public static string Reaction(JsonElement reaction) => reaction.Text("emoji") is { } emoji
        ? $"[Reaction {emoji} to message {reaction.Text("message_id")}]"
        : $"[Reaction to message {reaction.Text("message_id")} removed]";
}
