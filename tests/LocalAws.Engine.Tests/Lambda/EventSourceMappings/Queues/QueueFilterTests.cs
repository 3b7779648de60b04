using ForeignText;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings.Queues;
using LocalAws.Sqs;

namespace LocalAws.Tests.Lambda.EventSourceMappings.Queues;

public sealed class QueueFilterTests
{
    private const string Hat = """{"body":{"article":["hat"]}}""";

    [Theory]
    [InlineData(Hat, """{"article":"hat"}""", true)]
    [InlineData(Hat, """{"article":"coat"}""", false)]
    [InlineData(Hat, "hat", false)]
    [InlineData(Hat, "[\"hat\"]", false)]
    [InlineData("""{"body":["hat"]}""", "hat", true)]
    [InlineData("""{"body":["hat"]}""", "coat", false)]
    [InlineData("""{"body":[{"prefix":"{"}]}""", """{"article":"hat"}""", false)]
    [InlineData("""{"awsRegion":["us-east-1"]}""", "hat", true)]
    [InlineData("""{"awsRegion":["us-east-1"]}""", """{"article":"hat"}""", true)]
    [InlineData("""{"messageAttributes":{"kind":{"stringValue":["big"]}}}""", "hat", true)]
    [InlineData("""{"messageAttributes":{"kind":{"stringValue":["small"]}}}""", "hat", false)]
    [InlineData("""{"body":{"price":[{"numeric":[">",100]}]}}""", """{"price":105}""", true)]
    [InlineData("""{"body":{"price":[{"numeric":[">",100]}]}}""", "this is a test string", false)]
    public void A_pattern_for_the_body_looks_into_JSON_or_at_text_and_a_body_of_the_other_format_does_not_pass(string pattern, string body, bool passes) =>
        Assert.Equal(passes, QueueFilter.Parse(pattern).Passes(Record(body)));

    [Fact]
    public void A_body_as_deep_as_JSON_is_read_is_looked_into() =>
        Assert.True(QueueFilter.Parse(Hat).Passes(Record(Nested(ForeignJson.MaxDepth - 1))));

    [Fact]
    public void A_body_deeper_than_that_is_text() =>
        Assert.False(QueueFilter.Parse(Hat).Passes(Record(Nested(ForeignJson.MaxDepth))));

    private static string Nested(int arrays) => $$"""{"article":"hat","deep":{{new string('[', arrays)}}{{new string(']', arrays)}}}""";

    private static QueueRecord Record(string body)
    {
        var attributes = new Dictionary<string, DeliveryAttribute> { ["kind"] = new("String", "big") };
        return QueueRecord.Of(new ReceivedMessage(new QueueMessage("id", body, attributes, DateTimeOffset.UnixEpoch), "handle"), QueueFixture.QueueArn, new AwsAccount());
    }
}
