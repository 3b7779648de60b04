using System.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.MessageAggregator.Aggregation;
using static MessageAggregator.Tests.Aggregation.StreamEvents;

namespace MessageAggregator.Tests.Aggregation;

/// <summary>What an event may look like beside what AWS sends today.</summary>
public class EventReaderTests
{
    private static readonly string One = Insert(Image(TextMessage("m1", "a")), FirstSequenceNumber);

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"start":"2026-11-22T18:24:20Z"}""")]
    [InlineData("""{"end":"2026-11-22T18:24:20Z"}""")]
    public void A_window_without_start_and_end_is_none(string window) =>
        Assert.Null(Single($$"""{"window":{{window}},"Records":[{{One}}]}""").Aggregation!.Window);

    [Fact]
    public void A_window_may_have_more_than_start_and_end() =>
        Assert.Equal(
            new AggregationWindow("a", "b"),
            Single($$"""{"window":{"zone":{"start":"x"},"end":"b","start":"a","length":[20]},"Records":[{{One}}]}""").Aggregation!.Window);

    [Theory]
    [InlineData("""{"state":null,"Records":null}""")]
    [InlineData("""{"shards":[{"Records":[1]}]}""")]
    public void An_event_without_records_and_state_has_nothing(string json)
    {
        using AggregatedBatch batch = Aggregator.Aggregate(Encoding.UTF8.GetBytes(json));

        Assert.Equal((0, 0), (batch.Records, batch.StateAfter(null).Count));
    }

    [Theory]
    [InlineData("\"INSERT\"", 1)]
    [InlineData("\"REMOVE\"", 0)]
    public void The_members_of_a_record_come_in_any_order(string eventName, int messages)
    {
        string record = $$"""{"dynamodb":{"NewImage":{{Image(TextMessage("m1", "a"))}},"SequenceNumber":"1"},"eventName":{{eventName}}}""";

        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords([record]));

        Assert.Equal((messages, 1 - messages), (batch.Conversations.Count, batch.Skipped));
    }

    [Fact]
    public void The_image_of_a_change_is_not_looked_at() =>
        Assert.Equal(
            ["m1"],
            Single($$$"""{"Records":[{"eventName":"MODIFY","dynamodb":{"NewImage":{"from":{"Z":"unknown"}},"SequenceNumber":"1"}},{{{One}}}]}""").Aggregation!.MessageIds);

    [Theory]
    [InlineData("")]
    [InlineData("\"eventName\":null,")]
    [InlineData("\"eventName\":7,")]
    public void A_record_that_does_not_say_what_happened_cannot_be_read(string eventName)
    {
        string record = $$"""{{{eventName}}"dynamodb":{"NewImage":{{Image(TextMessage("m1", "a"))}},"SequenceNumber":"1"} }""";

        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords([record]));

        Assert.Equal("Records[0].eventName is missing", Assert.Single(batch.Unreadable).Reason);
    }

    [Theory]
    [InlineData("""{"eventSourceARN":"event's","Records":[{"eventSourceARN":"record's",%}]}""", "event's")]
    [InlineData("""{"Records":[{"eventSourceARN":"record's",%}],"eventSourceARN":"event's"}""", "record's")]
    [InlineData("""{"eventSourceARN":null,"Records":[{"eventSourceARN":"record's",%}]}""", "record's")]
    [InlineData("""{"eventSourceARN":7,"Records":[{"eventSourceARN":{},%}]}""", "")]
    [InlineData("""{"shardId":"shard","Records":[{"eventID":"id",%,"eventSourceARN":"record's"}]}""", "record's")]
    public void The_stream_is_what_the_event_or_a_record_names_first(string json, string expected)
    {
        const string Removed = """
            "eventName":"REMOVE","dynamodb":{"SequenceNumber":"1"}
            """;
        using AggregatedBatch batch = Aggregator.Aggregate(Encoding.UTF8.GetBytes(json.Replace("%", Removed, StringComparison.Ordinal)));

        Assert.Equal(expected, batch.StreamArn);
    }

    [Theory]
    [InlineData("""{"shards":[{"Records":[1]}],"Records":[%]}""")]
    [InlineData("""{"Records":[%],"window":{"start":{"end":"x"},"end":["y"]} }""")]
    [InlineData("""{"Records":[%],"eventSourceARN":{"Records":[7]} }""")]
    [InlineData("""{"Records":[{"eventName":"REMOVE","dynamodb":{"SequenceNumber":"1","ApproximateCreationDateTime":{"SequenceNumber":"x"} } },%]}""")]
    [InlineData("""{"Records":[{"eventSourceARN":{"eventName":"INSERT"},"eventName":"REMOVE","dynamodb":{"SequenceNumber":"1"} },%]}""")]
    [InlineData("""{"Records":[{"dynamodb":{"SequenceNumber":"1"},"eventName":{"dynamodb":{"SequenceNumber":"x"} } },%]}""")]
    [InlineData("""{"Records":[{"dynamodb":{"SequenceNumber":{"SequenceNumber":"x"},"SequenceNumber":"1"},"eventName":"REMOVE"},%]}""")]
    public void What_is_of_another_kind_than_expected_is_passed_over_with_all_that_is_in_it(string json) =>
        Assert.Equal(["m1"], Single(json.Replace("%", One, StringComparison.Ordinal)).Aggregation!.MessageIds);

    [Theory]
    [InlineData("3", "StartObject expected, Number found at byte 0.")]
    [InlineData("""{"window":3}""", "StartObject expected, Number found at byte 10.")]
    [InlineData("""{"state":3}""", "StartObject expected, Number found at byte 9.")]
    [InlineData("""{"Records":3}""", "StartArray expected, Number found at byte 11.")]
    [InlineData("""{"Records":[3]}""", "StartObject expected, Number found at byte 12.")]
    [InlineData("""{"Records":[{"dynamodb":3}]}""", "StartObject expected, Number found at byte 24.")]
    [InlineData("""{"Records":[{"dynamodb":{"NewImage":3}}]}""", "StartObject expected, Number found at byte 36.")]
    [InlineData("""{"Records":[{"dynamodb":{"NewImage":{"from":3}}}]}""", "StartObject expected, Number found at byte 44.")]
    [InlineData("""{"Records":[{"dynamodb":{"NewImage":{"from":{}}}}]}""", "An attribute value of no type at byte 45.")]
    [InlineData("""{"Records":[{"dynamodb":{"NewImage":{"from":{"S":3}}}}]}""", "String expected, Number found at byte 49.")]
    [InlineData("""{"Records":[{"dynamodb":{"NewImage":{"from":{"M":"x"}}}}]}""", "StartObject expected, String found at byte 49.")]
    [InlineData("""{"Records":[{"dynamodb":{"NewImage":{"from":{"L":"x"}}}}]}""", "StartArray expected, String found at byte 49.")]
    [InlineData("""{"Records":[{"dynamodb":{"NewImage":{"from":{"BOOL":"x"}}}}]}""", "True expected, String found at byte 52.")]
    public void An_error_says_what_was_expected_what_was_found_and_where(string json, string error) =>
        Assert.Equal(error, Assert.Throws<JsonException>(() => Aggregator.Aggregate(Encoding.UTF8.GetBytes(json))).Message);

    [Fact]
    public void A_set_of_what_is_no_text_is_an_error_that_says_where() =>
        Assert.Equal(
            "String expected, Number found at byte 52.",
            Assert.Throws<JsonException>(() => Aggregator.Aggregate(OfImages("""{"from":{"S":"1"},"id":{"S":"m1"},"tags":{"SS":["a",1]}}"""))).Message);

    [Fact]
    public void What_is_no_field_of_a_message_stays_out_of_it_however_its_name_is_spelt()
    {
        string[] ofStorage = ["field", "context", "contact", "metadata", "redriven", "expiresAt", "receivedAt", "traceparent", "messaging_product"];
        string others = string.Concat(ofStorage.Append("caption").Select(name => $",\"\\u{(int)name[0]:x4}{name[1..]}\":{{\"S\":\"of {name}\"}}"));
        string image = $$"""{"from":{"S":"1415"},"id":{"S":"m1"},"type":{"S":"image"}{{others}}}""";

        JsonElement message = Assert.Single(Single(Encoding.UTF8.GetString(OfImages(image))).Messages);

        Assert.Equal(["caption", "from", "id", "type"], message.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal("of caption", message.GetProperty("caption").GetString());
    }

    [Fact]
    public void Names_and_texts_may_be_spelt_with_escapes()
    {
        const string Escaped = """{"fr\u006fm":{"S":"\u0031415"},"id":{"S":"m\u0031"},"type":{"S":"t\u0065xt"},"metadata":{"M":{"phone_number_id":{"S":"5\u00303"}}}}""";

        WhatsAppBuffer.Contracts.Aggregation aggregation = Single(Encoding.UTF8.GetString(OfImages(Escaped))).Aggregation!;

        Assert.Equal(("1415", "503"), (aggregation.Customer, aggregation.PhoneNumberId));
        Assert.Equal(["m1"], aggregation.MessageIds);
    }

    [Fact]
    public void A_member_that_comes_twice_does_not_undo_itself()
    {
        string twice = Image(TextMessage("m2", "b"))
            .Replace("\"type\":", "\"type\":{\"S\":\"text\"},\"type\":", StringComparison.Ordinal)
            .Replace("\"body\":", "\"body\":{\"S\":\"b\"},\"body\":", StringComparison.Ordinal);

        Assert.Single(Single(Encoding.UTF8.GetString(OfImages(Image(TextMessage("m1", "a")), twice))).Messages);
    }

    [Theory]
    [InlineData("1795285468.0", "2026-11-21T18:24:28Z")]
    [InlineData("253402300799", "9999-12-31T23:59:59Z")]
    [InlineData("253402300800", null)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("\"2026-11-21T18:24:28Z\"", null)]
    public void A_record_tells_when_the_stream_had_it_in_seconds_that_a_date_can_have(string createdAt, string? expected)
    {
        string record = One.Replace("1795285468.0", createdAt, StringComparison.Ordinal);

        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords([record]));

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), batch.Conversations.Single().HandOvers.Single().NewestRecordAt);
    }

    [Fact]
    public void A_hand_over_is_as_new_as_its_newest_record_and_as_old_as_its_oldest()
    {
        string older = Insert(Image(TextMessage("m2", "b")), FirstSequenceNumber + 1).Replace("1795285468.0", "1795285400.0", StringComparison.Ordinal);

        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords([One, older]));

        HandOver handOver = batch.Conversations.Single().HandOvers.Single();
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_795_285_468), handOver.NewestRecordAt);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_795_285_400), handOver.OldestRecordAt);
    }

    [Theory]
    [InlineData("0", "first second")]
    [InlineData("-1", "second first")]
    public void A_timestamp_is_a_number_that_is_not_below_zero(string timestamp, string expected)
    {
        string late = Image($$"""{"from":"1415","id":"m2","timestamp":"{{timestamp}}","type":"text","text":{"body":"first"} }""");

        AggregatedEvent single = Single(Encoding.UTF8.GetString(OfImages(Image(TextMessage("m1", "second", 10)), late)));

        Assert.Equal(expected, single.Messages.Single().GetProperty("text").GetProperty("body").GetString()!.Replace('\n', ' '));
    }

    [Fact]
    public void A_messages_origin_is_its_trace_and_when_it_came()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        using AggregatedBatch batch = Aggregator.Aggregate(OfImages(
            Image(TextMessage("m1", "a", timestamp: 1), traceParent: Trace, receivedAt: "2026-11-22T18:24:28.5Z"),
            Image(TextMessage("m2", "b", timestamp: 2)).Replace("receivedAt", "somethingElse", StringComparison.Ordinal)));

        HandOver handOver = batch.Conversations.Single().HandOvers.Single();

        Assert.Equal([new MessageOrigin(Trace, new DateTimeOffset(2026, 11, 22, 18, 24, 28, 500, TimeSpan.Zero)), new MessageOrigin(null, null)], handOver.Origins);
        Assert.Equal(Trace, handOver.TraceParent);
        Assert.Equal([Trace], AggregatorTests.EventsOf(batch).Single().Aggregation!.TraceParents);
    }

    private static AggregatedEvent Single(string json)
    {
        using AggregatedBatch batch = Aggregator.Aggregate(Encoding.UTF8.GetBytes(json));
        return AggregatorTests.EventsOf(batch).Single();
    }
}
