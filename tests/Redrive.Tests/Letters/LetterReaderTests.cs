using FsCheck.Xunit;
using WhatsAppBuffer.Contracts.WhatsApp;
using WhatsAppBuffer.Redrive.Letters;
using WhatsAppBuffer.Topology;

namespace Redrive.Tests.Letters;

public class LetterReaderTests
{
    private const string Arn = "arn:aws:dynamodb:us-east-1:123456789012:table/raw_messages/stream/2026";
    private const string Record = $$"""{"eventName":"INSERT","eventSourceARN":"{{Arn}}","dynamodb":{"Keys":{"from":{"S":"1"},"id":{"S":"m"} },"NewImage":{"id":{"S":"m"} },"SequenceNumber":"7"} }""";
    private const string Removal = $$"""{"eventName":"REMOVE","eventSourceARN":"{{Arn}}","dynamodb":{"Keys":{"from":{"S":"1"},"id":{"S":"n"} },"SequenceNumber":"8"} }""";

    [Theory]
    [InlineData("""{"Type":"Notification","MessageId":"a","Message":"{}"}""")]
    [InlineData("""{"whatsAppWebhookEntry":"{}"}""")]
    public void A_notification_is_put_back_as_it_is(string body) =>
        Assert.Equal([body], Events(FunctionSpecs.OnRawMessages, body, LetterKind.Notification));

    [Fact]
    public void A_status_of_an_answer_goes_back()
    {
        string body = new AnswerStatus("m-1", 0, AnswerStatus.Failed, 131047, null).ToJson();

        Assert.Equal([body], Events(FunctionSpecs.ConnectEventHandler, body, LetterKind.Notification));
    }

    [Theory]
    [InlineData("""{"Type":"Notification","MessageId":"a","Message":"{}"}""")]
    [InlineData("""{"Type":"MESSAGE","InitialContactId":"c","Id":"m"}""")]
    public void An_event_of_a_chat_is_put_back_as_it_is(string body) =>
        Assert.Equal([body], Events(FunctionSpecs.ConnectEventHandler, body, LetterKind.Notification));

    [Fact]
    public void An_invocation_of_connect_event_handler_is_put_back_as_the_events_in_it() => Assert.Equal(
        ["""{"Type":"Notification","Message":"x"}"""],
        Events(FunctionSpecs.ConnectEventHandler, """{"requestContext":{},"requestPayload":{"Records":[{"Sns":{"Message":"x"}}]}}""", LetterKind.Invocation));

