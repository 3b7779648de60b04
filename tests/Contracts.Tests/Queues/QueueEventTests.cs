using System.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts.Queues;

namespace Contracts.Tests.Queues;

public class QueueEventTests
{
    /// <summary>As it was recorded on AWS.</summary>
    private const string Recorded = """
        {"Records":[{"messageId":"059f36b4-87a3-44ab-83d2-661975830a7d","receiptHandle":"AQEB…","body":"{\"a\":1}",
         "attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"1764406800123","SenderId":"AROA:n","ApproximateFirstReceiveTimestamp":"1764406800456"},
         "messageAttributes":{"traceparent":{"stringValue":"00-1-2-01","stringListValues":[],"binaryListValues":[],"dataType":"String"}},
         "md5OfMessageAttributes":null,"md5OfBody":"…","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-west-1:111122223333:q","awsRegion":"eu-west-1"},
         {"messageId":"second","body":"plain","messageAttributes":{},"eventSource":"aws:sqs"}]}
        """;

    [Fact]
    public void The_messages_of_an_event_are_read() => Assert.Equal(
        [new QueueMessage("059f36b4-87a3-44ab-83d2-661975830a7d", """{"a":1}""", "00-1-2-01", "arn:aws:sqs:eu-west-1:111122223333:q") { ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(1764406800456) }, new QueueMessage("second", "plain")],
        Read(Recorded));

    [Theory]
    [InlineData("""{"Records":[{"EventSource":"aws:sns","Sns":{"Message":"{}"}}]}""")]
    [InlineData("""{"Records":[]}""")]
    [InlineData("""{"Records":null}""")]
    [InlineData("""{"Records":[7]}""")]
    [InlineData("""{"messages":[],"Records":[{"eventSource":"aws:sqs"}]}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    public void An_event_of_another_kind_is_none(string json) => Assert.Null(Read(json));

    [Theory]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs","messageId":"a","body":"b"},{"eventSource":"aws:sqs","body":"b"}]}""", "Records[1].messageId is missing")]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs","messageId":"a"}]}""", "Records[0].body is missing")]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs","messageId":"a","body":"\ud800"}]}""", "Records[0].body is missing, empty, or not valid Unicode")]
    public void A_message_that_cannot_be_told_of_is_named(string json, string error) =>
        Assert.StartsWith(error, Assert.Throws<JsonException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_answer_names_what_failed()
    {
        using var answer = new StreamReader(QueueEvent.Answer(["a", "b\""]));

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"b\u0022"}]}""", answer.ReadToEnd());
    }

    private static IReadOnlyList<QueueMessage>? Read(string json) => QueueEvent.Read(Encoding.UTF8.GetBytes(json));
}
