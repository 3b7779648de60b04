using System.Text.Json;
using LocalAws.Sqs;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.Contracts.DeadLetters;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppEventHandler.Tests.Cloud;

[Collection(nameof(CloudFixture))]
public class SqsDeadLettersTests(CloudFixture cloud)
{
    [Fact]
    public async Task Characters_that_SQS_does_not_take_are_escaped_and_the_event_means_the_same()
    {
        const string Text = "a\uFFFFb\uFFFEc 👀";
        string id = Guid.NewGuid().ToString();
        var item = new OutboxItem($"1#cust\u0001omer {id}", "outbox#1", id, $"{{\"body\":\"{Text}\"}}");

        await new SqsDeadLetters(new DeadLetterQueue(new AwsClients(Lease.Length).Sqs(), cloud.QueueUrl))
            .SendAsync(new DeadLetter(item, "because\u0002of", "ValidationException"), TestContext.Current.CancellationToken);

        QueueMessage letter = cloud.Services.Sqs.Peek(CloudFixture.Queue).Single(message => message.Attributes["conversation"].Value.EndsWith(id, StringComparison.Ordinal));
        using JsonDocument body = JsonDocument.Parse(letter.Body);
        Assert.Equal(Text, body.RootElement.GetProperty("body").GetString());
        Assert.Equal((@"because\u0002of", @"1#cust\u0001omer " + id), (letter.Attributes["reason"].Value, letter.Attributes["conversation"].Value));
    }
}
