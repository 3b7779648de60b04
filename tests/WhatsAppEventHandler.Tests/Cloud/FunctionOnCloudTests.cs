using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Settings;
using LocalAws.Connect;
using LocalAws.Endpoint;
using LocalAws.S3;
using LocalAws.Sqs;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests.Cloud;

/// <summary>The whole function with Amazon's clients, against the local cloud over HTTP.</summary>
[Collection(nameof(CloudFixture))]
public class FunctionOnCloudTests(CloudFixture cloud)
{
    private readonly string _customer = $"569{Guid.NewGuid():N}";

    private static WhatsAppEventHandlerOptions Environment => new() { TableName = CloudFixture.Table, Courtesies = CourtesyChoice.None };

    [Fact]
    public async Task An_aggregate_in_the_outbox_reaches_the_agent()
    {
        AggregatedEvent value = Events.Text(Events.Burst, 1, _customer);
        await PutAsync(value);

        await InvokeAsync(value);

        Assert.Equal([[Events.Burst]], cloud.ChatsOf(_customer));
        ContactSummary contact = cloud.Connect.AgentDesktop.Contacts.Single(contact => contact.Attributes["customerId"] == _customer);
        Assert.Equal("Kike", contact.CustomerName);
        Assert.Equal(ContactState.Connected, contact.State);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Channel"] = "Whatsapp",
                ["customerId"] = _customer,
                ["customerName"] = "Kike",
                ["systemNumber"] = "phone-number-id-976c72a700aac43eaf573ae050example",
            },
            contact.Attributes);
    }

    /// <summary>Larger than any buffer on the way.</summary>
    [Fact]
    public async Task A_file_goes_from_WhatsApp_through_the_bucket_to_the_agent_byte_for_byte()
    {
        byte[] picture = new byte[3_000_001];
        new Random(1).NextBytes(picture);
        string mediaId = cloud.Services.SocialMessaging.ReceiveMedia(Events.NumberArn, "image/jpeg", picture);
        AggregatedEvent value = Events.Of(1, _customer, Events.TextMessage("look", 1, _customer), Events.Message(
            $$$"""{"from":"{{{_customer}}}","id":"wamid.{{{_customer}}}.2","timestamp":"1795285462","type":"image","image":{"id":"{{{mediaId}}}","mime_type":"image/jpeg","caption":"my cat"}}"""));
        await PutAsync(value);

        await InvokeAsync(value, Environment with { MediaBucket = CloudFixture.Bucket });

        ContactSummary contact = cloud.Connect.AgentDesktop.Contacts.Single(contact => contact.Attributes["customerId"] == _customer);
        IReadOnlyList<TranscriptItem> seen = [.. cloud.Connect.AgentDesktop.Transcript(contact.Id).Where(item => item.Type is "MESSAGE" or "ATTACHMENT")];
        Assert.Equal(["look", null, "my cat"], seen.Select(item => item.Content));
        var attachment = Assert.Single(seen[1].Attachments);
        Assert.Equal(("Image 18-24.jpg", "image/jpeg", "APPROVED"), (attachment.Name, attachment.ContentType, attachment.Status));
        Assert.Equal(picture, cloud.Connect.AgentDesktop.ReadAttachment(attachment.Id)!.Value.ToArray());
        Assert.Contains(cloud.Services.S3.ListObjects(CloudFixture.Bucket, new ObjectListing { Prefix = "media/" }).Contents, found => found.Key.EndsWith($"/{mediaId}.jpeg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_customer_sees_eyes_and_then_a_tick()
    {
        AggregatedEvent value = Events.Text("hi", 1, _customer);
        await PutAsync(value);

        await InvokeAsync(value, Environment with { Courtesies = CourtesyChoice.All });

        Assert.Equal(
            [("read", null), ("reaction", "👀"), ("reaction", "✅")],
            cloud.Services.SocialMessaging.SentMessages.Where(sent => sent.About == $"wamid.{_customer}.1").Select(sent => (sent.Type, sent.Text)));
    }

    [Fact]
    public async Task A_guides_event_is_admitted_delivered_and_on_repetition_known()
    {
        AggregatedEvent value = Events.Foreign(Events.Text("from the guide", 1, _customer));

        await InvokeAsync(value);
        await InvokeAsync(value);

        Assert.Equal([["from the guide"]], cloud.ChatsOf(_customer));
    }

    [Fact]
    public async Task Of_the_messages_of_a_queue_only_those_that_failed_come_again()
    {
        AggregatedEvent value = Events.Text("by a queue", 1, _customer);
        await PutAsync(value);

        IReadOnlyList<string> failed = await HandleAsync(
            new WhatsAppBuffer.Contracts.Queues.QueueMessage("good", CloudWorld.Json(value)),
            new WhatsAppBuffer.Contracts.Queues.QueueMessage("twice", CloudWorld.Json(value)),
            new WhatsAppBuffer.Contracts.Queues.QueueMessage("bad", "no JSON"));

        Assert.Equal(["bad"], failed);
        Assert.Equal([["by a queue"]], cloud.ChatsOf(_customer));
    }

    [Fact]
    public Task An_invocation_that_does_nothing_of_what_the_queue_brings_fails() =>
        Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => HandleAsync(new WhatsAppBuffer.Contracts.Queues.QueueMessage("bad", "[]"), new WhatsAppBuffer.Contracts.Queues.QueueMessage("worse", "")));

    [Fact]
    public async Task Ten_invocations_at_once_open_one_chat_and_keep_the_order()
    {
        AggregatedEvent[] values = [.. Enumerable.Range(1, 5).Select(i => Events.Text($"message {i}", i, _customer))];
        foreach (AggregatedEvent value in values)
        {
            await PutAsync(value);
        }

        await Task.WhenAll(values.Reverse().Concat(values).Select(InvokeAsync));

        Assert.Equal([["message 1", "message 2", "message 3", "message 4", "message 5"]], cloud.ChatsOf(_customer));
    }

    [Fact]
    public async Task A_long_text_comes_in_parts_that_Connect_takes()
    {
        AggregatedEvent value = Events.Text(string.Join('\n', Enumerable.Repeat(new string('x', 500), 5)), 1, _customer);
        await PutAsync(value);

        await InvokeAsync(value);

        Assert.Equal([1001, 1001, 500], cloud.ChatsOf(_customer).Single().Select(text => text.Length));
    }

    [Fact]
    public async Task An_ended_chat_is_followed_by_a_new_one()
    {
        AggregatedEvent[] values = [Events.Text("before", 1, _customer), Events.Text("after", 2, _customer)];
        await PutAsync(values[0]);
        await InvokeAsync(values[0]);
        cloud.Connect.AgentDesktop.EndChat(cloud.Connect.AgentDesktop.Contacts.Single(contact => contact.Attributes["customerId"] == _customer).Id);

        await PutAsync(values[1]);
        await InvokeAsync(values[1]);

        Assert.Equal([["before"], ["after"]], cloud.ChatsOf(_customer));
    }

    [Theory]
    [InlineData("SendMessage", "ThrottlingException", 429)]
    [InlineData("SendMessage", "InternalServerException", 500)]
    [InlineData("StartChatContact", "LimitExceededException", 429)]
    [InlineData("CreateParticipantConnection", "AccessDeniedException", 403)]
    public async Task Passing_errors_are_overcome(string operation, string code, int status)
    {
        AggregatedEvent value = Events.Text("in spite of all", 1, _customer);
        await PutAsync(value);
        cloud.Faults.Add(operation, new AwsException(code, "for a while", status), times: 2);

        await InvokeAsync(value);

        Assert.Equal(["in spite of all"], cloud.ChatsOf(_customer).SelectMany(chat => chat));
    }

    [Fact]
    public async Task What_Connect_refuses_lies_in_the_queue_with_its_reason_and_the_next_message_goes_on()
    {
        AggregatedEvent[] values = [Events.Text(new string('x', 1025), 1, _customer), Events.Text("next", 2, _customer)];
        await PutAsync(values[0]);
        await PutAsync(values[1]);

        await InvokeAsync(values[1], Environment with { DeadLetterQueueUrl = cloud.QueueUrl, MaxMessageCharacters = 2000 });

        QueueMessage letter = cloud.Services.Sqs.Peek(CloudFixture.Queue).Single(message => message.Attributes["conversation"].Value.EndsWith(_customer, StringComparison.Ordinal));
        Assert.Equal(new RefusedPart("0000", 0), JsonSerializer.Deserialize<AggregatedEvent>(letter.Body)!.Aggregation!.Refused);
        Assert.Equal("ValidationException", letter.Attributes["errorCode"].Value);
        Assert.StartsWith("SendMessage failed with ValidationException", letter.Attributes["reason"].Value, StringComparison.Ordinal);
        Assert.Equal([["next"]], cloud.ChatsOf(_customer));

        // What was too long for Connect comes back, twice by mistake, when the limit has been set right.
        AggregatedEvent redriven = JsonSerializer.Deserialize<AggregatedEvent>(letter.Body)!;
        await InvokeAsync(redriven);
        await InvokeAsync(redriven);

        Assert.Equal([["next", new string('x', 1024), "x"]], cloud.ChatsOf(_customer));
    }

    [Fact]
    public async Task An_unknown_flow_fails_loudly_with_the_name_of_the_call_and_keeps_the_aggregate()
    {
        AggregatedEvent value = Events.Text("kept", 1, _customer);
        await PutAsync(value);
        cloud.Services.Ssm.PutParameter($"/{_customer}", """{"instance_id":"i-1","contact_flow_id":"no-such-flow"}""");

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => InvokeAsync(value, Environment with { ConfigParameter = $"/{_customer}" }));

        Assert.StartsWith("StartChatContact failed with ResourceNotFoundException", failure.Message, StringComparison.Ordinal);
        Assert.True(await Outbox.ContainsAsync(Item(value).Conversation, Item(value).SortKey, default));
    }

    [Fact]
    public async Task A_missing_parameter_is_named()
    {
        AggregatedEvent value = Events.Text("kept", 1, _customer);
        await PutAsync(value);

        var failure = await Assert.ThrowsAsync<ConfigurationException>(() => InvokeAsync(value, Environment with { ConfigParameter = "/none" }));

        Assert.Contains("SSM parameter /none does not exist", failure.Message, StringComparison.Ordinal);
    }

    private DynamoDbOutbox Outbox => new(new ConversationTable(cloud.DynamoDb, CloudFixture.Table, TimeProvider.System));

    private static OutboxItem Item(AggregatedEvent value) => EventJson.ToOutboxItem(value, CloudWorld.Json(value));

    private Task PutAsync(AggregatedEvent value) => OutboxItems.PutAsync(cloud, Item(value));

    private Task InvokeAsync(AggregatedEvent value) => InvokeAsync(value, Environment);

    private static Task<IReadOnlyList<string>> HandleAsync(params WhatsAppBuffer.Contracts.Queues.QueueMessage[] messages) =>
        Function.Create(Environment, TimeProvider.System, NullLogger.Instance).HandleAsync(messages, TimeSpan.FromSeconds(60));

    private static Task InvokeAsync(AggregatedEvent value, WhatsAppEventHandlerOptions environment) => Function
        .Create(environment, TimeProvider.System, NullLogger.Instance)
        .HandleAsync(EventJson.Read(Encoding.UTF8.GetBytes(CloudWorld.Json(value))), TimeSpan.FromSeconds(60));
}