    [Fact]
    public void An_answer_that_WhatsApp_refused_is_left_to_a_person()
    {
        var nothing = Assert.IsType<LetterContent.Nothing>(LetterReader.Read(
            FunctionSpecs.ConnectEventHandler,
            """{"messageId":"m-1","text":"Your order is on its way","sentParts":0}""",
            new Dictionary<string, string> { ["errorCode"] = "ValidationException" }));

        Assert.Equal(LetterKind.RefusedReply, nothing.Kind);
        Assert.Contains("message m-1, and WhatsApp did not get it (ValidationException): a person reads it", nothing.Why, StringComparison.Ordinal);
        Assert.DoesNotContain("on its way", nothing.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invocation_of_on_raw_messages_is_put_back_as_the_notifications_in_it() =>
        Assert.Equal(
            ["""{"Type":"Notification","MessageId":"a","Message":"x"}""", """{"Type":"Notification","Message":"y"}"""],
            Events(
                FunctionSpecs.OnRawMessages,
                """{"requestContext":{},"requestPayload":{"Records":[{"Sns":{"MessageId":"a","Message":"x"}},{"Sns":{"Type":"Notification","Message":"y"}}]}}""",
                LetterKind.Invocation));

    [Fact]
    public void An_invocation_of_the_event_handler_is_put_back_as_its_event() =>
        Assert.Equal(
            ["""{"messages":[1]}"""],
            Events(FunctionSpecs.WhatsAppEventHandler, """{"requestContext":{},"requestPayload":{"messages":[1]}}""", LetterKind.Invocation));

    [Theory]
    [InlineData("""{"aggregation":{"id":"a","refused":{"part":"0001","times":0}}}""", LetterKind.RefusedPart)]
    [InlineData("""{"aggregation":{"id":"a"}}""", LetterKind.Event)]
    [InlineData("""{"messages":[]}""", LetterKind.Event)]
    public void An_event_of_the_event_handler_is_put_back_as_it_is(string body, LetterKind kind) =>
        Assert.Equal([body], Events(FunctionSpecs.WhatsAppEventHandler, body, kind));

    [Theory]
    [InlineData($$"""{"Records":[{{Record}},{{Removal}}]}""", LetterKind.RefusedRecords, true)]
    [InlineData($$$"""{"DDBStreamBatchInfo":{"shardId":"s"},"payload":"{\"Records\":[{\"eventName\":\"INSERT\",\"eventSourceARN\":\"{{{Arn}}}\",\"dynamodb\":{\"Keys\":{\"from\":{\"S\":\"1\"},\"id\":{\"S\":\"m\"}},\"SequenceNumber\":\"7\"}}]}"}""", LetterKind.Batch, false)]
    public void Records_are_put_back_by_their_keys_those_of_new_messages(string body, LetterKind kind, bool hasImage)
    {
        var records = Assert.IsType<LetterContent.Records>(Read(FunctionSpecs.MessageAggregator, body));

        Assert.Equal(kind, records.Kind);
        RawRecord record = Assert.Single(records.Inserts);
        Assert.Equal(("raw_messages", "1", "m", "7", hasImage), (record.Table, record.From, record.Id, record.SequenceNumber, record.Image is not null));
    }

    [Fact]
    public void A_batch_without_its_records_says_where_they_are() => Assert.Equal(
        new LetterContent.Pointer(Arn, "shard", "7", "9"),
        Read(FunctionSpecs.MessageAggregator, $$$"""{"DDBStreamBatchInfo":{"shardId":"shard","startSequenceNumber":"7","endSequenceNumber":"9","streamArn":"{{{Arn}}}"}}"""));

    [Fact]
    public void The_call_that_closes_a_window_has_nothing_to_put_back() =>
        Assert.Empty(Assert.IsType<LetterContent.Records>(Read(FunctionSpecs.MessageAggregator, $$$"""{"DDBStreamBatchInfo":{"shardId":"shard","streamArn":"{{{Arn}}}"}}""")).Inserts);

    [Theory]
    [InlineData("on_raw_messages", "nonsense", "no JSON object")]
    [InlineData("on_raw_messages", "[]", "no JSON object")]
    [InlineData("on_raw_messages", "{}", "neither a notification")]
    [InlineData("on_raw_messages", """{"requestContext":{}}""", "no notification")]
    [InlineData("connect_event_handler", "{}", "neither a notification")]
    [InlineData("whatsapp_event_handler", "{}", "neither an aggregated event")]
    [InlineData("whatsapp_event_handler", """{"requestContext":{}}""", "does not hold the event")]
    [InlineData("message_aggregator", "{}", "neither records")]
    [InlineData("message_aggregator", """{"Records":[{"eventName":"INSERT","dynamodb":{} }]}""", "does not say which message")]
    public void What_cannot_be_put_back_says_why(string function, string body, string why) => Assert.Contains(
        why,
        Assert.IsType<LetterContent.Nothing>(Read(FunctionSpecs.All.Single(spec => spec.Name == function), body)).Why,
        StringComparison.Ordinal);

    [Fact]
    public void A_whole_event_that_was_put_aside_is_left_to_a_person() => Assert.Contains(
        "UnreadableEvent",
        Assert.IsType<LetterContent.Nothing>(LetterReader.Read(
            FunctionSpecs.WhatsAppEventHandler, """{"messages":[]}""", new Dictionary<string, string> { ["errorCode"] = "UnreadableEvent" })).Why,
        StringComparison.Ordinal);

    [Property]
    public void Garbage_is_no_exception(string? body) =>
        Assert.All(FunctionSpecs.All, function => Assert.IsType<LetterContent.Nothing>(Read(function, body ?? "")));

    private static IReadOnlyList<string> Events(FunctionSpec function, string body, LetterKind kind)
    {
        var events = Assert.IsType<LetterContent.Events>(Read(function, body));
        Assert.Equal(kind, events.Kind);
        return events.Texts;
    }

    private static LetterContent Read(FunctionSpec function, string body) => LetterReader.Read(function, body, new Dictionary<string, string>());
}
