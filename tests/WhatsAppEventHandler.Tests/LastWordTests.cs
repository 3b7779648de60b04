using System.Text.Json;
using FsCheck.Xunit;
using WhatsAppBuffer.WhatsAppEventHandler.Release;

namespace WhatsAppEventHandler.Tests;

/// <summary>What customers correct before anybody has seen it.</summary>
public class LastWordTests
{
    [Fact]
    public void A_text_that_was_edited_is_shown_once_as_it_was_meant() =>
        Assert.Equal(["a: Hello (edited)", "b: you"], Shown(Text("a", "Helo"), Text("b", "you"), Edit("c", "a", "Helllo"), Edit("d", "a", "Hello")));

    [Fact]
    public void A_message_that_was_deleted_is_not_shown_nor_what_was_made_of_it() =>
        Assert.Equal(["b: you"], Shown(Text("a", "secret"), Edit("c", "a", "more secret"), Text("b", "you"), Revoke("d", "a")));

    [Fact]
    public void What_corrects_something_else_stays() => Assert.Equal(["a: Hello", "c edit", "d revoke"], Shown(Text("a", "Hello"), Edit("c", "before", "x"), Revoke("d", "before too")));

    [Fact]
    public void Nobody_corrects_the_words_of_somebody_else_in_a_group() => Assert.Equal(
        ["a: mine", "b revoke"],
        Shown(
            """{"id":"a","type":"text","group_id":"g","from_user_id":"one","text":{"body":"mine"}}""",
            """{"id":"b","type":"revoke","group_id":"g","from_user_id":"two","revoke":{"original_message_id":"a"}}"""));

    [Fact]
    public void What_quotes_a_deleted_message_no_longer_tells_its_words()
    {
        StampedMessage reply = Assert.Single(LastWord.Of(
            [Message(Text("a", "secret")), Message("""{"id":"b","type":"text","text":{"body":"yes"},"context":{"id":"a"},"refers_to":{"type":"text","text":"secret"}}"""), Message(Revoke("c", "a"))], "(edited)"));

        Assert.DoesNotContain("secret", reply.Json.GetRawText(), StringComparison.Ordinal);
        Assert.True(reply.Json.TryGetProperty("context", out _));
    }

    [Theory]
    [InlineData("""{"id":"c","type":"edit","edit":{"original_message_id":"a","message":{"type":"image","image":{"caption":"x"}}}}""")]
    [InlineData("""{"id":"c","type":"edit","edit":{"original_message_id":"a"}}""")]
    [InlineData("""{"id":"c","type":"edit","edit":7}""")]
    [InlineData("""{"id":"c","type":"revoke"}""")]
    public void A_correction_of_another_shape_is_left_as_it_is(string correction) => Assert.Equal(2, Shown(Text("a", "Hello"), correction).Count());

    /// <summary>
    /// Of up to six events, cut into parts that are let go one after the other: whoever applies the corrections that are shown to what was shown before has what the phone shows, and nothing that was deleted before
    /// it was let go was ever shown.
    /// </summary>
    [Property(MaxTest = 1_000)]
    public void Whoever_applies_the_corrections_that_are_shown_has_what_the_phone_shows(byte[] choices)
    {
        Dictionary<string, string> phone = [];
        Dictionary<string, string> agent = [];
        List<StampedMessage> together = [];
        HashSet<string> deletedUnseen = [];
        int number = 0;
        foreach (byte choice in (choices ?? []).Take(6))
        {
            string id = $"m{number++}";
            string? target = phone.Count == 0 ? null : phone.Keys.ElementAt(choice / 4 % phone.Count);
            switch (choice % 4)
            {
                case 1 when target is not null:
                    phone[target] = $"edit {number}";
                    together.Add(Message(Edit(id, target, phone[target])));
                    break;
                case 2 when target is not null:
                    phone.Remove(target);
                    together.Add(Message(Revoke(id, target)));
                    if (!agent.ContainsKey(target))
                    {
                        deletedUnseen.Add(target);
                    }

                    break;
                default:
                    phone[id] = $"text {number}";
                    together.Add(Message(Text(id, phone[id])));
                    break;
            }

            if (choice >= 128)
            {
                LetGo();
            }
        }

        LetGo();
        Assert.Equal(phone.OrderBy(text => text.Key), agent.OrderBy(text => text.Key));

        void LetGo()
        {
            foreach (StampedMessage message in LastWord.Of(together, "(edited)"))
            {
                string type = message.Json.GetProperty("type").GetString()!;
                string of = type == "text" ? message.Json.GetProperty("id").GetString()! : message.Json.GetProperty(type).GetProperty("original_message_id").GetString()!;
                Assert.DoesNotContain(of, deletedUnseen);
                if (type == "revoke")
                {
                    agent.Remove(of);
                }
                else
                {
                    agent[of] = (type == "text" ? message.Body! : message.Json.GetProperty("edit").GetProperty("message").GetProperty("text").GetProperty("body").GetString()!).Replace(" (edited)", "", StringComparison.Ordinal);
                }
            }

            together.Clear();
        }
    }

    private static IEnumerable<string> Shown(params string[] messages) => LastWord.Of([.. messages.Select(Message)], "(edited)")
        .Select(message => message.Body is { } body ? $"{message.Json.GetProperty("id")}: {body}" : $"{message.Json.GetProperty("id")} {message.Json.GetProperty("type")}");

    private static StampedMessage Message(string json) => new(JsonDocument.Parse(json).RootElement, "");

    private static string Text(string id, string body) => $$"""{"id":"{{id}}","type":"text","text":{"body":"{{body}}"} }""";

    private static string Edit(string id, string original, string body) => $$"""{"id":"{{id}}","type":"edit","edit":{"original_message_id":"{{original}}","message":{"type":"text","text":{"body":"{{body}}"} } } }""";

    private static string Revoke(string id, string original) => $$"""{"id":"{{id}}","type":"revoke","revoke":{"original_message_id":"{{original}}"} }""";
}
