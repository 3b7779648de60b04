using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.MessageAggregator.Aggregation;
using static MessageAggregator.Tests.Aggregation.StreamEvents;

namespace MessageAggregator.Tests.Aggregation;

public class AggregatorTests
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public void A_burst_becomes_one_message()
    {
        AggregatedEvent single = Single(OfImages(
            Image(TextMessage("m1", "Hello")), Image(TextMessage("m2", "I need help")), Image(TextMessage("m3", "with my order")), Image(TextMessage("m4", "P12345"))));

        JsonElement message = Assert.Single(single.Messages);
        Assert.Equal("Hello\nI need help\nwith my order\nP12345", message.GetProperty("text").GetProperty("body").GetString());
        Assert.Equal("m4", message.GetProperty("id").GetString());
        Assert.Equal(["m1", "m2", "m3", "m4"], single.Aggregation!.MessageIds);
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(-1, null)]
    public void The_event_says_when_its_first_message_was_written(long first, int? said)
    {
        string message = TextMessage("m1", "a", first).Replace("\"-1\"", "null", StringComparison.Ordinal);

        Assert.Equal(said, Single(OfImages(Image(message), Image(TextMessage("m2", "b", 20)))).Aggregation!.FirstTimestamp);
    }

    [Fact]
    public void The_event_has_the_guides_shape()
    {
        AggregatedEvent single = Single(OfImages(Image(TextMessage("m1", "Hello"), traceParent: TraceParent)));

        Assert.Equal("whatsapp", single.MessagingProduct);
        Assert.Equal("messages", single.Field);
        Assert.Equal("503", single.Metadata!.Value.GetProperty("phone_number_id").GetString());
        Assert.Equal("arn:phone", single.Context!.Value.GetProperty("MetaPhoneNumberIds")[0].GetProperty("arn").GetString());
        Assert.Equal("Kike", Assert.Single(single.Contacts).GetProperty("profile").GetProperty("name").GetString());
        Assert.Equal(
            ["from", "from_phone_number", "id", "text", "timestamp", "type"],
            Assert.Single(single.Messages).EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        WhatsAppBuffer.Contracts.Aggregation aggregation = single.Aggregation!;
        Assert.Equal(("1415", "503"), (aggregation.Customer, aggregation.PhoneNumberId));
        Assert.Equal(new AggregationWindow("2026-11-22T18:24:20Z", "2026-11-22T18:24:40Z"), aggregation.Window);
        Assert.Equal([TraceParent], aggregation.TraceParents);
        Assert.Equal(ConversationItems.Outbox(FirstSequenceNumber.ToString(), 0), aggregation.OutboxItem);
        Assert.Matches("^[0-9a-f]{32}$", aggregation.Id);
    }

    [Fact]
    public void A_message_that_is_no_text_keeps_its_place_between_texts()
    {
        AggregatedEvent single = Single(OfImages(
            Image(TextMessage("m1", "look")),
            Image("""{"from":"1415","id":"m2","timestamp":"1795285468","type":"image","image":{"id":"77","caption":"this"}}"""),
            Image(TextMessage("m3", "nice")), Image(TextMessage("m4", "eh?"))));

        Assert.Equal(["text", "image", "text"], single.Messages.Select(m => m.GetProperty("type").GetString()));
        Assert.Equal("this", single.Messages[1].GetProperty("image").GetProperty("caption").GetString());
        Assert.Equal("nice\neh?", BodyOf(single.Messages[2]));
    }

    [Fact]
    public void Each_conversation_gets_its_own_event()
    {
        List<AggregatedEvent> events = Aggregate(OfImages(
            Image(TextMessage("m1", "a", from: "1")), Image(TextMessage("m2", "b", from: "2")), Image(TextMessage("m3", "c", from: "1")),
            Image(TextMessage("m4", "d", from: "1"), phoneNumberId: "504")));

        Assert.Equal(
            ["503#1: a\nc", "503#2: b", "504#1: d"],
            events.Select(e => $"{new ConversationKey(e.Aggregation!.Customer, e.Aggregation.PhoneNumberId)}: {BodyOf(e.Messages.Single())}"));
        Assert.Equal(["503", "503", "504"], events.Select(e => e.Metadata!.Value.GetProperty("phone_number_id").GetString()));
    }

    [Fact]
    public void Defect_01_a_quoted_reply_reaches_the_agent_and_stands_for_itself()
    {
        AggregatedEvent single = Single(OfImages(
            Image(TextMessage("m1", "first")), Image(TextMessage("m2", "yes, that one", more: ""","context":{"id":"wamid.Q"}""")), Image(TextMessage("m3", "please"))));

        Assert.Equal(["first", "yes, that one", "please"], single.Messages.Select(BodyOf));
        Assert.Equal([false, true, false], single.Messages.Select(message => message.TryGetProperty("context", out _)));
        Assert.Equal("wamid.Q", single.Messages[1].GetProperty("context").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("""{"forwarded":true}""")]
    [InlineData("""{"referred_product":{"catalog_id":"1","product_retailer_id":"sku-7"}}""")]
    public void A_forward_mark_and_a_product_cover_exactly_the_message_that_carries_them(string context)
    {
        AggregatedEvent single = Single(OfImages(
            Image(TextMessage("m1", "I will sue you", more: $",\"context\":{context}")), Image(TextMessage("m2", "this is what my landlord wrote")),
            Image(TextMessage("m3", "what now?"))));

        Assert.Equal(["I will sue you", "this is what my landlord wrote\nwhat now?"], single.Messages.Select(BodyOf));
        Assert.Equal([true, false], single.Messages.Select(message => message.TryGetProperty("context", out _)));
    }

    [Fact]
    public void A_text_from_an_advertisement_stands_for_itself_and_keeps_its_referral()
    {
        AggregatedEvent single = Single(OfImages(
            Image(TextMessage("m1", "hi")), Image(TextMessage("m2", "this?", more: ""","referral":{"source_id":"ad"}""")), Image(TextMessage("m3", "still there?"))));

        Assert.Equal(["hi", "this?", "still there?"], single.Messages.Select(BodyOf));
        Assert.Equal("ad", single.Messages[1].GetProperty("referral").GetProperty("source_id").GetString());
    }

    [Fact]
    public void What_a_customer_corrects_in_a_window_is_joined_only_where_it_is_let_go()
    {
        AggregatedEvent single = Single(OfImages(
            Image(TextMessage("m1", "12 Oak Street")),
            Image(TextMessage("m2", "thanks")),
            Image("""{"from":"1415","id":"m3","timestamp":"1795285470","type":"edit","edit":{"original_message_id":"m1","message":{"type":"text","text":{"body":"21 Oak Street"}}}}""")));

        Assert.Equal(3, single.Messages.Count);
        Assert.Equal(3, single.Aggregation!.Received.Count);
        Assert.Equal("Window", single.Aggregation.ReleaseReason);
    }

    [Fact]
    public void A_correction_alone_is_as_every_message_alone()
    {
        AggregatedEvent single = Single(OfImages(Image("""{"from":"1415","id":"m3","timestamp":"1795285470","type":"revoke","revoke":{"original_message_id":"m1"}}""")));

        Assert.Empty(single.Aggregation!.Received);
        Assert.Null(single.Aggregation.ReleaseReason);
    }

    [Fact]
    public void Defect_19_fields_and_types_of_tomorrow_pass_through()
    {
        const string Sent = """{"from":"1415","id":"m1","timestamp":"1795285468","type":"hologram","hologram":{"depth":1.50,"big":1E+30,"on":true,"off":null,"parts":["a",{"b":[]}]},"revoke":{"original_message_id":"x"}}""";

        JsonElement message = Single(OfImages(Image(Sent))).Messages.Single();

        JsonElement sent = JsonElement.Parse(Sent);
        Assert.Equal(sent.GetProperty("hologram").GetRawText(), message.GetProperty("hologram").GetRawText());
        Assert.True(JsonElement.DeepEquals(sent.GetProperty("revoke"), message.GetProperty("revoke")));
    }

    [Fact]
    public void Defect_20_the_ids_of_all_joined_messages_are_kept() =>
        Assert.Equal(["m1", "m2"], Single(OfImages(Image(TextMessage("m1", "a")), Image(TextMessage("m2", "b")))).Aggregation!.MessageIds);

    [Fact]
    public void Defect_22_messages_of_one_second_stay_in_the_streams_order_and_late_ones_are_put_in_place()
    {
        AggregatedEvent single = Single(OfImages(
            Image(TextMessage("m3", "three", 30)), Image(TextMessage("m1", "one", 10)), Image(TextMessage("m4", "four", 30)), Image(TextMessage("m2", "two", 20)), Image(TextMessage("m5", "five", 30))));

        Assert.Equal("one\ntwo\nthree\nfour\nfive", BodyOf(single.Messages.Single()));
    }

    [Fact]
    public void Messages_of_one_second_that_were_stored_in_disorder_are_put_in_the_order_in_which_End_User_Messaging_got_them()
    {
        AggregatedEvent single = Single(OfImages(
            Image(TextMessage("m2", "second"), receivedAt: "2026-11-22T18:24:28.9Z"),
            Image(TextMessage("m1", "first"), receivedAt: "2026-11-22T18:24:28.476795989Z"),
            Image(TextMessage("m3", "third", timestamp: 1_795_285_469), receivedAt: "2026-11-22T18:24:28.1Z")));

        Assert.Equal("first\nsecond\nthird", BodyOf(Assert.Single(single.Messages)));
    }

    [Fact]
    public void A_message_without_a_timestamp_keeps_its_place_in_the_stream()
    {
        AggregatedEvent single = Single(OfImages(
            Image(TextMessage("m1", "one", 10)), Image("""{"from":"1415","id":"m2","type":"text","text":{"body":"two"},"timestamp":"soon"}"""), Image(TextMessage("m3", "three", 20))));

        Assert.Equal("one\ntwo\nthree", BodyOf(single.Messages.Single()));
    }

    [Theory]
    [InlineData("""{"from":"1415","id":"m1","timestamp":"1","type":"text","text":"not an object"}""")]
    [InlineData("""{"from":"1415","id":"m1","timestamp":"1","type":"text","text":{"body":5}}""")]
    [InlineData("""{"from":"1415","id":"m1","timestamp":"1","type":"text"}""")]
    public void Defect_23_a_text_without_a_body_is_passed_on_as_it_is(string message)
    {
        AggregatedEvent single = Single(OfImages(Image(message), Image(TextMessage("m2", "fine", 2))));

        Assert.Equal(["m1", "m2"], single.Messages.Select(m => m.GetProperty("id").GetString()));
    }

    [Fact]
    public void Defect_23_a_contact_without_a_name_or_none_at_all_is_no_error()
    {
        Assert.Equal("{\"wa_id\":\"9\"}", Single(OfImages(Image(TextMessage("m1", "a"), contact: """{"wa_id":"9"}"""))).Contacts.Single().GetRawText());
        Assert.Empty(Single(OfImages(Image(TextMessage("m1", "a"), contact: """{"wa_id":"9"},{"wa_id":"8"}"""))).Contacts);
    }

    [Fact]
    public void The_event_shows_the_newest_contact_there_is()
    {
        AggregatedEvent single = Single(OfImages(
            Image(TextMessage("m1", "a"), contact: """{"wa_id":"old"}"""), Image(TextMessage("m2", "b"), contact: """{"wa_id":"new"}"""), Image(TextMessage("m3", "c"), contact: "")));

        Assert.Equal("new", Assert.Single(single.Contacts).GetProperty("wa_id").GetString());
    }

    [Fact]
    public void The_event_shows_the_metadata_of_its_newest_message()
    {
        static string Named(string id, string number) => Image(TextMessage(id, "a")).Replace("\"503\"", $"\"503\"}},\"display_phone_number\":{{\"S\":\"{number}\"", StringComparison.Ordinal);

        AggregatedEvent single = Single(OfImages(Named("m1", "old"), Named("m2", "new")));

        Assert.Equal("new", single.Metadata!.Value.GetProperty("display_phone_number").GetString());
    }

    [Fact]
    public void A_quoted_message_of_type_NULL_is_none() =>
        Assert.Equal("a\nb", BodyOf(Single(OfImages(Image(TextMessage("m1", "a")), Image(TextMessage("m2", "b", more: ""","context":null""")))).Messages.Single()));

    [Fact]
    public void A_joined_text_keeps_what_its_parts_say_beside_their_body()
    {
        AggregatedEvent single = Single(OfImages(
            Image(TextMessage("m1", "a")), Image("""{"from":"1415","id":"m2","timestamp":"1795285468","type":"text","text":{"preview_url":true,"body":"b"}}""")));

        JsonElement text = single.Messages.Single().GetProperty("text");
        Assert.Equal((true, "a\nb"), (text.GetProperty("preview_url").GetBoolean(), text.GetProperty("body").GetString()));
    }

    [Fact]
    public void The_members_of_an_image_come_in_any_order()
    {
        const string Stored = """
            "metadata":{"M":{"phone_number_id":{"S":"503"}}},"context":{"M":{}},"messaging_product":{"S":"whatsapp"},"field":{"S":"messages"},
            "contact":{"M":{}},"receivedAt":{"S":"x"},"expiresAt":{"N":"1"},"traceparent":{"S":"x"},"redriven":{"BOOL":true}
            """;
        static string Text(string id) => $$$$"""
            {{{{{Stored}}}},"text":{"M":{"body":{"S":"{{{{id}}}}"},"preview_url":{"BOOL":false}}},"from":{"S":"1"},"id":{"S":"{{{{id}}}}"},"type":{"S":"text"}}
            """;

        JsonElement message = Single(OfImages(Text("m1"), Text("m2"))).Messages.Single();

        Assert.Equal("""{"text":{"preview_url":false,"body":"m1\nm2"},"from":"1","id":"m2","type":"text"}""", message.GetRawText());
    }

    [Fact]
    public void A_long_text_of_characters_that_JSON_escapes_is_cut_smaller_and_loses_none()
    {
        string text = new('\u0001', 3_000);

        using AggregatedBatch batch = Aggregator.Aggregate(OfImages(Image(TextMessage("m1", text))), maxEventBytes: 2_500);

        IReadOnlyList<OutboxEvent> events = batch.Conversations.Single().HandOvers.Single().Events;
        Assert.All(events, e => Assert.InRange(e.Json.Length, 1, 2_500));
        Assert.Equal(text, string.Concat(events.Select(e => BodyOf(Parse(e).Messages.Single()))));
    }

    [Fact]
    public void A_long_text_is_cut_into_as_few_pieces_as_its_messages_id_leaves_room_for()
    {
        string id = new('i', 2_000);

        using AggregatedBatch batch = Aggregator.Aggregate(OfImages(Image(TextMessage("ID", new string('x', 20_000))).Replace("ID", id, StringComparison.Ordinal)), 12_000);

        IReadOnlyList<OutboxEvent> events = batch.Conversations.Single().HandOvers.Single().Events;
        Assert.InRange(events.Count, 3, 4);
        Assert.All(events, e => Assert.InRange(e.Json.Length, 1, 12_000));
    }

    [Fact]
    public void A_limit_that_leaves_no_room_is_exceeded_by_pieces_of_256_bytes()
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfImages(Image(TextMessage("m1", new string('\u0001', 512)))), maxEventBytes: 100);

        Assert.Equal(2, batch.Conversations.Single().HandOvers.Single().Events.Count);
    }

    [Fact]
    public void A_burst_of_many_short_texts_fills_its_events_and_no_more()
    {
        string image = Image(TextMessage("ID", "a"), traceParent: TraceParent);

        using AggregatedBatch batch = Aggregator.Aggregate(
            OfImages(Enumerable.Range(1_000, 1_200).Select(i => image.Replace("ID", $"m{i}", StringComparison.Ordinal))), maxEventBytes: 60_000);

        IReadOnlyList<OutboxEvent> events = batch.Conversations.Single().HandOvers.Single().Events;
        Assert.Equal(2, events.Count);
        Assert.InRange(events[0].Json.Length, 55_000, 60_000);
        Assert.InRange(events[1].Json.Length, 1, 60_000);
    }

    [Fact]
    public void A_text_whose_own_fields_are_large_joins_only_where_they_find_room()
    {
        string large = $",\"tomorrow\":\"{new string('x', 4_000)}\"";

        using AggregatedBatch batch = Aggregator.Aggregate(OfImages(Image(TextMessage("m1", new string('a', 4_000))), Image(TextMessage("m2", "b", more: large))), 6_500);

        IReadOnlyList<OutboxEvent> events = batch.Conversations.Single().HandOvers.Single().Events;
        Assert.Equal(2, events.Count);
        Assert.All(events, e => Assert.InRange(e.Json.Length, 1, 6_500));
    }

    [Theory]
    [InlineData(2_000, 3, 4, 0)]
    [InlineData(4, 2_000, 4, 0)]
    [InlineData(1_000, 3, 2_000, 0)]
    [InlineData(1_000, 3, 4, 2_000)]
    public void Events_stay_within_every_limit_whatever_is_long(int customer, int phoneNumber, int id, int traceParent)
    {
        string Image(string image, int position) => StreamEvents.Image(image, "BUSINESS", "TRACE")
            .Replace("CUSTOMER", new string('1', customer), StringComparison.Ordinal)
            .Replace("BUSINESS", new string('2', phoneNumber), StringComparison.Ordinal)
            .Replace("IDENTITY", position + new string('i', id), StringComparison.Ordinal)
            .Replace("TRACE", new string('t', traceParent), StringComparison.Ordinal);
        string[] messages =
        [
            TextMessage("IDENTITY", "a", from: "CUSTOMER"), TextMessage("IDENTITY", "b", from: "CUSTOMER"),
            .. Enumerable.Repeat("""{"from":"CUSTOMER","id":"IDENTITY","timestamp":"1795285468","type":"image","image":{"id":"77"}}""", 3),
        ];
        byte[][] bursts = [OfImages(messages.Select(Image)), OfImages(Image(TextMessage("IDENTITY", new string('a', 10_000), from: "CUSTOMER"), 0))];

        for (int limit = 12_000; limit < 40_000; limit += 311)
        {
            foreach (byte[] burst in bursts)
            {
                using AggregatedBatch batch = Aggregator.Aggregate(burst, limit);
                Assert.All(batch.Conversations.Single().HandOvers.Single().Events, e => Assert.InRange(e.Json.Length, 1, limit));
            }
        }
    }

    [Fact]
    public void An_image_larger_than_a_transaction_is_handed_over_by_itself()
    {
        string escapes = string.Concat(Enumerable.Repeat("\\u0001", 350_000));
        string large = Image("""{"from":"1415","id":"m2","timestamp":"1795285468","type":"image","image":{"caption":"large"}}""").Replace("large", escapes, StringComparison.Ordinal);

        using AggregatedBatch batch = Aggregator.Aggregate(OfImages(Image(TextMessage("m1", "a")), large, Image(TextMessage("m3", "c"))));

        Assert.Equal(
            ["m1", "m2", "m3"],
            batch.Conversations.Single().HandOvers.Select(h => h.Events.Select(Parse).SelectMany(e => e.Aggregation!.MessageIds).Single()));
    }

    [Fact]
    public void Defect_23_every_type_of_DynamoDB_becomes_plain_json()
    {
        string image = """
            {"from":{"S":"1"},"id":{"S":"m1"},"type":{"S":"x"},
             "n":{"N":"1.5E+10"},"b":{"B":"aGk="},"t":{"BOOL":true},"f":{"BOOL":false},"nil":{"NULL":true},"empty":{"M":{}},
             "ss":{"SS":["a","b\"c"]},"ns":{"NS":["1","-2.5"]},"bs":{"BS":["aGk="]},"l":{"L":[{"S":"x"},{"L":[{"N":"0"}]},{"M":{"k\n":{"S":"\u00e9\/"}}}]},
             "odd":{"N":"Infinity"},"zero":{"N":"007"}}
            """;

        JsonElement message = Single(OfImages(image)).Messages.Single();

        Assert.True(JsonElement.DeepEquals(
            JsonElement.Parse("""
                {"from":"1","id":"m1","type":"x","n":1.5E+10,"b":"aGk=","t":true,"f":false,"nil":null,"empty":{},"ss":["a","b\"c"],"ns":[1,-2.5],"bs":["aGk="],
                 "l":["x",[0],{"k\n":"é/"}],"odd":"Infinity","zero":"007"}
                """),
            message), message.GetRawText());
    }

    [Fact]
    public void A_map_as_deep_as_DynamoDB_allows_is_read()
    {
        string deep = string.Concat(Enumerable.Repeat("""{"M":{"m":""", 31)) + """{"S":"x"}""" + string.Concat(Enumerable.Repeat("}}", 31));

        JsonElement value = Single(OfImages($$"""{"from":{"S":"1"},"id":{"S":"m1"},"deep":{{deep}}}""")).Messages.Single().GetProperty("deep");

        for (int level = 0; level < 31; level++)
        {
            value = value.GetProperty("m");
        }

        Assert.Equal("x", value.GetString());
    }

    [Fact]
    public void Text_comes_through_untouched_whatever_is_in_it()
    {
        string[] hostile = ["<script>alert(1)</script>", "\u202eabc\u202c", "👩‍👩‍👧‍👦", "مرحبا \"quotes\" \\ \\n{{7*7}} ${x}", "tab\tline\nreturn\r\0end"];

        AggregatedEvent single = Single(OfImages(hostile.Select((body, i) => Image(TextMessage($"m{i}", body)))));

        Assert.Equal(string.Join('\n', hostile), BodyOf(single.Messages.Single()));
    }

    [Fact]
    public void A_message_that_comes_twice_is_forwarded_once()
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfImages(Image(TextMessage("m1", "a")), Image(TextMessage("m1", "a")), Image(TextMessage("m1", "a", from: "2"))));

        Assert.Equal(2, batch.Conversations.Count);
        Assert.Equal(1, batch.Duplicates);
    }

    [Fact]
    public void What_only_keeps_a_messages_place_is_skipped()
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfImages("""{"from":{"S":"DE.1"},"id":{"S":"m1"},"storedUnder":{"S":"491"},"expiresAt":{"N":"1"}}""", Image(TextMessage("m2", "b"))));

        Assert.Equal((2, 1), (batch.Records, batch.Skipped));
        Assert.Equal(["m2"], EventsOf(batch).Single().Aggregation!.MessageIds);
    }

    [Fact]
    public void Removals_and_changes_are_skipped()
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords(
            [Record("REMOVE", "", 1), Record("MODIFY", $"\"NewImage\":{Image(TextMessage("m1", "a"))},", 2), Insert(Image(TextMessage("m2", "b")), 3)]));

        Assert.Equal((3, 2), (batch.Records, batch.Skipped));
        Assert.Equal(["m2"], EventsOf(batch).Single().Aggregation!.MessageIds);
    }

    [Fact]
    public void The_closing_call_has_nothing_to_forward_and_keeps_its_state()
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords([], """{"handedOverThrough":"5","other":"x"}""", isFinal: true));

        Assert.Empty(batch.Conversations);
        Assert.Equal(("5", "x"), (batch.StateAfter(null)["handedOverThrough"].GetString(), batch.StateAfter(null)["other"].GetString()));
    }

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("""[null,"é"]""")]
    [InlineData("1.50")]
    [InlineData("null")]
    public void A_member_of_the_state_that_is_none_of_ours_goes_on_to_the_next_call(string value)
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords([Insert(Image(TextMessage("m1", "a")), 99)], $$"""{"theirs":{{value}},"handedOverThrough":"5"}"""));

        Assert.Equal(value, batch.StateAfter(null)["theirs"].GetRawText());
        Assert.Equal("99", batch.StateAfter(null)["handedOverThrough"].GetString());
    }

    [Fact]
    public void A_call_without_records_or_state_returns_an_empty_state()
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords([], isFinal: true));

        Assert.Empty(batch.StateAfter(null));
    }

    [Fact]
    public void Records_that_this_window_has_forwarded_are_left_out()
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords(
            [Insert(Image(TextMessage("m1", "a")), 99), Insert(Image(TextMessage("m2", "b")), 100), Insert(Image(TextMessage("m3", "c")), 101)], """{"handedOverThrough":"100"}"""));

        Assert.Equal(2, batch.AlreadyHandedOver);
        Assert.Equal(["m3"], EventsOf(batch).Single().Aggregation!.MessageIds);
    }

    [Fact]
    public void Of_many_records_only_those_that_this_window_has_not_forwarded_are_left()
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords(
            Enumerable.Range(1, 16).Select(i => Insert(Image(TextMessage($"m{i}", "a")), i)), """{"handedOverThrough":"12"}"""));

        Assert.Equal(12, batch.AlreadyHandedOver);
        Assert.Equal(["m13", "m14", "m15", "m16"], EventsOf(batch).Single().Aggregation!.MessageIds);
    }

    [Theory]
    [InlineData(null, "101")]
    [InlineData("101", "100")]
    [InlineData("99", "7")]
    public void The_state_covers_what_comes_before_the_first_failure(string? firstFailed, string expected)
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfRecords(
            [Insert(Image(TextMessage("m1", "a")), 99), Record("REMOVE", "", 100), Insert(Image(TextMessage("m3", "c")), 101)], """{"handedOverThrough":"7"}"""));

        Assert.Equal(expected, batch.StateAfter(firstFailed)["handedOverThrough"].GetString());
    }

    [Theory]
    [InlineData("""{"id":{"S":"m1"}}""", "Records[1].dynamodb.NewImage.from is not a non-empty string")]
    [InlineData("""{"from":{"S":"1"},"id":{"BOOL":true}}""", "Records[1].dynamodb.NewImage.id is not a non-empty string")]
    [InlineData("""{"from":{"S":""},"id":{"S":"m1"}}""", "Records[1].dynamodb.NewImage.from is not a non-empty string")]
    [InlineData("null", "Records[1].dynamodb.NewImage is missing: the stream's view type must be NEW_IMAGE")]
    public void A_record_that_cannot_be_read_is_named_and_leaves_its_neighbours_alone(string image, string reason)
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfImages(Image(TextMessage("m1", "a")), image, Image(TextMessage("m3", "c"))));

        UnreadableRecord unreadable = Assert.Single(batch.Unreadable);
        Assert.Equal(((FirstSequenceNumber + 1).ToString(), reason), (unreadable.SequenceNumber, unreadable.Reason));
        Assert.Equal(Insert(image, FirstSequenceNumber + 1).Trim(), unreadable.Record);
        Assert.Equal(["m1", "m3"], EventsOf(batch).Single().Aggregation!.MessageIds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{\"Records\":3}")]
    [InlineData("{\"Records\":[3]}")]
    [InlineData("{\"Records\":[{\"eventName\":\"INSERT\"}]}")]
    [InlineData("{\"Records\":[{\"eventName\":\"INSERT\",\"dynamodb\":{\"SequenceNumber\":\"x\"}}]}")]
    [InlineData("{\"Records\":[{\"eventName\":\"INSERT\",\"dynamodb\":{\"SequenceNumber\":[7]}}]}")]
    [InlineData("{\"Records\":[]} trailing")]
    [InlineData("{\"Records\":[],\"state\":{\"handedOverThrough\":{}}}")]
    [InlineData("{\"Records\":[{\"eventName\":\"INSERT\",\"dynamodb\":{\"SequenceNumber\":\"1\",\"NewImage\":{\"from\":{}}}}]}")]
    public void Garbage_is_an_error(string json) =>
        Assert.ThrowsAny<JsonException>(() => Aggregator.Aggregate(System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void The_test_tools_camel_case_is_understood()
    {
        byte[] json = System.Text.Encoding.UTF8.GetBytes("""
            {"records":[{"eventName":"INSERT","eventSourceArn":"arn","dynamodb":{"approximateCreationDateTime":"2026-11-22T18:24:28Z","sequenceNumber":"12",
             "newImage":{"from":{"s":"1","n":null,"m":null,"bool":null,"null":null},"id":{"b":null,"s":"m1"},"type":{"s":"text"},"timestamp":{"s":"5"},
              "text":{"m":{"body":{"n":null,"s":"hello","l":null}},"s":null},"metadata":{"m":{"phone_number_id":{"s":"503"}}}}}}]}
            """);

        using AggregatedBatch batch = Aggregator.Aggregate(json);

        AggregatedEvent single = EventsOf(batch).Single();
        Assert.Equal("hello", BodyOf(single.Messages.Single()));
        Assert.Equal(("arn", "503"), (batch.StreamArn, single.Aggregation!.PhoneNumberId));
    }

    [Fact]
    public void What_was_handed_over_before_is_left_out_of_the_rest()
    {
        using AggregatedBatch batch = Aggregator.Aggregate(OfImages(Image(TextMessage("m1", "a")), Image(TextMessage("m2", "b")), Image(TextMessage("m3", "c"))));
        HandOver handOver = batch.Conversations.Single().HandOvers.Single();

        HandOver rest = handOver.After(Padded(FirstSequenceNumber))!;

        Assert.Equal(["m2", "m3"], Parse(rest.Events.Single()).Aggregation!.MessageIds);
        Assert.Equal((Padded(FirstSequenceNumber + 1), Padded(FirstSequenceNumber + 2)), (rest.FirstSequenceNumber, rest.LastSequenceNumber));
        Assert.Null(handOver.After(handOver.LastSequenceNumber));
    }

    [Fact]
    public void Keys_that_differ_only_in_their_json_escapes_are_one_conversation()
    {
        string plain = Image(TextMessage("m1", "a", from: "US.ab"));

        Assert.Equal(["m1", "m2"], Single(OfImages(plain, Image(TextMessage("m2", "b", from: "US.ab")).Replace("US.ab", "US.\\u0061b", StringComparison.Ordinal))).Aggregation!.MessageIds);
    }

    private static string Padded(long sequenceNumber) => sequenceNumber.ToString().PadLeft(40, '0');

    private static string? BodyOf(JsonElement message) => message.GetProperty("text").GetProperty("body").GetString();

    private static AggregatedEvent Single(byte[] json) => Assert.Single(Aggregate(json));

    private static List<AggregatedEvent> Aggregate(byte[] json)
    {
        using AggregatedBatch batch = Aggregator.Aggregate(json);
        return EventsOf(batch);
    }

    internal static List<AggregatedEvent> EventsOf(AggregatedBatch batch) =>
        [.. batch.Conversations.SelectMany(c => c.HandOvers).SelectMany(h => h.Events).Select(Parse)];

    internal static AggregatedEvent Parse(OutboxEvent outboxEvent) => JsonSerializer.Deserialize<AggregatedEvent>(outboxEvent.Json.Span)!;
}
