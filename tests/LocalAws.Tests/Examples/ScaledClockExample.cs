using Amazon.SQS;
using LocalAws.Clock;
using LocalAws.Delivery;
using LocalAws.Lambda.Functions;

namespace LocalAws.Examples;

public class ScaledClockExample
{
    [Fact]
    public async Task An_order_that_cannot_be_handled_ends_in_the_dead_letter_queue()
    {
        // The three minutes in which Lambda tries again pass in a third of a second.
        using var clock = new CloudClock(600, TimeProvider.System);
        await using LocalCloud cloud = await LocalCloud.StartAsync(new LocalCloudOptions { Clock = clock });
        using var sqs = new AmazonSQSClient(LocalCloud.Credentials, cloud.ClientConfig<AmazonSQSConfig>());
        string deadLetters = (await sqs.CreateQueueAsync("dead_orders")).QueueUrl;
        int attempts = 0;
        string function = cloud.Lambda.CreateFunction(new FunctionDefinition
        {
            Name = "on_order",
            Code = FunctionCode.FromText(_ => throw new InvalidOperationException($"Attempt {++attempts}: no such article.")),
            DeadLetterTargetArn = cloud.Account.Arn("sqs", "dead_orders"),
        });
        string topic = cloud.Sns.CreateTopic("orders");
        cloud.Sns.Subscribe(topic, "lambda", function);

        cloud.Sns.Publish(topic, new DeliveryMessage("one hat"));

        await Eventually.IsTrueAsync(
            async () => (await sqs.ReceiveMessageAsync(deadLetters)).Messages is { Count: 1 }, "the order is in the dead-letter queue");
        Assert.Equal(3, attempts);
    }
}
