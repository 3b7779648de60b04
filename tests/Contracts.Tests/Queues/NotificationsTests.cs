using System.Globalization;
using System.Text;
using WhatsAppBuffer.Contracts.Queues;

namespace Contracts.Tests.Queues;

/// <summary>Messages of a topic, whichever way they come.</summary>
public class NotificationsTests
{
    private const string Envelope = """{"Type":"Notification","MessageId":"m","Message":"words","Timestamp":"2026-11-30T10:00:00.500Z"}""";

    [Theory]
    [InlineData($$"""{"Records":[{"Sns":{{Envelope}}}]}""", "2026-11-30T10:00:00.500Z")]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs","messageId":"q","body":"{\"Type\":\"Notification\",\"Message\":\"words\",\"Timestamp\":\"2026-11-30T10:00:00.500Z\"}","attributes":{"ApproximateFirstReceiveTimestamp":"1"}}]}""", "2026-11-30T10:00:00.500Z")]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs","messageId":"q","body":"words","attributes":{"ApproximateFirstReceiveTimestamp":"1796032800500"}}]}""", "2026-11-30T10:00:00.500Z")]
    [InlineData("""{"Records":[{"Sns":{"Message":"words","Timestamp":"soon"}}]}""", null)]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs","messageId":"q","body":"words"}]}""", null)]
    public void A_notification_says_when_it_was_published_where_anybody_knows(string lambdaEvent, string? publishedAt)
    {
        Notification notification = Assert.Single(Notifications.Read(Encoding.UTF8.GetBytes(lambdaEvent)));

        Assert.Equal("words", notification.Message);
        Assert.Equal(publishedAt is null ? null : DateTimeOffset.Parse(publishedAt, CultureInfo.InvariantCulture), notification.PublishedAt);
    }
}
