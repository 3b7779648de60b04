using System.Text.Json;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Release;

namespace WhatsAppEventHandler.Tests;

/// <summary>What is let go as one.</summary>
public class SealedEventTests
{
    [Fact]
    public void Messages_of_several_flushes_are_brought_into_one_order_and_joined()
    {
        JsonElement whole = Of(
            Item("1", Text("b", 2, "with my order"), Text("c", 2, "P12345")),
            Item("2", Text("a", 1, "Hello"), Message("d", 3, "image", """{"id":"1"}"""), Text("e", 4, "see?")));

        Assert.Equal(["c|Hello\nwith my order\nP12345", "d|", "e|see?"], Shown(whole));
        Assert.Equal(["b", "c", "a", "d", "e"], whole.GetProperty("aggregation").GetProperty("message_ids").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(1, whole.GetProperty("aggregation").GetProperty("first_timestamp").GetInt64());
    }

    [Fact]
    public void Within_a_second_the_moment_of_coming_decides() =>
        Assert.Equal(["b|first\nsecond"], Shown(Of(Item("1", Text("b", 1, "second", received: 9)), Item("2", Text("a", 1, "first", received: 8)))));

    [Fact]
    public void What_has_a_context_of_its_own_stays_alone()
    {
        string reply = """{"id":"b","timestamp":"2","type":"text","text":{"body":"yes"},"context":{"id":"x"}}""";

        Assert.Equal(["a|one", "b|yes", "c|two"], Shown(Of(Item("1", Text("a", 1, "one")), Item("2", (reply, 2)), Item("3", Text("c", 3, "two")))));
    }

    [Fact]
    public void A_joined_text_keeps_every_member_of_its_last()
    {
        string last = """{"id":"b","from":"1","timestamp":"2","type":"text","text":{"body":"\"two\" \ud83d\ude00","preview":true},"other":[1]}""";

        JsonElement message = Assert.Single(Of(Item("1", Text("a", 1, "one")), Item("2", (last, 2))).GetProperty("messages").EnumerateArray());

        Assert.Equal("one\n\"two\" \ud83d\ude00", message.GetProperty("text").GetProperty("body").GetString());
        Assert.True(message.GetProperty("text").GetProperty("preview").GetBoolean());
        Assert.Equal((1, "1"), (message.GetProperty("other").GetArrayLength(), message.GetProperty("from").GetString()));
    }

    [Fact]
    public void The_same_items_have_the_same_id_and_others_another()
    {
        OutboxItem one = Item("1", Text("a", 1, "one")), two = Item("2", Text("b", 2, "two"));

        Assert.Equal(SealedEvent.IdOf([one, two]), SealedEvent.IdOf([one, two]));
        Assert.NotEqual(SealedEvent.IdOf([one]), SealedEvent.IdOf([one, two]));
        Assert.Equal(32, SealedEvent.IdOf([one]).Length);
    }

    [Fact]
    public void A_seal_is_stored_as_it_is_read()
    {
        var seal = new Seal(["outbox#1", "outbox#2"], ReleaseReason.Tap, 1_000, " / ", 60, "(edited)");

        Seal read = Seal.Parse(seal.ToJson());

        Assert.Equal((seal.Reason, seal.At, seal.Separator, seal.WithinSeconds, seal.Edited), (read.Reason, read.At, read.Separator, read.WithinSeconds, read.Edited));
        Assert.Equal(seal.Items, read.Items);
        Assert.Contains("\"Tap\"", seal.ToJson(), StringComparison.Ordinal);
    }

    /// <summary>Nothing came after it was stored.</summary>
    [Fact]
    public void A_stamp_that_lies_in_the_future_does_not_hold_back_what_waits()
    {
        OutboxItem item = Item("1", Text("a", 10, "hello"), Text("b", 11, "from tomorrow", received: 59)) with { WaitingSince = new DateTimeOffset(2026, 11, 30, 10, 0, 12, TimeSpan.Zero) };

        WaitingAggregate seen = UndecidedItem.Of(item)!.Seen(QuietSettings.Default);

        Assert.Equal((10, 13), (seen.First.Second, seen.Newest.Second));
    }

    private static JsonElement Of(params OutboxItem[] items) => JsonDocument.Parse(SealedEvent.Of(items, new Seal([], ReleaseReason.Quiet, 0, "\n", 300, "(edited)"))).RootElement;

    private static IEnumerable<string> Shown(JsonElement whole) => whole.GetProperty("messages").EnumerateArray().Select(message =>
        $"{message.GetProperty("id").GetString()}|{(message.TryGetProperty("text", out JsonElement text) ? text.GetProperty("body").GetString() : "")}");

    private static OutboxItem Item(string key, params (string Json, int Received)[] messages) => new(
        "503#1",
        $"outbox#{key}",
        $"id-{key}",
        $$"""
        {"messaging_product":"whatsapp","metadata":{"phone_number_id":"503"},"field":"messages","contacts":[],"messages":[{{string.Join(',', messages.Select(message => message.Json))}}],
         "aggregation":{"id":"id-{{key}}","customer":"1","phone_number_id":"503","outbox_item":"outbox#{{key}}","message_ids":[{{string.Join(',', messages.Select(message => $"\"{JsonDocument.Parse(message.Json).RootElement.GetProperty("id").GetString()}\""))}}],
         "received":[{{string.Join(',', messages.Select(message => $"\"2026-11-30T10:00:{message.Received:D2}.000Z\""))}}]} }
        """);

    private static (string Json, int Received) Text(string id, int timestamp, string body, int? received = null) => Message(id, timestamp, "text", $$"""{"body":"{{body}}" }""", received);

    private static (string Json, int Received) Message(string id, int timestamp, string type, string content, int? received = null) =>
        ($$"""{"id":"{{id}}","timestamp":"{{timestamp}}","type":"{{type}}","{{type}}":{{content}} }""", received ?? timestamp);
}
