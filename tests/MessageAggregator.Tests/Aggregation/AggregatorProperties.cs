using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.MessageAggregator.Aggregation;
using static MessageAggregator.Tests.Aggregation.StreamEvents;

namespace MessageAggregator.Tests.Aggregation;

/// <summary>Laws of the aggregator, over bursts of several customers with texts, images, quotes, and timestamps out of order.</summary>
public class AggregatorProperties
{
    /// <summary>What one random number makes of a message.</summary>
    private sealed record Sent(int Position, string Id, string Customer, long Timestamp, bool IsText, bool Quotes, string Body)
    {
        public static Sent Of(int seed, int position)
        {
            uint bits = (uint)seed * 2_654_435_761u;
            string[] bodies = ["", "hi", "two words", "line\nbreak", "\"quoted\" \\ ", "👩‍👩‍👧‍👦 é", "<b>\u2028&amp;", new('x', 300)];
            return new Sent(position, $"m{position}", $"c{bits % 3}", 1_795_285_460 + (bits >> 4) % 4, (bits >> 8) % 4 != 0, (bits >> 12) % 8 == 0, bodies[(bits >> 16) % 8]);
        }

        public string Image => IsText
            ? MessageAggregator.Tests.Aggregation.StreamEvents.Image(TextMessage(Id, Body, Timestamp, Customer, Quotes ? $$""","context":{"id":"q{{Position}}"}""" : ""))
            : MessageAggregator.Tests.Aggregation.StreamEvents.Image($$"""{"from":"{{Customer}}","id":"{{Id}}","timestamp":"{{Timestamp}}","type":"image","image":{"id":"{{Position}}"} }""");

        public string Record => Insert(Image, FirstSequenceNumber + Position);
    }

    [Property(MaxTest = 200)]
    public void No_message_is_lost_and_none_is_invented(int[] seeds)
    {
        List<Sent> sent = Burst(seeds);

        IEnumerable<string> ids = Aggregate(sent.Select(m => m.Record)).SelectMany(e => e.Aggregation!.MessageIds);

        Assert.Equal(sent.Select(m => m.Id).Order(), ids.Order());
    }

    [Property(MaxTest = 200)]
    public void Each_conversation_is_one_event_in_the_customers_order(int[] seeds)
    {
        List<Sent> sent = Burst(seeds);

        Dictionary<string, AggregatedEvent> events = Aggregate(sent.Select(m => m.Record)).ToDictionary(e => e.Aggregation!.Customer);

        foreach (IGrouping<string, Sent> customer in sent.GroupBy(m => m.Customer))
        {
            Assert.Equal(InOrder(customer).Select(m => m.Id), events[customer.Key].Aggregation!.MessageIds);
        }

        Assert.Equal(sent.Select(m => m.Customer).Distinct().Count(), events.Count);
    }

    [Property(MaxTest = 200)]
    public void Exactly_the_runs_of_text_are_joined_and_no_character_changes(int[] seeds)
    {
        List<Sent> sent = Burst(seeds);

        foreach (AggregatedEvent e in Aggregate(sent.Select(m => m.Record)))
        {
            Assert.Equal(Runs(InOrder(sent.Where(m => m.Customer == e.Aggregation!.Customer))), e.Messages.Select(Describe));
        }
    }

    [Property(MaxTest = 100)]
    public void Order_and_repetition_of_the_records_change_nothing(int[] seeds, int shuffle)
    {
        List<Sent> sent = Burst(seeds);
        string[] records = [.. sent.Select(m => m.Record)];
        string[] disturbed = [.. records, .. records.Where((_, i) => i % 3 == 0)];
        new Random(shuffle).Shuffle(disturbed);

        Assert.Equal(Bytes(records).Order(), Bytes(disturbed).Order());
    }

    [Property(MaxTest = 100)]
    public void What_is_handed_over_in_two_steps_is_what_one_step_would_carry(int[] seeds, byte cut)
    {
        List<Sent> sent = Burst(seeds);
        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords(sent.Select(m => m.Record)));
        string watermark = (FirstSequenceNumber + cut % 20).ToString(CultureInfo.InvariantCulture).PadLeft(40, '0');

