using System.Text.Json.Nodes;
using Amazon.Connect;
using Amazon.Connect.Model;
using Amazon.Runtime;

namespace WhatsAppBuffer.LimitedFeed.Tests;

public sealed class ConnectTests
{
    [Fact]
    public async Task Starting_a_chat_puts_every_member_into_the_body_under_its_own_name()
    {
        await using Loopback server = await Loopback.StartAsync(
            Answer.Json("""{"ContactId":"c","ParticipantId":"p","ParticipantToken":"t","ContinuedFromContactId":null}"""));
        using AmazonConnectClient connect = Client(server);

        StartChatContactResponse response = await connect.StartChatContactAsync(new StartChatContactRequest
        {
            InstanceId = "i",
            ContactFlowId = "f",
            ParticipantDetails = new ParticipantDetails { DisplayName = "Ana" },
            ParticipantConfiguration = new ParticipantConfiguration { ResponseMode = ResponseMode.INCREMENTAL },
            InitialMessage = new ChatMessage { Content = "¡Hola!", ContentType = "text/plain" },
            Attributes = new() { ["customer"] = "1" },
            ClientToken = "token",
            ChatDurationInMinutes = 1440,
            SupportedMessagingContentTypes = ["text/plain"],
            PersistentChat = new PersistentChat { RehydrationType = RehydrationType.FROM_SEGMENT, SourceContactId = "old" },
            RelatedContactId = "r",
            SegmentAttributes = new()
            {
                ["connect:Subtype"] = new SegmentAttributeValue { ValueString = "connect:Chat" },
                ["levels"] = new SegmentAttributeValue { ValueList = [new SegmentAttributeValue { ValueInteger = 3 }] },
            },
            CustomerId = "u",
            DisconnectOnCustomerExit = [DisconnectOnCustomerExitParticipantType.AGENT],
        });

        Assert.Equal(("c", "p", "t"), (response.ContactId, response.ParticipantId, response.ParticipantToken));
        Assert.Null(response.ContinuedFromContactId);
        Assert.Equal(("PUT", "/contact/chat"), (server.Request.Method, server.Request.Target));
        WireAssert.Json(
            """
            {
              "InstanceId": "i", "ContactFlowId": "f", "ParticipantDetails": { "DisplayName": "Ana" },
              "ParticipantConfiguration": { "ResponseMode": "INCREMENTAL" },
              "InitialMessage": { "Content": "¡Hola!", "ContentType": "text/plain" }, "Attributes": { "customer": "1" },
              "ClientToken": "token", "ChatDurationInMinutes": 1440, "SupportedMessagingContentTypes": ["text/plain"],
              "PersistentChat": { "RehydrationType": "FROM_SEGMENT", "SourceContactId": "old" }, "RelatedContactId": "r",
              "SegmentAttributes": {
                "connect:Subtype": { "ValueString": "connect:Chat" },
                "levels": { "ValueList": [{ "ValueInteger": 3 }] }
              },
              "CustomerId": "u", "DisconnectOnCustomerExit": ["AGENT"]
            }
            """,
            server.Request.Body);
    }

