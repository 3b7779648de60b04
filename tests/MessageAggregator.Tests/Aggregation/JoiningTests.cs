using System.Text.RegularExpressions;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Joining;
using WhatsAppBuffer.MessageAggregator.Aggregation;
using static MessageAggregator.Tests.Aggregation.StreamEvents;

namespace MessageAggregator.Tests.Aggregation;

/// <summary>When and by whom: what is joined beyond being texts without a context of their own.</summary>
public partial class JoiningTests
{
    private const long Noon = 1_795_285_468;

    [Theory]
    [InlineData(300, "one\ntwo")]
    [InlineData(301, "one|two")]
    public void Texts_more_than_five_minutes_apart_stand_for_themselves(int seconds, string seen)
    {
        Assert.Equal(seen, Joined(null, Image(TextMessage("m1", "one", Noon)), Image(TextMessage("m2", "two", Noon + seconds))));
    }

    [Theory]
    [InlineData(0, 0, "one\ntwo")]
    [InlineData(0, 1, "one|two")]
    [InlineData(3_600, 3_000, "one\ntwo")]
    public void How_far_apart_is_a_setting(int within, int seconds, string seen)
    {
        var settings = JoiningSettings.Default with { WithinSeconds = within };

        Assert.Equal(seen, Joined(settings, Image(TextMessage("m1", "one", Noon)), Image(TextMessage("m2", "two", Noon + seconds))));
    }

    [Fact]
    public void Neighbours_count_so_that_a_long_run_of_quick_texts_is_one()
    {
        Assert.Equal("0\n1\n2\n3", Joined(null, [.. Enumerable.Range(0, 4).Select(i => Image(TextMessage($"m{i}", $"{i}", Noon + (200 * i))))]));
    }

    [Fact]
    public void A_text_without_a_time_is_joined()
    {
        string timeless = Image(TextMessage("m2", "two", -1).Replace("\"-1\"", "null", StringComparison.Ordinal));

        Assert.Equal("one\ntwo", Joined(null, Image(TextMessage("m1", "one", Noon)), timeless));
    }

    [Theory]
    [InlineData(" · ")]
    [InlineData("\n\n")]
    [InlineData("\"\\")]
    public void What_stands_between_two_texts_is_a_setting(string separator)
    {
        Assert.Equal($"one{separator}two", Joined(JoiningSettings.Default with { Separator = separator }, Image(TextMessage("m1", "one")), Image(TextMessage("m2", "two"))));
    }

    [Fact]
    public void A_long_separator_keeps_events_within_their_limit()
    {
        string separator = new('\u0001', 20);
        byte[] burst = OfImages(Enumerable.Range(0, 40).Select(i => Image(TextMessage($"m{i}", ""))));
        for (int limit = 3_000; limit < 30_000; limit += 1_500)
        {
            using AggregatedBatch batch = Aggregator.Aggregate(burst, limit, JoiningSettings.Default with { Separator = separator });

            Assert.All(batch.Conversations.SelectMany(c => c.HandOvers).SelectMany(h => h.Events), e => Assert.InRange(e.Json.Length, 1, limit));
        }
    }

    [Fact]
    public void In_a_group_only_texts_of_one_writer_are_joined()
    {
        Assert.Equal(
            "a1\na2|b1|a3",
            Joined(null, OfGroup("a1", "1", "Ada"), OfGroup("a2", "1", "Ada"), OfGroup("b1", "2", "Bo"), OfGroup("a3", "1", "Ada")));
    }

    [Fact]
    public void A_writer_in_a_group_is_known_by_his_user_id_before_his_number()
    {
        Assert.Equal(
            "a1\na2|b1",
            Joined(null, OfGroup("a1", "1", "Ada", "DE.1"), OfGroup("a2", "2", "Ada", "DE.1"), OfGroup("b1", "2", "Bo", "DE.2")));
    }

    /// <summary>An older version stored what was written in a group under its writer.</summary>
    [Fact]
    public void Words_in_a_group_are_never_joined_with_private_ones()
    {
        string inGroup = Image(TextMessage("m2", "hello everybody", more: ",\"group_id\":\"g1\"")).Replace("group:g1", "1415", StringComparison.Ordinal);

        Assert.Equal("in private|hello everybody", Joined(null, Image(TextMessage("m1", "in private")), inGroup));
    }

