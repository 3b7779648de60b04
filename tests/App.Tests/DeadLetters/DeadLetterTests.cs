using System.Text;
using WhatsAppBuffer.Simulator.App.DeadLetters;
using LocalAws.Endpoint;

namespace App.Tests.DeadLetters;

public class DeadLetterTests
{
    [Fact]
    public void An_invocation_that_was_given_up_is_repeated_with_its_event() =>
        Assert.Equal("""{"Records":[1]}""", EventOf("""{"version":"1.0","requestContext":{"condition":"RetriesExhausted"},"requestPayload":{"Records":[1]}}"""));

    [Fact]
    public void A_part_that_was_refused_is_sent_as_it_is()
    {
        string letter = """{"messages":[{"id":"wamid.1"}],"aggregation":{"outbox_item":"outbox#1","refused":{"part":"0001","times":0}}}""";

        Assert.Equal(letter, EventOf(letter));
    }

    [Theory]
    [InlineData("""{"requestContext":{"condition":"RetryAttemptsExhausted"},"DDBStreamBatchInfo":{"batchSize":3}}""", "records of a stream")]
    [InlineData("not JSON", "no JSON object")]
    [InlineData("[]", "no JSON object")]
    public void A_letter_without_its_event_stays_where_it_is_and_says_why(string body, string reason) =>
        Assert.Contains(reason, Assert.Throws<AwsException>(() => DeadLetter.EventOf(body)).Message, StringComparison.Ordinal);

    private static string EventOf(string body) => Encoding.UTF8.GetString(DeadLetter.EventOf(body));
}
