using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using WhatsAppBuffer.OnRawMessages.Webhook;

namespace OnRawMessages.Tests.Webhook;

public class WebhookReaderTests
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 18, 24, 28, 476, TimeSpan.Zero);
    private static readonly Arrival Arrival = new(Now, TimeSpan.FromDays(7), null);

    public static TheoryData<string> StorableSamples() =>
        [.. Directory.GetFiles("Samples", "sns-*.json").Select(f => Path.GetFileNameWithoutExtension(f)!)
            .Where(name => name is not ("sns-statuses" or "sns-malformed-entry" or "sns-many-with-a-bad-neighbour"))];

    [Theory]
    [MemberData(nameof(StorableSamples))]
    public void Every_sample_message_is_stored_with_all_its_fields(string sample)
    {
        string envelope = Envelope.OfSample(sample);

        WebhookReading reading = WebhookReader.Read(envelope, Arrival);

        RawMessage stored = Assert.Single(reading.Messages);
        Assert.Empty(reading.Rejections);
        foreach (JsonProperty sent in MessageIn(envelope).EnumerateObject())
        {
            string attribute = sent.Name switch { "from" => "from_phone_number", "context" => "message_context", var name => name };
            Assert.True(JsonElement.DeepEquals(sent.Value, stored.Item[attribute]), sent.Name);
        }
    }

    [Fact]
    public void The_item_carries_the_guides_attributes()
    {
        RawMessage stored = Assert.Single(WebhookReader.Read(Envelope.OfSample("sns-text"), Arrival).Messages);

        Assert.Equal("US.a1B2c3D4e5F6", stored.Customer);
        Assert.Equal("US.a1B2c3D4e5F6", stored.Item["from"].GetString());
        Assert.Equal("14157470265", stored.Item["from_phone_number"].GetString());
        Assert.Equal(stored.Id, stored.Item["id"].GetString());
        Assert.Equal("503650672828631", stored.Item["metadata"].GetProperty("phone_number_id").GetString());
        Assert.Equal("509609192225796", stored.Item["context"].GetProperty("MetaWabaIds")[0].GetProperty("wabaId").GetString());
        Assert.Equal("whatsapp", stored.Item["messaging_product"].GetString());
        Assert.Equal("messages", stored.Item["field"].GetString());
        Assert.Equal("Kike", stored.Item["contact"].GetProperty("profile").GetProperty("name").GetString());
        Assert.Equal("2026-11-22T18:24:28.4767960Z", stored.Item["receivedAt"].GetString());
        Assert.Equal(Now.AddDays(7).ToUnixTimeSeconds(), stored.Item["expiresAt"].GetInt64());
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(64, true)]
    [InlineData(98, true)]
    [InlineData(101, false)]
    [InlineData(60_000, false)]
    public void However_deep_a_message_nests_its_neighbours_are_read(int depth, bool isRead)
    {
        string deep = $$"""{"id":"deep","from":"1415","type":"text","deep":{{new string('[', depth)}}{{new string(']', depth)}}}""";

        WebhookReading reading = WebhookReader.Read(Envelope.WithMessages("""{"id":"before","from":"1415"}""", deep, """{"id":"after","from":"1415"}"""), Arrival);

        // DynamoDB takes 32 levels, and refuses a few more itself.
        Assert.Equal(isRead ? ["before", "deep", "after"] : ["before", "after"], reading.Messages.Select(message => message.Id));
        Assert.Equal(
            isRead ? [] : [new Rejection("deep", "changes[0].value.messages[1]: 'deep' nests deeper than 100 levels, which no table takes")], reading.Rejections);
    }

    [Fact]
    public void Defect_01_the_messages_own_context_survives_beside_the_EUM_header()
    {
        RawMessage stored = Assert.Single(WebhookReader.Read(Envelope.OfSample("sns-text-quoted-reply"), Arrival).Messages);

        Assert.Equal("wamid.HBgLQUJD", stored.Item["message_context"].GetProperty("id").GetString());
        Assert.True(stored.Item["context"].TryGetProperty("MetaPhoneNumberIds", out _));
    }

    [Fact]
    public void Defect_02_fractions_are_kept_digit_for_digit()
    {
        RawMessage stored = Assert.Single(WebhookReader.Read(Envelope.OfSample("sns-location"), Arrival).Messages);

        Assert.Equal("-131.9428612257", stored.Item["location"].GetProperty("longitude").GetRawText());
    }

    [Fact]
    public void Defect_03_a_sender_without_a_phone_number_is_stored_by_user_id()
    {
        RawMessage stored = Assert.Single(WebhookReader.Read(Envelope.OfSample("sns-user-id-only"), Arrival).Messages);

        Assert.Equal("US.z9Y8x7W6v5", stored.Customer);
        Assert.False(stored.Item.ContainsKey("from_phone_number"));
    }

    [Theory]
    [InlineData("""{"context":{}}""", "whatsAppWebhookEntry is missing")]
    [InlineData("""{"whatsAppWebhookEntry":{}}""", "whatsAppWebhookEntry is not a string but Object")]
    [InlineData("""{"whatsAppWebhookEntry":"{not json"}""", "whatsAppWebhookEntry is not JSON")]
    [InlineData("""{"whatsAppWebhookEntry":"[]"}""", "whatsAppWebhookEntry is not a JSON object but Array")]
    [InlineData("""{"whatsAppWebhookEntry":"\ud800"}""", "whatsAppWebhookEntry is not valid Unicode text")]
    [InlineData("""{"whatsAppWebhookEntry":"{}"}""", "whatsAppWebhookEntry.changes is not an array")]
    [InlineData("nonsense", "Sns.Message is not JSON")]
    [InlineData("[1]", "Sns.Message is not a JSON object but Array")]
    [InlineData(null, "Sns.Message is missing")]
    public void Defect_04_a_malformed_envelope_is_an_error_that_names_the_field(string? message, string reason)
    {
        WebhookReading reading = WebhookReader.Read(message, Arrival);

        Assert.Empty(reading.Messages);
        Assert.StartsWith(reason, Assert.Single(reading.Rejections).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Defect_05_one_bad_message_leaves_its_neighbours_alone()
    {
        WebhookReading reading = WebhookReader.Read(Envelope.OfSample("sns-many-with-a-bad-neighbour"), Arrival);

        Assert.Equal(["good one", "good two"], reading.Messages.Select(m => m.Item["text"].GetProperty("body").GetString()));
        Assert.Equal(new Rejection(null, "changes[0].value.messages[1].id is empty"), Assert.Single(reading.Rejections));
    }

    [Theory]
    [InlineData("""{"from":"1"}""", null, ".id is missing")]
    [InlineData("""{"id":"","from":"1"}""", null, ".id is empty")]
    [InlineData("""{"id":7,"from":"1"}""", null, ".id is not a string but Number")]
    [InlineData("""{"id":"a"}""", "a", " has no sender: none of from_user_id, from and group_id is a non-empty string")]
    [InlineData("""{"id":"a","from":5,"from_user_id":""}""", "a", " has no sender: none of from_user_id, from and group_id is a non-empty string")]
    [InlineData("""{"id":"a","from":"1","text":{"body":"\udc00"}}""", "a", " holds text that is not valid Unicode")]
    [InlineData("""{"id":"\udc00","from":"1"}""", null, " holds text that is not valid Unicode")]
    [InlineData("17", null, " is not an object")]
    public void What_cannot_be_stored_is_rejected_by_name_and_position(string message, string? id, string reason)
    {
        WebhookReading reading = WebhookReader.Read(Envelope.WithMessages("""{"id":"good","from":"1"}""", message), Arrival);

        Assert.Equal("good", Assert.Single(reading.Messages).Id);
        Assert.Equal(new Rejection(id, $"changes[0].value.messages[1]{reason}"), Assert.Single(reading.Rejections));
    }

    /// <summary>Every sample, each of its texts and names in turn broken, in the envelope and in the entry.</summary>
    public static TheoryData<string> AllSamples() => [.. Directory.GetFiles("Samples", "sns-*.json").Select(f => Path.GetFileNameWithoutExtension(f)!)];

    [Theory]
    [MemberData(nameof(AllSamples))]
    public void Half_a_surrogate_pair_anywhere_never_throws_and_loses_no_message_without_a_word(string sample)
    {
        string envelope = Envelope.OfSample(sample);
        WebhookReading whole = WebhookReader.Read(envelope, Arrival);

        foreach ((string broken, bool isName) in BrokenTexts.Of(envelope))
        {
            WebhookReading reading = WebhookReader.Read(broken, Arrival);

            int kept = reading.Messages.Count + reading.Rejections.Count;
            Assert.True(isName || whole.Messages.Count == 0 || kept > 0, $"nothing is left of {broken}");
        }
    }

    [Theory]
    [InlineData("message_timestamp")]
    [InlineData("traceparent")]
    [InlineData("\\ud800 is half of a name")]
    public void Half_a_surrogate_pair_beside_the_entry_costs_no_message(string field)
    {
        string envelope = Envelope.WithMessages("""{"id":"a","from":"1"}""");

        WebhookReading reading = WebhookReader.Read($$"""{"{{field}}":"\ud800",{{envelope[1..]}}""", Arrival);

        RawMessage stored = Assert.Single(reading.Messages);
        Assert.Equal("2026-11-22T18:24:28.4760000Z", stored.Item["receivedAt"].GetString());
        Assert.False(stored.Item.ContainsKey("traceparent"));
        Assert.Empty(reading.Rejections);
    }

    /// <summary>A function that was throttled, or is invoked again, has another clock than what it is told of.</summary>
    [Fact]
    public void What_End_User_Messaging_gives_no_time_has_that_of_the_topic()
    {
        string envelope = Envelope.WithMessages("""{"id":"a","from":"1"}""");
        Arrival published = Arrival with { PublishedAt = Now.AddSeconds(-90) };

        RawMessage stored = Assert.Single(WebhookReader.Read($$"""{"message_timestamp":"yesterday",{{envelope[1..]}}""", published).Messages);

        Assert.Equal(published.PublishedAt!.Value.UtcDateTime.ToString("O"), stored.Item["receivedAt"].GetString());
        Assert.Equal(Now.AddDays(7).ToUnixTimeSeconds(), stored.Item["expiresAt"].GetInt64());
    }

    [Theory]
    [InlineData("id", 1_024)]
    [InlineData("from", 2_048)]
    [InlineData("from_user_id", 2_048)]
    public void Keys_longer_than_DynamoDB_takes_are_rejected(string field, int limit)
    {
        string Enveloped(int bytes) => Envelope.WithValue($$"""{"messages":[{{Message(field, bytes)}}]}""");
        int longest = field == "id" ? limit : limit - "#".Length;

        Assert.Single(WebhookReader.Read(Enveloped(longest), Arrival).Messages);
        Assert.Equal(
            $"changes[0].value.messages[0].{field} is longer than {limit} bytes",
            Assert.Single(WebhookReader.Read(Enveloped(limit + 1), Arrival).Rejections).Reason);
    }

    [Theory]
    [InlineData("503", 2_044)]
    [InlineData("#5%", 2_040)]
    public void A_conversation_whose_key_no_table_takes_is_rejected_and_its_neighbour_is_not(string phoneNumberId, int longestCustomer)
    {
        WebhookReading Read(int bytes) => WebhookReader.Read(
            Envelope.WithValue($$"""{"metadata":{"phone_number_id":"{{phoneNumberId}}"},"messages":[{{Message("from", bytes)}},{"id":"b","from":"1"}]}"""), Arrival);

        Assert.Equal(["a", "b"], Read(longestCustomer).Messages.Select(message => message.Id));
        Assert.Equal(2_048, Encoding.UTF8.GetByteCount(Read(longestCustomer).Messages[0].Conversation.ToString()));
        WebhookReading reading = Read(longestCustomer + 1);
        Assert.Equal(["b"], reading.Messages.Select(message => message.Id));
        Assert.Equal(
            new Rejection("a", "changes[0].value.messages[0]: the conversation's key, metadata.phone_number_id and the sender together, is longer than 2048 bytes"),
            Assert.Single(reading.Rejections));
    }

    [Fact]
    public void A_business_number_of_any_length_but_what_a_key_takes_is_rejected()
    {
        string envelope = Envelope.WithValue($$"""{"metadata":{"phone_number_id":"{{new string('5', 100_000)}}"},"messages":[{"id":"a","from":"1"}]}""");

        Assert.Contains("longer than 2048 bytes", Assert.Single(WebhookReader.Read(envelope, Arrival).Rejections).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "Object")]
    [InlineData("[]", "Array")]
    [InlineData("true", "True")]
    public void A_business_number_that_is_no_text_is_rejected_by_its_kind(string phoneNumberId, string kind) =>
        Assert.Equal(
            new Rejection("a", $"changes[0].value.messages[0]: metadata.phone_number_id is neither a text nor a number but {kind}"),
            Assert.Single(WebhookReader.Read(
                Envelope.WithValue($$"""{"metadata":{"phone_number_id":{{phoneNumberId}} },"messages":[{"id":"a","from":"1"}]}"""), Arrival).Rejections));

    [Fact]
    public void Unknown_types_and_wrong_inner_types_are_stored_as_sent()
    {
        WebhookReading reading = WebhookReader.Read(
            Envelope.WithMessages(
                """{"id":"a","from":"1","type":"hologram","hologram":{"depth":1e400,"parts":[null,true]}}""",
                """{"id":"b","from":"1","type":"text","text":"not an object","timestamp":12}"""),
            Arrival);

        Assert.Equal("1e400", reading.Messages[0].Item["hologram"].GetProperty("depth").GetRawText());
        Assert.Equal("not an object", reading.Messages[1].Item["text"].GetString());
        Assert.Empty(reading.Rejections);
    }

    [Fact]
    public void Defect_07_statuses_errors_and_other_fields_are_counted()
    {
        WebhookReading reading = WebhookReader.Read(
            Envelope.WithEntry("""
                {"changes":[
                 {"field":"messages","value":{"statuses":[{"id":"x","status":"failed"},{"id":"y"}],"errors":[{"code":1}]}},
                 {"field":"account_update","value":{"messages":[{"id":"a","from":"1"}]}}]}
                """),
            Arrival);

        Assert.Empty(reading.Messages);
        Assert.Empty(reading.Rejections);
        Assert.Equal((2, 1, 1), (reading.Statuses, reading.Errors, reading.OtherFields));
    }

    [Theory]
    [InlineData("""{"changes":[{"field":"messages","value":3}]}""", "changes[0].value is not an object")]
    [InlineData("""{"changes":[{"field":"messages","value":{"messages":{}}}]}""", "changes[0].value.messages is not an array")]
    [InlineData("""{"changes":"x"}""", "whatsAppWebhookEntry.changes is not an array")]
    public void A_malformed_change_is_rejected_by_name_and_position(string entry, string reason) =>
        Assert.Equal(reason, Assert.Single(WebhookReader.Read(Envelope.WithEntry(entry), Arrival).Rejections).Reason);

    [Theory]
    [InlineData("""[{"wa_id":"9"},{"wa_id":"1415","profile":{"name":"right"}}]""", "right")]
    [InlineData("""[{"wa_id":"9"},{"user_id":"US.1","profile":{"name":"right"}}]""", "right")]
    [InlineData("""[{"wa_id":"999","profile":{"name":"right"}}]""", "right")]
    [InlineData("""[{"wa_id":"8"},{"wa_id":"9"}]""", null)]
    [InlineData("""["x", 3]""", null)]
    [InlineData("3", null)]
    public void Defect_08_the_contact_is_found_by_either_id_or_by_being_the_only_one(string contacts, string? name)
    {
        RawMessage stored = Assert.Single(WebhookReader.Read(
            Envelope.WithValue($$"""{"contacts":{{contacts}},"messages":[{"id":"a","from":"1415","from_user_id":"US.1"}]}"""), Arrival).Messages);

        Assert.Equal(name, stored.Item.TryGetValue("contact", out JsonElement contact) ? contact.GetProperty("profile").GetProperty("name").GetString() : null);
    }

    [Theory]
    [InlineData(TraceParent, TraceParent)]
    [InlineData("00-nonsense", null)]
    [InlineData(null, null)]
    public void A_valid_trace_context_is_kept(string? sent, string? kept)
    {
        RawMessage stored = Assert.Single(WebhookReader.Read(Envelope.WithMessages("""{"id":"a","from":"1"}"""), Arrival with { TraceParent = sent }).Messages);

        Assert.Equal(kept, stored.Item.TryGetValue("traceparent", out JsonElement value) ? value.GetString() : null);
    }

    [Property]
    public void Garbage_never_throws(string? message)
    {
        WebhookReading reading = WebhookReader.Read(message, Arrival);

        Assert.NotEmpty(reading.Rejections);
    }

    [Property]
    public void Messages_stay_in_the_order_sent(byte[] ids)
    {
        string[] expected = [.. ids.Select((id, position) => $"{position}-{id}")];

        WebhookReading reading = WebhookReader.Read(Envelope.WithMessages([.. expected.Select(id => $$"""{"id":"{{id}}","from":"1"}""")]), Arrival);

        Assert.Equal(expected, reading.Messages.Select(m => m.Id));
    }

    private static string Message(string field, int bytes) => JsonSerializer.Serialize(new Dictionary<string, string>
    {
        ["id"] = "a",
        ["from"] = "1",
        [field] = new string('ä', bytes / 2) + new string('x', bytes % 2),
    });

    private static JsonElement MessageIn(string envelope) =>
        JsonElement.Parse(JsonElement.Parse(envelope).GetProperty("whatsAppWebhookEntry").GetString()!)
            .GetProperty("changes")[0].GetProperty("value").GetProperty("messages")[0];
}
