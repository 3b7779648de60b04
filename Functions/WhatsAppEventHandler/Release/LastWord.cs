using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Release;

/// <summary>
/// Applies what customers correct before an agent has seen it: an edited text is shown once, as it was meant, and a deleted message never. What corrects something that was let go before stays, and is shown as a
/// correction. Shapes: Meta, webhooks reference, "edit" and "revoke".
/// </summary>
internal static class LastWord
{
    /// <summary>The messages as the customer left them.</summary>
    /// <param name="messages">What goes together, in the customer's order.</param>
    /// <param name="edited">What stands behind a text that was edited, such as <c>(edited)</c>.</param>
    public static IReadOnlyList<StampedMessage> Of(IReadOnlyList<StampedMessage> messages, string edited)
    {
        var corrections = messages.Where(message => OriginalOf(message) is not null).ToList();
        if (corrections.Count == 0)
        {
            return messages;
        }

        Dictionary<string, StampedMessage> originals = [];
        foreach (StampedMessage message in messages.Where(message => OriginalOf(message) is null && IdOf(message) is not null))
        {
            originals.TryAdd(IdOf(message)!, message);
        }

        StampedMessage[] applied = [.. corrections.Where(correction => originals.TryGetValue(OriginalOf(correction)!, out StampedMessage? original) && IsApplicable(correction, original))];
        HashSet<string> deleted = [.. applied.Where(IsDeletion).Select(correction => OriginalOf(correction)!)];
        Dictionary<string, string> bodies = [];
        foreach (StampedMessage edit in applied.Where(correction => !IsDeletion(correction)))
        {
            bodies[OriginalOf(edit)!] = EditedBodyOf(edit)!;
        }

        return
        [
            .. messages
                .Where(message => !applied.Contains(message, ReferenceEqualityComparer.Instance) && (IdOf(message) is not { } id || !deleted.Contains(id)))
                .Select(message => IdOf(message) is { } id && bodies.TryGetValue(id, out string? body) ? message.WithBody($"{body} {edited}") : message)
                .Select(message => QuotedBy(message) is { } quoted && deleted.Contains(quoted) ? message.Without("refers_to") : message),
        ];
    }

    /// <summary>Of a correction the id of what it corrects; null for any other message.</summary>
    private static string? OriginalOf(StampedMessage message) => message.Json.Words("type") switch
    {
        "edit" => message.Json.Member("edit")?.Text("original_message_id"),
        "revoke" => message.Json.Member("revoke")?.Text("original_message_id"),
        _ => null,
    };

    private static bool IsDeletion(StampedMessage correction) => correction.Json.Words("type") == "revoke";

    /// <summary>Nobody corrects somebody else's words. An edit that is no text, or of none, is shown as what it is.</summary>
    private static bool IsApplicable(StampedMessage correction, StampedMessage original) =>
        correction.Seen().Writer.SequenceEqual(original.Seen().Writer) && (IsDeletion(correction) || (original.Body is not null && EditedBodyOf(correction) is not null));

    private static string? EditedBodyOf(StampedMessage edit) => edit.Json.Member("edit")?.Member("message")?.Member("text")?.Text("body");

    private static string? IdOf(StampedMessage message) => message.Json.Text("id");

    private static string? QuotedBy(StampedMessage message) => message.Json.Member("context")?.Text("id");
}
