using System.Text.Json.Nodes;
using Amazon.ConnectParticipant;
using Amazon.ConnectParticipant.Model;
using Amazon.Runtime;

namespace WhatsAppBuffer.LimitedFeed.Tests;

public sealed class ConnectParticipantTests
{
    [Fact]
    public async Task A_token_travels_bare_in_its_header_and_never_in_the_body()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json(
            """{"Id":"m","AbsoluteTime":"2026-11-22T20:00:00Z","MessageMetadata":{"MessageProcessingStatus":"PROCESSING"}}"""));
        using AmazonConnectParticipantClient participant = Client(server);

        SendMessageResponse response = await participant.SendMessageAsync(new SendMessageRequest
        {
            ConnectionToken = "token",
            Content = "one\ntwo",
            ContentType = "text/plain",
            ClientToken = "id-1",
        });

        Assert.Equal("token", server.Request.Header("X-Amz-Bearer"));
        Assert.Equal(("POST", "/participant/message"), (server.Request.Method, server.Request.Target));
        WireAssert.Json("""{"ClientToken":"id-1","Content":"one\ntwo","ContentType":"text/plain"}""", server.Request.Body);
        Assert.Equal(("m", "2026-11-22T20:00:00Z"), (response.Id, response.AbsoluteTime));
        Assert.Equal(MessageProcessingStatus.PROCESSING, response.MessageMetadata.MessageProcessingStatus);
    }

    [Fact]
    public async Task Anonymous_credentials_send_no_signature()
    {
        await using Loopback server = await Loopback.StartAsync(new Answer(200));
        using AmazonConnectParticipantClient participant = Client(server);

        await participant.DisconnectParticipantAsync(new DisconnectParticipantRequest { ConnectionToken = "token" });

        Assert.Null(server.Request.Header("Authorization"));
        Assert.Null(server.Request.Header("X-Amz-Date"));
        Assert.Equal("2018-09-07", server.Request.Header("x-amz-api-version"));
    }

    [Fact]
    public async Task Other_credentials_sign_for_execute_api_beside_the_token()
    {
        await using Loopback server = await Loopback.StartAsync(new Answer(200));
        var config = new AmazonConnectParticipantConfig { ServiceURL = server.Url, AuthenticationRegion = "us-west-2" };
        using var participant = new AmazonConnectParticipantClient(new BasicAWSCredentials("id", "secret"), config);

        await participant.DisconnectParticipantAsync(new DisconnectParticipantRequest { ConnectionToken = "token" });

        WireAssert.SignedFor("us-west-2/execute-api", server.Request);
        Assert.Equal("token", server.Request.Header("X-Amz-Bearer"));
    }

    [Fact]
    public async Task Its_endpoint_variable_is_written_without_an_underscore_between_the_words()
    {
        await using Loopback server = await Loopback.StartAsync(new Answer(200));
        using var variables = new EnvironmentVariables(("AWS_ENDPOINT_URL_CONNECTPARTICIPANT", server.Url));
        using var participant = new AmazonConnectParticipantClient(new AnonymousAWSCredentials());

        await participant.DisconnectParticipantAsync(new DisconnectParticipantRequest { ConnectionToken = "token" });

        Assert.Equal("/participant/disconnect", server.Request.Target);
    }

    [Fact]
    public async Task A_connection_is_created_with_the_participants_token()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json(
            """
            {
              "ConnectionCredentials": { "ConnectionToken": "ct", "Expiry": "2026-11-23T20:00:00.000Z" },
              "Websocket": { "Url": "wss://w", "ConnectionExpiry": "2026-11-22T20:02:00.000Z" }
            }
            """));
        using AmazonConnectParticipantClient participant = Client(server);

        CreateParticipantConnectionResponse response = await participant.CreateParticipantConnectionAsync(new()
        {
            ParticipantToken = "pt",
            Type = [ConnectionType.CONNECTION_CREDENTIALS, ConnectionType.WEBSOCKET],
            ConnectParticipant = true,
        });

        Assert.Equal("pt", server.Request.Header("X-Amz-Bearer"));
        WireAssert.Json("""{"Type":["CONNECTION_CREDENTIALS","WEBSOCKET"],"ConnectParticipant":true}""", server.Request.Body);
        Assert.Equal(
            ("ct", "2026-11-23T20:00:00.000Z"),
            (response.ConnectionCredentials.ConnectionToken, response.ConnectionCredentials.Expiry));
        Assert.Equal(("wss://w", "2026-11-22T20:02:00.000Z"), (response.Websocket.Url, response.Websocket.ConnectionExpiry));
    }

    [Fact]
    public async Task An_event_may_have_no_content()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json("""{"Id":"e","AbsoluteTime":"t"}"""));
        using AmazonConnectParticipantClient participant = Client(server);

        SendEventResponse response = await participant.SendEventAsync(new SendEventRequest
        {
            ConnectionToken = "token",
            ContentType = "application/vnd.amazonaws.connect.event.typing",
            ClientToken = "id-1",
        });

        Assert.Equal(("e", "t"), (response.Id, response.AbsoluteTime));
        Assert.Equal("/participant/event", server.Request.Target);
        WireAssert.Json("""{"ClientToken":"id-1","ContentType":"application/vnd.amazonaws.connect.event.typing"}""", server.Request.Body);
    }

    [Fact]
    public async Task An_attachment_is_announced_completed_and_fetched()
    {
        await using Loopback server = await Loopback.StartAsync(
            Answer.Json("""{"AttachmentId":"a","UploadMetadata":{"Url":"http://u","UrlExpiry":"x","HeadersToInclude":{"h":"v"}}}"""),
            new Answer(200),
            Answer.Json("""{"Url":"http://d","UrlExpiry":"y","AttachmentSizeInBytes":5000000000}"""));
        using AmazonConnectParticipantClient participant = Client(server);

        StartAttachmentUploadResponse started = await participant.StartAttachmentUploadAsync(new StartAttachmentUploadRequest
        {
            ConnectionToken = "token",
            AttachmentName = "photo.jpg",
            AttachmentSizeInBytes = 5_000_000_000,
            ContentType = "image/jpeg",
            ClientToken = "id-1",
        });
        await participant.CompleteAttachmentUploadAsync(
            new CompleteAttachmentUploadRequest { ConnectionToken = "token", AttachmentIds = ["a"], ClientToken = "id-2" });
        GetAttachmentResponse got = await participant.GetAttachmentAsync(
            new GetAttachmentRequest { ConnectionToken = "token", AttachmentId = "a", UrlExpiryInSeconds = 60 });

        Assert.Equal(("a", "http://u", "x"), (started.AttachmentId, started.UploadMetadata.Url, started.UploadMetadata.UrlExpiry));
        Assert.Equal("v", started.UploadMetadata.HeadersToInclude["h"]);
        Assert.Equal(("http://d", "y", 5_000_000_000), (got.Url, got.UrlExpiry, got.AttachmentSizeInBytes));
        Assert.Equal(
            ["/participant/start-attachment-upload", "/participant/complete-attachment-upload", "/participant/attachment"],
            server.Requests.Select(request => request.Target));
        WireAssert.Json(
            """{"AttachmentName":"photo.jpg","AttachmentSizeInBytes":5000000000,"ContentType":"image/jpeg","ClientToken":"id-1"}""",
            server.Requests[0].Body);
        WireAssert.Json("""{"AttachmentIds":["a"],"ClientToken":"id-2"}""", server.Requests[1].Body);
        WireAssert.Json("""{"AttachmentId":"a","UrlExpiryInSeconds":60}""", server.Requests[2].Body);
    }

    [Fact]
    public async Task A_transcript_is_read_with_all_that_an_item_can_hold()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json(
            """
            {
              "InitialContactId": "c0", "NextToken": "n", "Transcript": [{
                "AbsoluteTime": "t", "ContactId": "c", "Content": "hi", "ContentType": "text/plain", "DisplayName": "Ana", "Id": "m",
                "ParticipantId": "p", "ParticipantRole": "CUSTOMER", "RelatedContactId": "r", "Type": "MESSAGE",
                "Attachments": [{ "AttachmentId": "a", "AttachmentName": "f", "ContentType": "x/y", "Status": "APPROVED" }],
                "MessageMetadata": {
                  "MessageId": "m", "MessageProcessingStatus": "REJECTED",
                  "Receipts": [{ "DeliveredTimestamp": "d", "ReadTimestamp": null, "RecipientParticipantId": "q" }]
                }
              }]
            }
            """));
        using AmazonConnectParticipantClient participant = Client(server);

        GetTranscriptResponse response = await participant.GetTranscriptAsync(new GetTranscriptRequest
        {
            ConnectionToken = "token",
            MaxResults = 10,
            ScanDirection = ScanDirection.BACKWARD,
            SortOrder = SortKey.ASCENDING,
            StartPosition = new StartPosition { MostRecent = 5 },
        });

        WireAssert.Json(
            """{"MaxResults":10,"ScanDirection":"BACKWARD","SortOrder":"ASCENDING","StartPosition":{"MostRecent":5}}""",
            server.Request.Body);
        Assert.Equal(("c0", "n"), (response.InitialContactId, response.NextToken));
        Item item = Assert.Single(response.Transcript);
        Assert.Equal(("hi", "Ana", "m"), (item.Content, item.DisplayName, item.Id));
        Assert.Same(ParticipantRole.CUSTOMER, item.ParticipantRole);
        Assert.Same(ChatItemType.MESSAGE, item.Type);
        Assert.Same(ArtifactStatus.APPROVED, Assert.Single(item.Attachments).Status);
        Receipt receipt = Assert.Single(item.MessageMetadata.Receipts);
        Assert.Equal(("d", null, "q"), (receipt.DeliveredTimestamp, receipt.ReadTimestamp, receipt.RecipientParticipantId));
    }

    [Fact]
    public async Task A_missing_idempotency_token_is_made_up_and_a_call_without_body_members_sends_an_empty_object()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json("""{"Id":"m"}"""));
        using AmazonConnectParticipantClient participant = Client(server);

        await participant.SendMessageAsync(new SendMessageRequest { ConnectionToken = "token", Content = "x", ContentType = "text/plain" });
        await participant.GetTranscriptAsync(new GetTranscriptRequest { ConnectionToken = "token" });

        Assert.True(Guid.TryParse((string?)JsonNode.Parse(server.Requests[0].Body)!["ClientToken"], out _));
        Assert.Equal("{}", server.Requests[1].Body);
    }

    [Theory]
    [InlineData(403, "AccessDeniedException", typeof(AccessDeniedException))]
    [InlineData(400, "ValidationException", typeof(ValidationException))]
    [InlineData(429, "ThrottlingException", typeof(ThrottlingException))]
    [InlineData(500, "InternalServerException", typeof(InternalServerException))]
    [InlineData(409, "ConflictException", typeof(ConflictException))]
    [InlineData(402, "ServiceQuotaExceededException", typeof(ServiceQuotaExceededException))]
    public async Task Each_error_code_has_its_exception(int status, string code, Type exception)
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Error(status, code));
        using AmazonConnectParticipantClient participant = Client(server);

        var request = new CompleteAttachmentUploadRequest { ConnectionToken = "token", AttachmentIds = ["a"] };
        Exception? thrown = await Record.ExceptionAsync(() => participant.CompleteAttachmentUploadAsync(request));

        Assert.IsType(exception, thrown);
        Assert.Equal(status, (int)((AmazonServiceException)thrown).StatusCode);
    }

    [Fact]
    public void A_value_is_found_whatever_its_case_and_an_unknown_one_is_kept()
    {
        Assert.Same(ConnectionType.WEBSOCKET, ConnectionType.FindValue("websocket"));
        Assert.Equal("SOMETHING_NEW", ConnectionType.FindValue("SOMETHING_NEW").Value);
        ConnectionType? none = (string?)null;
        Assert.Null(none);
    }

    private static AmazonConnectParticipantClient Client(Loopback server) =>
        new(new AnonymousAWSCredentials(), new AmazonConnectParticipantConfig { ServiceURL = server.Url, MaxErrorRetry = 0 });
}
