using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.MessageAggregator.Aggregation;
using static MessageAggregator.Tests.Aggregation.StreamEvents;

namespace MessageAggregator.Tests.Aggregation;

/// <summary>The event handler takes two events of the same id for one.</summary>
public class EventIdTests
{
    [Fact]
    public void Messages_whose_ids_run_together_to_the_same_text_have_events_of_different_ids() =>
        Assert.NotEqual(IdOf(TextMessage("ab", "x"), TextMessage("c", "x")), IdOf(TextMessage("a", "x"), TextMessage("bc", "x")));

    [Fact]
    public void The_same_message_of_two_customers_has_events_of_different_ids() =>
        Assert.NotEqual(IdOf(TextMessage("m1", "x", from: "1")), IdOf(TextMessage("m1", "x", from: "2")));

    [Fact]
    public void Each_of_hundreds_of_pieces_of_a_text_has_an_id_of_its_own()
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfImages(Image(TextMessage("m1", new string('x', 300_000)))), maxEventBytes: 2_200);

        List<AggregatedEvent> events = AggregatorTests.EventsOf(batch);

        Assert.True(events.Count > 256);
        Assert.Distinct(events.Select(e => e.Aggregation!.Id));
    }

    [Fact]
    public void An_id_stays_what_it_was_across_versions() =>
        Assert.Equal("5b973bc659efc87f78227cfdc3b73a21", IdOf(TextMessage("m1", "x"), TextMessage("m2", "y")));

    private static string IdOf(params string[] messages)
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfImages(messages.Select(message => Image(message))));
        return AggregatorTests.EventsOf(batch).Single().Aggregation!.Id;
    }
}