    [Fact]
    public void An_empty_group_is_no_group()
    {
        string[] images = [Image(TextMessage("m1", "one", more: ",\"from_user_id\":\"DE.1\"")), Image(TextMessage("m2", "two", more: ",\"group_id\":\"\",\"from_user_id\":\"DE.2\""))];

        Assert.Equal("one\ntwo", Joined(null, [.. images.Select(image => From().Replace(image, "\"from\":{\"S\":\"1415\""))]));
    }

    [Fact]
    public void In_private_one_person_writes_whichever_id_a_text_shows()
    {
        string[] images = [Image(TextMessage("m1", "one", more: ",\"from_user_id\":\"DE.1\"")), Image(TextMessage("m2", "two"))];

        Assert.Equal("one\ntwo", Joined(null, [.. images.Select(image => From().Replace(image, "\"from\":{\"S\":\"1415\""))]));
    }

    [Theory]
    [InlineData(",\"referral\":{\"source_id\":\"ad\"}")]
    [InlineData(",\"context\":{\"id\":\"wamid.q\"}")]
    [InlineData(",\"context\":{\"id\":\"wamid.q\"},\"referral\":{\"source_id\":\"ad\"}")]
    public void A_text_with_contexts_of_its_own_stands_for_itself(string contexts) =>
        Assert.Equal("one|two|three", Joined(null, Image(TextMessage("m1", "one")), Image(TextMessage("m2", "two", more: contexts)), Image(TextMessage("m3", "three"))));

    [Fact]
    public void The_event_of_a_group_names_all_its_writers_once_and_in_order()
    {
        AggregatedEvent single = Single(null, OfGroup("a1", "1", "Ada"), OfGroup("b1", "2", "Bo"), OfGroup("a2", "1", "Ada"));

        Assert.Equal(["Ada", "Bo"], single.Contacts.Select(contact => contact.GetProperty("profile").GetProperty("name").GetString()));
        Assert.Equal(("group:g1", "g1"), (single.Aggregation!.Customer, single.Messages[0].GetProperty("group_id").GetString()));
    }

    [Fact]
    public void The_event_says_when_the_newest_of_its_messages_came()
    {
        AggregatedEvent single = Single(
            null,
            Image(TextMessage("m1", "a"), receivedAt: "2026-11-22T18:24:22.1000000Z"),
            Image(TextMessage("m2", "b", Noon - 9), receivedAt: "2026-11-22T18:24:25.1000000Z"),
            Image(TextMessage("m3", "c"), receivedAt: "2026-11-22T18:24:23.1000000Z"));

        Assert.Equal("2026-11-22T18:24:25.1000000Z", single.Aggregation!.ReceivedAt);
    }

    [Fact]
    public void An_item_without_an_arrival_makes_an_event_without_one()
    {
        string image = ReceivedAt().Replace(Image(TextMessage("m1", "a")), "");

        Assert.Null(Single(null, image).Aggregation!.ReceivedAt);
    }

    private static string OfGroup(string text, string number, string name, string? userId = null)
    {
        string user = userId is null ? "" : $",\"from_user_id\":\"{userId}\"";
        string contact = $$"""{"profile":{"name":"{{name}}"},"wa_id":"{{number}}"}""";
        return From().Replace(Image(TextMessage($"wamid.{text}", text, from: number, more: $",\"group_id\":\"g1\"{user}"), contact: contact), "\"from\":{\"S\":\"group:g1\"");
    }

    private static string Joined(JoiningSettings? settings, params string[] images) =>
        string.Join('|', Single(settings, images).Messages.Select(message => message.GetProperty("text").GetProperty("body").GetString()));

    private static AggregatedEvent Single(JoiningSettings? settings, params string[] images)
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfImages(images), joining: settings);
        return Assert.Single(AggregatorTests.EventsOf(batch));
    }

    [GeneratedRegex("\"from\":\\{\"S\":\"[^\"]*\"")]
    private static partial Regex From();

    [GeneratedRegex("\"receivedAt\":\\{[^}]*\\},?")]
    private static partial Regex ReceivedAt();
}
