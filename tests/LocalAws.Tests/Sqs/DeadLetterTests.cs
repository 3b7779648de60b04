using Microsoft.Extensions.Time.Testing;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Sqs;

namespace LocalAws.Tests.Sqs;

public class DeadLetterTests
{
    private const string DeadArn = "arn:aws:sqs:us-east-1:123456789012:dead";
    private const string SourceArn = "arn:aws:sqs:us-east-1:123456789012:q";

    private readonly FakeTimeProvider _time = new();
    private readonly SqsEngine _sqs;

    public DeadLetterTests()
    {
        _sqs = new SqsEngine(new AwsAccount(), _time);
        _sqs.CreateQueue("dead");
        _sqs.CreateQueue("q", new Dictionary<string, string> { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn": "{{DeadArn}}", "maxReceiveCount": "2"}""" });
    }

    [Fact]
    public async Task A_message_received_too_often_moves_to_the_dead_letter_queue()
    {
        QueueMessage sent = _sqs.SendMessage("q", new DeliveryMessage("m") { Attributes = new Dictionary<string, DeliveryAttribute> { ["a"] = new("String", "v") } });

        await ReceiveUntilGivenUpAsync();

        QueueMessage letter = Assert.Single(_sqs.Peek("dead"));
        Assert.Equal((sent.MessageId, "m", sent.SentAt, SourceArn), (letter.MessageId, letter.Body, letter.SentAt, letter.DeadLetterQueueSourceArn));
        Assert.Equal("v", letter.Attributes["a"].Value);
        Assert.Empty(_sqs.Peek("q"));
    }

    [Fact]
    public async Task Without_its_dead_letter_queue_a_message_stays_where_it_is()
    {
        _sqs.DeleteQueue("dead");
        _sqs.SendMessage("q", new DeliveryMessage("m"));

        for (int receive = 1; receive <= 4; receive++)
        {
            Assert.Equal(receive, Assert.Single(await _sqs.ReceiveMessageAsync("q", visibilityTimeout: 0)).Message.ApproximateReceiveCount);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(SourceArn)]
    public async Task Dead_letters_are_moved_back_as_new_messages(string? destination)
    {
        QueueMessage sent = _sqs.SendMessage("q", new DeliveryMessage("m"));
        await ReceiveUntilGivenUpAsync();

        Assert.Equal(1, _sqs.StartMessageMoveTask(DeadArn, destination));

        Assert.Empty(_sqs.Peek("dead"));
        QueueMessage back = Assert.Single(_sqs.Peek("q"));
        Assert.Equal(("m", 0), (back.Body, back.ApproximateReceiveCount));
        Assert.NotEqual(sent.MessageId, back.MessageId);
    }

    [Fact]
    public void A_dead_letter_that_came_from_elsewhere_stays_unless_it_is_told_where_to_go()
    {
        _sqs.SendMessage("dead", new DeliveryMessage("from Lambda"));

        Assert.Equal(0, _sqs.StartMessageMoveTask(DeadArn));
        Assert.Single(_sqs.Peek("dead"));
        Assert.Equal(1, _sqs.StartMessageMoveTask(DeadArn, SourceArn));
    }

    [Fact]
    public void Only_a_dead_letter_queue_can_be_moved_from()
    {
        Assert.Equal("UnsupportedOperation", Refused(() => _sqs.StartMessageMoveTask(SourceArn)));
        Assert.Equal("ResourceNotFoundException", Refused(() => _sqs.StartMessageMoveTask(DeadArn + "x")));
        Assert.Equal("ResourceNotFoundException", Refused(() => _sqs.StartMessageMoveTask(DeadArn, DeadArn + "x")));
    }

    private async Task ReceiveUntilGivenUpAsync()
    {
        Assert.Single(await _sqs.ReceiveMessageAsync("q", visibilityTimeout: 0));
        Assert.Single(await _sqs.ReceiveMessageAsync("q", visibilityTimeout: 0));
        Assert.Empty(await _sqs.ReceiveMessageAsync("q"));
    }

    private static string Refused(Action action) => Assert.Throws<AwsException>(action).Code;
}
