using System.Diagnostics.Metrics;
using WhatsAppBuffer.Contracts;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

/// <summary>A message that comes after one its customer wrote later: what the agent has seen is not rearranged, so the agent is told.</summary>
public class LateTests
{
    private const string Marker = "[Late: written before what is above]";
    private readonly CloudWorld _world = new();

    [Fact]
    public void A_message_that_comes_after_its_place_is_marked_and_the_next_in_time_is_not()
    {
        _world.PutAndInvoke(At(1, ("first", 10)));
        _world.PutAndInvoke(At(2, ("third", 30)));
        _world.PutAndInvoke(At(3, ("second", 20)));
        _world.PutAndInvoke(At(4, ("third too", 30)));
        _world.PutAndInvoke(At(5, ("fourth", 40)));

        Assert.Equal(["first", "third", $"{Marker}\nsecond", "third too", "fourth"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void Of_an_aggregate_only_what_is_late_is_marked()
    {
        _world.PutAndInvoke(At(1, ("seen", 20)));
        _world.PutAndInvoke(At(2, ("late", 10), ("late too", 15), ("in time", 30)));

        Assert.Equal(["seen", $"{Marker}\nlate", $"{Marker}\nlate too", "in time"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void Joined_texts_are_marked_when_the_first_of_them_is_late()
    {
        AggregatedEvent joined = At(2, ("late\nin time", 30));
        _world.PutAndInvoke(At(1, ("seen", 20)));
        _world.PutAndInvoke(joined with { Aggregation = joined.Aggregation! with { FirstTimestamp = 10 } });

        Assert.Equal(["seen", $"{Marker}\nlate\nin time"], _world.Connect.Single.Texts);
    }

    [Theory]
    [InlineData("(!)", "(!)\nlate")]
    [InlineData("no", "late")]
    [InlineData("No", "late")]
    [InlineData("", $"{Marker}\nlate")]
    public void The_marker_is_a_setting(string marker, string seen)
    {
        _world.SettingsJson = $$"""{"instance_id":"i-1","contact_flow_id":"f-1","late_marker":"{{marker}}"}""";
        _world.PutAndInvoke(At(1, ("seen", 20)));
        _world.PutAndInvoke(At(2, ("late", 10)));

        Assert.Equal(["seen", seen], _world.Connect.Single.Texts);
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
