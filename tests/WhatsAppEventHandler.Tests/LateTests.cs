using System.Diagnostics.Metrics;
using WhatsAppBuffer.Contracts;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

/// <summary>A message that comes after one its customer wrote later: what the agent has seen is not rearranged, so the agent is told.</summary>
public class LateTests
{
    private const string Written = "[Late: written 1 Jan 1970, 00:00 UTC]";
    private readonly CloudWorld _world = new();

    [Fact]
    public void A_message_that_comes_after_its_place_is_marked_and_the_next_in_time_is_not()
    {
        _world.PutAndInvoke(At(1, ("first", 10)));
        _world.PutAndInvoke(At(2, ("third", 30)));
        _world.PutAndInvoke(At(3, ("second", 20)));
        _world.PutAndInvoke(At(4, ("third too", 30)));
        _world.PutAndInvoke(At(5, ("fourth", 40)));

        Assert.Equal(["first", "third", $"{Written}\nsecond", "third too", "fourth"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void Of_an_aggregate_only_what_is_late_is_marked()
    {
        _world.PutAndInvoke(At(1, ("seen", 20)));
        _world.PutAndInvoke(At(2, ("late", 10), ("late too", 15), ("in time", 30)));

        Assert.Equal(["seen", $"{Written}\nlate", $"{Written}\nlate too", "in time"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void Joined_texts_are_marked_when_the_first_of_them_is_late()
    {
        AggregatedEvent joined = At(2, ("late\nin time", 30));
        _world.PutAndInvoke(At(1, ("seen", 20)));
        _world.PutAndInvoke(joined with { Aggregation = joined.Aggregation! with { FirstTimestamp = 10 } });

        Assert.Equal(["seen", $"{Written}\nlate\nin time"], _world.Connect.Single.Texts);
    }

    [Theory]
    [InlineData("(!)", "(!)\nlate")]
    [InlineData("no", "late")]
    [InlineData("No", "late")]
    [InlineData("", $"{Written}\nlate")]
    public void The_marker_is_a_setting(string marker, string seen)
    {
        _world.SettingsJson = $$"""{"instance_id":"i-1","contact_flow_id":"f-1","late_marker":"{{marker}}"}""";
        _world.PutAndInvoke(At(1, ("seen", 20)));
        _world.PutAndInvoke(At(2, ("late", 10)));

        Assert.Equal(["seen", seen], _world.Connect.Single.Texts);
    }

    [Theory]
    [InlineData("en", "America/Lima", "[Late: written 31 Dec 2026, 23:30]")]
    [InlineData("es", "america/lima", "[Con retraso: escrito el 31 dic 2026, 23:30]")]
    [InlineData("pt", "Asia/Kolkata", "[Com atraso: escrito em 1 jan 2027, 10:00]")]
    [InlineData("en", "Europe/Berlin", "[Late: written 1 Jan 2027, 05:30]")]
    [InlineData("en", "UTC", "[Late: written 1 Jan 2027, 04:30 UTC]")]
    public void A_late_message_says_when_it_was_written_in_the_contact_centres_language_and_zone(string language, string zone, string line)
    {
        _world.SettingsJson = $$"""{"instance_id":"i-1","contact_flow_id":"f-1","language":"{{language}}","time_zone":"{{zone}}"}""";
        _world.PutAndInvoke(At(1, ("seen", 1_798_777_900)));
        _world.PutAndInvoke(At(2, ("late", 1_798_777_800)));

        Assert.Equal(["seen", $"{line}\nlate"], _world.Connect.Single.Texts);
    }

    [Theory]
    [InlineData(300, "old")]
    [InlineData(301, $"{Written}\nold")]
    public void What_was_written_long_before_its_neighbours_says_when(int seconds, string seen)
    {
        _world.PutAndInvoke(At(1, ("old", 10), ("new", 10 + seconds)));

        Assert.Equal([seen, "new"], _world.Connect.Single.Texts);
    }

    [Theory]
    [InlineData(0, 300, "old")]
    [InlineData(600, 600, "old")]
    [InlineData(600, 601, $"{Written}\nold")]
    public void How_long_is_what_is_joined_and_never_less_than_five_minutes(int within, int seconds, string seen)
    {
        _world.SettingsJson = $$"""{"instance_id":"i-1","contact_flow_id":"f-1","join_within_seconds":{{within}}}""";
        _world.PutAndInvoke(At(1, ("old", 10), ("new", 10 + seconds)));

        Assert.Equal([seen, "new"], _world.Connect.Single.Texts);
    }

    /// <summary>As the test message of Meta's dashboard, which is of 2017.</summary>
    [Theory]
    [InlineData("2026-11-29T12:00:00.0000000Z", "[Late: written 8 Sep 2017, 21:36 UTC]\nthis is a text message")]
    [InlineData("2017-09-08T21:41:46.9999999Z", "this is a text message")]
    [InlineData("yesterday", "this is a text message")]
    [InlineData(null, "this is a text message")]
    public void What_was_written_long_before_it_came_says_when(string? receivedAt, string seen)
    {
        AggregatedEvent value = At(1, ("this is a text message", 1_504_906_606));

        _world.PutAndInvoke(value with { Aggregation = value.Aggregation! with { ReceivedAt = receivedAt } });

        Assert.Equal([seen], _world.Connect.Single.Texts);
    }

    [Fact]
    public void What_is_not_shown_makes_no_other_message_late()
    {
        AggregatedEvent value = At(2, ("in time", 30));
        _world.PutAndInvoke(At(1, ("seen", 20)));
        _world.PutAndInvoke(value with
        {
            Messages = [Events.Message("""{"id":"wamid.r","timestamp":"10","type":"reaction","reaction":{"emoji":"x"}}"""), .. value.Messages],
            Aggregation = value.Aggregation! with { FirstTimestamp = 10 },
        });

        Assert.Equal(["seen", "in time"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void A_text_that_fills_its_message_stays_whole_without_a_marker()
    {
        _world.Environment = _world.Environment with { MaxMessageCharacters = 48 };
        _world.PutAndInvoke(At(1, ("seen", 20)));
        _world.PutAndInvoke(At(2, (new string('x', 48), 10)));

        Assert.Equal(["seen", new string('x', 48)], _world.Connect.Single.Texts);
    }

    [Fact]
    public void A_timestamp_that_is_no_time_makes_nothing_late()
    {
        _world.PutAndInvoke(At(1, ("from nowhere", 99_999_999_999)));
        _world.PutAndInvoke(At(2, ("in time", 20)));

        Assert.Equal(["from nowhere", "in time"], _world.Connect.Single.Texts);
    }

    /// <summary>What came before may be known only when an interrupted delivery goes on: the part has the client token that it had.</summary>
    [Fact]
    public void A_part_that_has_become_late_meanwhile_is_not_shown_again()
    {
        _world.PutAndInvoke(At(1, ("seen", 20)));
        AggregatedEvent value = At(2, ("sent", 30));
        _world.Trouble = step => step == "ReleaseAndRemove" ? Trouble.CrashBefore : Trouble.None;
        _world.PutAndInvoke(value);
        string conversation = _world.Table.Chats.Keys.Single();
        _world.Table.Chats[conversation] = new(_world.Table.Chats[conversation].Chat with { NewestMessage = 40 }, null, default);
        _world.Trouble = _ => Trouble.None;

        Assert.Null(_world.Invoke(value));

        Assert.Equal(["seen", "sent"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void Late_messages_are_counted()
    {
        long counted = 0;
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => Enable(instrument, listener) };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, value));
        listener.Start();

        _world.PutAndInvoke(At(1, ("seen", 20)));
        _world.PutAndInvoke(At(2, ("late", 10), ("late too", 15), ("in time", 30)));

        Assert.True(Interlocked.Read(ref counted) >= 2);

        static void Enable(Instrument instrument, MeterListener listener)
        {
            if (instrument.Name == "whatsapp.messages.late")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        }
    }

    private static AggregatedEvent At(int sequence, params (string Text, long Timestamp)[] messages) => Events.Of(
        sequence,
        "14157470265",
        [.. messages.Select((message, i) => Events.Message(
            $$$"""{"from":"14157470265","id":"wamid.{{{sequence}}}.{{{i}}}","timestamp":"{{{message.Timestamp}}}","type":"text","text":{"body":{{{System.Text.Json.JsonSerializer.Serialize(message.Text)}}}}}"""))]);
}
