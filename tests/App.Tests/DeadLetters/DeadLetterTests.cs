using System.Text;
using System.Text.Json.Nodes;
using WhatsAppBuffer.Simulator.App.DeadLetters;
using LocalAws.Endpoint;

namespace App.Tests.DeadLetters;

public class DeadLetterTests
{
    [Fact]
    public void An_invocation_that_was_given_up_is_repeated_with_its_event() =>
        Assert.Equal("""{"Records":[1]}""", EventOf("""{"version":"1.0","requestContext":{"condition":"RetriesExhausted"},"requestPayload":{"Records":[1]}}"""));

    [Fact]
    public void An_aggregate_that_was_refused_goes_back_into_an_outbox_because_it_no_longer_claims_to_be_in_one()
    {
        JsonNode json = JsonNode.Parse(EventOf("""{"field":"messages","messages":[{"id":"wamid.1"}],"aggregation":{"outbox_item":"outbox#1"}}"""))!;

        Assert.Null(json["aggregation"]);
        Assert.Equal("wamid.1", json["messages"]![0]!["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"requestContext":{"condition":"RetryAttemptsExhausted"},"DDBStreamBatchInfo":{"batchSize":3}}""", "records of a stream")]
    [InlineData("not JSON", "no JSON object")]
    [InlineData("[]", "no JSON object")]
    public void A_letter_without_its_event_stays_where_it_is_and_says_why(string body, string reason) =>
        Assert.Contains(reason, Assert.Throws<AwsException>(() => DeadLetter.EventOf(body)).Message, StringComparison.Ordinal);

    private static string EventOf(string body) => Encoding.UTF8.GetString(DeadLetter.EventOf(body));
}
