using System.Text.Json.Nodes;
using LocalAws.SocialMessaging;
using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Simulator.Page.Phones;
using WhatsAppBuffer.Simulator.Page.Recording;

namespace Page.Tests;

public class PhoneScreenTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ticks_say_sent_delivered_and_read_and_who_reads_the_newest_has_read_the_rest()
    {
        RecordedMessage[] written = [Text("a", "one", 0), Text("b", "two", 1), Text("c", "three", 2) with { StoredAt = null }];

        Assert.Equal([Ticks.Delivered, Ticks.Delivered, Ticks.Sent], Screen(written).Select(line => line.Ticks));
        Assert.Equal([Ticks.Read, Ticks.Read, Ticks.Sent], Screen(written, Back("read", about: "b")).Select(line => line.Ticks));
    }

    [Fact]
    public void A_reaction_sits_on_its_message_and_can_be_taken_back()
    {
        RecordedMessage[] written = [Text("a", "one", 0)];

        Assert.Equal("✅", Assert.Single(Screen(written, Back("reaction", about: "a", text: "👀"), Back("reaction", about: "a", text: "✅"))).Reaction);
        Assert.Equal("", Assert.Single(Screen(written, Back("reaction", about: "a", text: "✅"), Back("reaction", about: "a", text: ""))).Reaction);
    }

    [Fact]
    public void What_is_edited_or_deleted_is_shown_so_in_its_place()
    {
        IReadOnlyList<PhoneLine> lines = Screen(
        [
            Text("a", "P1234", 0),
            Text("b", "oops", 1),
            Of("c", "edit", new JsonObject { ["original_message_id"] = "a", ["message"] = new JsonObject { ["text"] = new JsonObject { ["body"] = "P12345" } } }, 2),
            Of("d", "revoke", new JsonObject { ["original_message_id"] = "b" }, 3),
        ]);

        Assert.Equal([("P12345", true, false), ("", false, true)], lines.Select(line => (line.Text, line.IsEdited, line.IsDeleted)));
    }

    [Fact]
    public void Answers_are_theirs_and_a_customer_reacts_to_them_and_quotes_them()
    {
        RecordedMessage quoting = Text("b", "that one", 9);
        quoting.Written!.Message["context"] = new JsonObject { ["id"] = "wamid.answer" };

        IReadOnlyList<PhoneLine> lines = Screen([quoting, Of("c", "reaction", new JsonObject { ["message_id"] = "wamid.answer", ["emoji"] = "👍" }, 10)], Back("text", text: "Which hat?", id: "wamid.answer"));

        Assert.Equal([("Which hat?", false, "👍"), ("that one", true, "")], lines.Select(line => (line.Text, line.IsMine, line.Reaction)));
        Assert.Equal(("Which hat?", "The shop"), (lines[1].Quote, lines[1].QuoteFrom));
    }

    [Fact]
    public void A_file_has_its_caption_and_its_id()
    {
        PhoneLine line = Assert.Single(Screen([Of("a", "image", new JsonObject { ["id"] = "123", ["caption"] = "my hat" }, 0)]));

        Assert.Equal(("image", "my hat", "123"), (line.Kind, line.Text, line.MediaId));
    }

    private static IReadOnlyList<PhoneLine> Screen(RecordedMessage[] written, params SentMessage[] received) => PhoneScreen.Of("The shop", written, received);

    private static RecordedMessage Text(string id, string body, double at) => Of(id, "text", new JsonObject { ["body"] = body }, at);

    private static RecordedMessage Of(string id, string type, JsonObject content, double at) => new(id, "Kike", type, "", Start.AddSeconds(at))
    {
        Written = new WebhookMessage(new JsonObject { ["type"] = type, [type] = content }, null),
        StoredAt = Start.AddSeconds(at),
    };

    private static SentMessage Back(string type, string? about = null, string? text = null, string id = "wamid.x") => new("eum", id, "number", "kike", type, about, text, "{}", Start.AddSeconds(5));
}
