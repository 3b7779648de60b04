using WhatsAppBuffer.Contracts;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests.Rendering;

/// <summary>Messages that were buffered together, and what the agent reads for them. docs/messages.md is written from these.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Messages">As WhatsApp sends them; of each only what matters.</param>
/// <param name="Seen">In English, a message of the chat each.</param>
public sealed record TogetherKind(string Title, string[] Messages, string[] Seen)
{
    /// <summary>Who wrote.</summary>
    public string[] Contacts { get; init; } = [];

    /// <summary>When the newest of them came in.</summary>
    public string? ReceivedAt { get; init; }

    /// <summary>What the agent reads, by way of the function.</summary>
    internal IReadOnlyList<string> Read()
    {
        var world = new CloudWorld();
        AggregatedEvent value = Events.Of(1, "15550020011", [.. Messages.Select(Events.Message)]);
        world.PutAndInvoke(value with { Contacts = [.. Contacts.Select(Events.Message)], Aggregation = value.Aggregation! with { ReceivedAt = ReceivedAt } });
        return world.Connect.Single.Texts;
    }
}

/// <summary>What becomes of several messages.</summary>
internal static class TogetherKinds
{
    public static IReadOnlyList<TogetherKind> All { get; } =
    [
        new("Pictures that follow each other (setting `join_media`)",
            ["""{"type":"image","image":{"id":"1"}}""", """{"type":"image","image":{"id":"2"}}""", """{"type":"image","image":{"id":"3"}}"""],
            ["[3 images]"]),
        new("Files that follow each other, and a text",
            ["""{"type":"image","image":{"id":"1","caption":"the front\nand the door"}}""", """{"type":"document","document":{"id":"2","filename":"lease.pdf"}}""", """{"type":"audio","audio":{"id":"3","voice":true}}""", """{"type":"text","text":{"body":"Please call me"}}"""],
            ["[3 files]\n[Image] the front\n  and the door\n[Document: lease.pdf]\n[Voice message]", "Please call me"]),
        new("A group, whose chat is called `Group: Ada, bo.diaz`",
            ["""{"group_id":"g1","from_phone_number":"15550020011","type":"text","text":{"body":"Hello\nis anybody there?"}}""", """{"group_id":"g1","from_phone_number":"15550020012","type":"image","image":{"id":"1","caption":"look"}}"""],
            ["Ada: Hello\nAda: is anybody there?", "bo.diaz: [Image]\nbo.diaz: look"])
        {
            Contacts = ["""{"profile":{"name":"Ada"},"wa_id":"15550020011"}""", """{"profile":{"username":"bo.diaz"},"wa_id":"15550020012"}"""],
        },
        new("A text that was written long before the next (settings `join_within_seconds`, `time_zone`, `late_marker`)",
            ["""{"timestamp":"1795961100","type":"text","text":{"body":"Where is my parcel?"}}""", """{"timestamp":"1795968300","type":"text","text":{"body":"It is here, thank you"}}"""],
            ["[Late: written 29 Nov 2026, 14:05 UTC]\nWhere is my parcel?", "It is here, thank you"]),
        new("The test message of Meta's dashboard, which is of 2017",
            ["""{"timestamp":"1504902988","type":"text","text":{"body":"this is a text message"}}"""],
            ["[Late: written 8 Sep 2017, 20:36 UTC]\nthis is a text message"])
        {
            ReceivedAt = "2026-11-29T14:05:00.0000000Z",
        },
    ];
}