        foreach (HandOver handOver in batch.Conversations.SelectMany(c => c.HandOvers))
        {
            List<string> all = [.. handOver.Events.Select(AggregatorTests.Parse).SelectMany(e => e.Aggregation!.MessageIds)];
            List<string> rest = [.. handOver.After(watermark)?.Events.Select(AggregatorTests.Parse).SelectMany(e => e.Aggregation!.MessageIds) ?? []];
            Assert.Equal(all.Where(id => int.Parse(id[1..], CultureInfo.InvariantCulture) > cut % 20), rest);
        }
    }

    [Property(MaxTest = 100)]
    public void Events_stay_within_the_limit_and_lose_nothing(int[] seeds, byte size)
    {
        List<Sent> sent = Burst(seeds);
        int limit = 2_500 + (size * 8);

        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords(sent.Select(m => m.Record)), limit);

        List<OutboxEvent> events = [.. batch.Conversations.SelectMany(c => c.HandOvers).SelectMany(h => h.Events)];
        Assert.All(events, e => Assert.InRange(e.Json.Length, 1, limit));
        foreach (IGrouping<string, AggregatedEvent> customer in events.Select(AggregatorTests.Parse).GroupBy(e => e.Aggregation!.Customer))
        {
            IEnumerable<Sent> own = InOrder(sent.Where(m => m.Customer == customer.Key));
            Assert.Equal(own.Select(m => m.Id), customer.SelectMany(e => e.Aggregation!.MessageIds));
            Assert.Equal(
                string.Join('\n', own.Where(m => m.IsText).Select(m => m.Body)),
                string.Join('\n', customer.SelectMany(e => e.Messages).Where(m => m.GetProperty("type").GetString() == "text").Select(BodyOf)));
        }
    }

    [Property(MaxTest = 100)]
    public void Ids_are_deterministic_and_differ_between_events(int[] seeds)
    {
        string[] records = [.. Burst(seeds).Select(m => m.Record)];
        List<string> ids = [.. Aggregate(records, 2_500).Select(e => e.Aggregation!.Id)];

        Assert.Equal(ids, Aggregate(records, 2_500).Select(e => e.Aggregation!.Id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Property(MaxTest = 100)]
    public void The_events_of_a_conversation_are_the_same_whoever_else_writes(int[] seeds)
    {
        List<Sent> sent = Burst(seeds);

        IEnumerable<string> apart = sent.GroupBy(m => m.Customer).SelectMany(customer => Bytes(customer.Select(m => m.Record)));

        Assert.Equal(apart, Bytes(sent.Select(m => m.Record)));
    }

    [Property(MaxTest = 50)]
    public void A_text_too_long_for_an_event_is_cut_without_loss(byte[] words)
    {
        string text = string.Concat(words.Select(w => w % 5 == 0 ? "\n" : w % 5 == 1 ? " " : w % 5 == 2 ? "\u0001\"" : new string((char)('a' + w % 26), w * 4)))
            .Trim() + new string('ä', 3_000);

        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords([Insert(Image(TextMessage("m1", text)), FirstSequenceNumber)]), 2_500);
        List<AggregatedEvent> events = AggregatorTests.EventsOf(batch);

        Assert.True(events.Count > 1);
        Assert.All(batch.Conversations.Single().HandOvers.Single().Events, e => Assert.InRange(e.Json.Length, 1, 2_500));
        Assert.Distinct(events.Select(e => e.Aggregation!.Id));
        Assert.All(events, e => Assert.Equal(["m1"], e.Aggregation!.MessageIds));
        Assert.Equal(WithoutSeparators(text), WithoutSeparators(string.Concat(events.Select(e => BodyOf(e.Messages.Single())))));
    }

    private static string WithoutSeparators(string text) => text.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    private static List<Sent> Burst(int[] seeds) => [.. seeds.Select(Sent.Of)];

    private static IOrderedEnumerable<Sent> InOrder(IEnumerable<Sent> messages) => messages.OrderBy(m => m.Timestamp).ThenBy(m => m.Position);

    /// <summary>The specification of joining, in the simplest words.</summary>
    private static List<string> Runs(IEnumerable<Sent> messages)
    {
        List<string> items = [];
        bool open = false;
        foreach (Sent message in messages)
        {
            if (!message.IsText)
            {
                items.Add($"image {message.Position}");
            }
            else if (open && !message.Quotes)
            {
                items[^1] += "\n" + message.Body;
            }
            else
            {
                items.Add($"text{(message.Quotes ? $" on q{message.Position}" : "")}: {message.Body}");
            }

            open = message.IsText && !message.Quotes;
        }

        return items;
    }

    private static string Describe(JsonElement message) => message.GetProperty("type").GetString() == "text"
        ? $"text{(message.TryGetProperty("context", out JsonElement context) ? $" on {context.GetProperty("id").GetString()}" : "")}: {BodyOf(message)}"
        : $"image {message.GetProperty("image").GetProperty("id").GetString()}";

    private static string? BodyOf(JsonElement message) => message.GetProperty("text").GetProperty("body").GetString();

    private static List<AggregatedEvent> Aggregate(IEnumerable<string> records, int limit = AggregationRule.DefaultMaxEventBytes)
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords(records), limit);
        return AggregatorTests.EventsOf(batch);
    }

    private static List<string> Bytes(IEnumerable<string> records)
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords(records));
        return [.. batch.Conversations.SelectMany(c => c.HandOvers).SelectMany(h => h.Events).Select(e => Encoding.UTF8.GetString(e.Json.Span))];
    }
}