    [Fact]
    public async Task A_notification_names_its_instance_in_the_path()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json("""{"NotificationArn":"arn","NotificationId":"n"}"""));
        using AmazonConnectClient connect = Client(server);

        CreateNotificationResponse response = await connect.CreateNotificationAsync(new CreateNotificationRequest
        {
            InstanceId = "i",
            Recipients = ["user"],
            Content = new() { ["en_US"] = "Hi" },
            Priority = ConfigurableNotificationPriority.HIGH,
            ExpiresAt = new DateTime(2026, 11, 30, 0, 0, 0, DateTimeKind.Utc),
            ClientToken = "t",
        });

        Assert.Equal(("arn", "n"), (response.NotificationArn, response.NotificationId));
        Assert.Equal(("PUT", "/notifications/i"), (server.Request.Method, server.Request.Target));
        WireAssert.Json(
            """{"ExpiresAt":1796000000,"Recipients":["user"],"Priority":"HIGH","Content":{"en_US":"Hi"},"ClientToken":"t"}""".Replace("1796000000", $"{new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()}", StringComparison.Ordinal),
            server.Request.Body);
    }

    [Fact]
    public async Task A_contact_is_asked_for_without_a_body()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json(
            """{"Contact":{"Arn":"a","Id":"c","InitialContactId":"first","Channel":"CHAT","AgentInfo":{"Id":"u","ConnectedToAgentTimestamp":1796083200}}}"""));
        using AmazonConnectClient connect = Client(server);

        Contact contact = (await connect.DescribeContactAsync(new DescribeContactRequest { InstanceId = "i", ContactId = "c" })).Contact;

        Assert.Equal(("a", "c", "first", "u"), (contact.Arn, contact.Id, contact.InitialContactId, contact.AgentInfo.Id));
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1796083200), contact.AgentInfo.ConnectedToAgentTimestamp);
        Assert.Equal(("GET", "/contacts/i/c", ""), (server.Request.Method, server.Request.Target, server.Request.Body));
    }

    [Fact]
    public async Task What_is_not_set_is_not_sent_except_an_idempotency_token()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json("{}"));
        using AmazonConnectClient connect = Client(server);
        var request = new StartChatContactRequest { InstanceId = "i" };

        await connect.StartChatContactAsync(request);

        JsonObject body = JsonNode.Parse(server.Request.Body)!.AsObject();
        Assert.Equal(["ClientToken", "InstanceId"], body.Select(member => member.Key).Order());
        Assert.True(Guid.TryParse((string?)body["ClientToken"], out _));
        Assert.Null(request.ClientToken);
    }

    [Fact]
    public async Task Streaming_starts_for_a_topic_and_stops_by_its_id()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json("""{"StreamingId":"s"}"""), new Answer(200));
        using AmazonConnectClient connect = Client(server);

        StartContactStreamingResponse started = await connect.StartContactStreamingAsync(new StartContactStreamingRequest
        {
            InstanceId = "i",
            ContactId = "c",
            ChatStreamingConfiguration = new ChatStreamingConfiguration { StreamingEndpointArn = "arn:aws:sns:us-east-1:1:t" },
            ClientToken = "token",
        });
        await connect.StopContactStreamingAsync(new StopContactStreamingRequest { InstanceId = "i", ContactId = "c", StreamingId = "s" });

        Assert.Equal("s", started.StreamingId);
        Assert.Equal(["/contact/start-streaming", "/contact/stop-streaming"], server.Requests.Select(request => request.Target));
        Assert.All(server.Requests, request => Assert.Equal("POST", request.Method));
        WireAssert.Json(
            """
            {
              "InstanceId": "i", "ContactId": "c", "ClientToken": "token",
              "ChatStreamingConfiguration": { "StreamingEndpointArn": "arn:aws:sns:us-east-1:1:t" }
            }
            """,
            server.Requests[0].Body);
        WireAssert.Json("""{"InstanceId":"i","ContactId":"c","StreamingId":"s"}""", server.Requests[1].Body);
    }

    [Fact]
    public async Task Stopping_a_contact_reads_no_body()
    {
        await using Loopback server = await Loopback.StartAsync(new Answer(200));
        using AmazonConnectClient connect = Client(server);

        StopContactResponse response = await connect.StopContactAsync(new StopContactRequest
        {
            InstanceId = "i",
            ContactId = "c",
            DisconnectReason = new DisconnectReason { Code = "OTHERS" },
        });

        Assert.Equal(System.Net.HttpStatusCode.OK, response.HttpStatusCode);
        Assert.Equal(("POST", "/contact/stop"), (server.Request.Method, server.Request.Target));
        WireAssert.Json("""{"InstanceId":"i","ContactId":"c","DisconnectReason":{"Code":"OTHERS"}}""", server.Request.Body);
    }

    [Theory]
    [InlineData("InvalidRequestException", typeof(InvalidRequestException))]
    [InlineData("InvalidParameterException", typeof(InvalidParameterException))]
    [InlineData("ResourceNotFoundException", typeof(ResourceNotFoundException))]
    [InlineData("InternalServiceException", typeof(InternalServiceException))]
    [InlineData("LimitExceededException", typeof(LimitExceededException))]
    public async Task Each_error_code_has_its_exception(string code, Type exception)
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Error(400, code));
        using AmazonConnectClient connect = Client(server);

        Assert.IsType(exception, await Record.ExceptionAsync(() => connect.StartChatContactAsync(new StartChatContactRequest())));
    }

    private static AmazonConnectClient Client(Loopback server) =>
        new(new BasicAWSCredentials("id", "secret"), new AmazonConnectConfig { ServiceURL = server.Url, MaxErrorRetry = 0 });
}
