using Amazon.Connect;
using Amazon.Connect.Model;
using Amazon.ConnectParticipant;
using Amazon.ConnectParticipant.Model;
using Amazon.Runtime;
using LocalAws.Tests.Endpoint;
using LocalAws.Connect;
using LocalAws.ConnectParticipant;
using static LocalAws.Tests.Connect.ConnectFixture;

namespace LocalAws.Tests.Connect;

/// <summary>Both services over HTTP with the SDK's clients.</summary>
public sealed class ConnectServiceTests : IAsyncLifetime
{
    private readonly ConnectFixture _fixture = new();
    private TestEndpoint _endpoint = null!;
    private AmazonConnectClient _connect = null!;
    private AmazonConnectParticipantClient _participant = null!;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync(new ConnectService(_fixture.Connect), new ParticipantService(_fixture.Participant));
        _connect = new AmazonConnectClient(TestEndpoint.Credentials, _endpoint.Config<AmazonConnectConfig>());
        _participant = new AmazonConnectParticipantClient(new AnonymousAWSCredentials(), _endpoint.Config<AmazonConnectParticipantConfig>());
    }

    public ValueTask DisposeAsync()
    {
        _connect.Dispose();
        _participant.Dispose();
        _fixture.Dispose();
        return _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task A_chat_goes_from_start_to_end_through_the_SDK()
    {
        StartChatContactResponse chat = await _connect.StartChatContactAsync(Start());
        StartContactStreamingResponse streaming = await _connect.StartContactStreamingAsync(new StartContactStreamingRequest
        {
            InstanceId = Instance,
            ContactId = chat.ContactId,
            ChatStreamingConfiguration = new ChatStreamingConfiguration { StreamingEndpointArn = Topic },
            ClientToken = "t",
        });
        string token = await ConnectAsync(chat);
        SendMessageResponse sent = await _participant.SendMessageAsync(
            new SendMessageRequest { ConnectionToken = token, ContentType = "text/plain", Content = "I need help 👀", ClientToken = "1" });
        await _participant.SendEventAsync(
            new SendEventRequest { ConnectionToken = token, ContentType = "application/vnd.amazonaws.connect.event.typing" });
        GetTranscriptResponse transcript = await _participant.GetTranscriptAsync(
            new GetTranscriptRequest { ConnectionToken = token, SortOrder = SortKey.ASCENDING, StartPosition = new StartPosition { Id = sent.Id } });
        await _connect.StopContactStreamingAsync(
            new StopContactStreamingRequest { InstanceId = Instance, ContactId = chat.ContactId, StreamingId = streaming.StreamingId });
        await _participant.DisconnectParticipantAsync(new DisconnectParticipantRequest { ConnectionToken = token });

        Item item = Assert.Single(transcript.Transcript);
        Assert.Equal(chat.ContactId, transcript.InitialContactId);
        Assert.Equal((sent.Id, "I need help 👀", Amazon.ConnectParticipant.ParticipantRole.CUSTOMER, "Kike"), (item.Id, item.Content, item.ParticipantRole, item.DisplayName));
        Assert.Equal("2026-11-22T18:25:00.123Z", sent.AbsoluteTime);
        Assert.Equal(3, _fixture.Sns.Received.Count);
    }

    [Fact]
    public async Task The_agent_who_has_a_chat_is_found_and_told_something_once()
    {
        StartChatContactResponse chat = await _connect.StartChatContactAsync(Start());
        var describe = new DescribeContactRequest { InstanceId = Instance, ContactId = chat.ContactId };
        Assert.Null((await _connect.DescribeContactAsync(describe)).Contact.AgentInfo);
        TranscriptItem answer = _fixture.Agents.SendMessage(chat.ContactId, "Hi");
        Contact contact = (await _connect.DescribeContactAsync(describe)).Contact;
        var tell = new CreateNotificationRequest
        {
            InstanceId = Instance,
            Recipients = [contact.Arn.Replace($"contact/{chat.ContactId}", $"agent/{contact.AgentInfo.Id}", StringComparison.Ordinal)],
            Content = new() { ["en_US"] = "Not delivered", ["pt_BR"] = "Não entregue" },
            Priority = ConfigurableNotificationPriority.HIGH,
            ClientToken = "t",
        };

        CreateNotificationResponse told = await _connect.CreateNotificationAsync(tell);
        CreateNotificationResponse again = await _connect.CreateNotificationAsync(tell);

        Assert.Equal((chat.ContactId, answer.Participant!.Id), (contact.Id, contact.AgentInfo.Id));
        Assert.Equal(told.NotificationId, again.NotificationId);
        AgentNotification notification = Assert.Single(_fixture.Agents.AgentNotifications);
        Assert.Equal((told.NotificationId, told.NotificationArn, "HIGH", "Não entregue"), (notification.Id, notification.Arn, notification.Priority, notification.Content["pt_BR"]));
        Assert.Equal(tell.Recipients, notification.Recipients);
    }

    [Fact]
    public async Task What_cannot_be_told_is_refused_by_name()
    {
        async Task<string> Refusal(Action<CreateNotificationRequest> change)
        {
            string instance = (await _connect.DescribeContactAsync(new DescribeContactRequest { InstanceId = Instance, ContactId = (await _connect.StartChatContactAsync(Start())).ContactId })).Contact.Arn;
            var request = new CreateNotificationRequest { InstanceId = Instance, Recipients = [instance[..instance.IndexOf("/contact/", StringComparison.Ordinal)]], Content = new() { ["en_US"] = "a" } };
            change(request);
            var refusal = await Assert.ThrowsAnyAsync<AmazonConnectException>(() => _connect.CreateNotificationAsync(request));
            return $"{refusal.ErrorCode} {refusal.Message}";
        }

        Assert.StartsWith("InvalidParameterException", await Refusal(request => request.Content["en_US"] = new string('a', 251)), StringComparison.Ordinal);
        Assert.StartsWith("InvalidParameterException", await Refusal(request => request.Content["en_GB"] = "a"), StringComparison.Ordinal);
        Assert.Contains("stranger", await Refusal(request => request.Recipients.Add("stranger")), StringComparison.Ordinal);
        Assert.StartsWith("ResourceNotFoundException", await Refusal(request => request.InstanceId = "other"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_a_start_can_carry_arrives()
    {
        StartChatContactRequest request = Start();
        request.Attributes = new Dictionary<string, string> { ["customer"] = "é" };
        request.InitialMessage = new ChatMessage { ContentType = "text/plain", Content = "Hello" };
        request.ChatDurationInMinutes = 60;
        request.SupportedMessagingContentTypes = ["text/plain", "text/markdown"];
        request.ClientToken = "t";

        StartChatContactResponse chat = await _connect.StartChatContactAsync(request);

        Assert.Equal(chat.ContactId, (await _connect.StartChatContactAsync(request)).ContactId);
        ContactSummary contact = Assert.Single(_fixture.Agents.Contacts);
        Assert.Equal("é", contact.Attributes["customer"]);
        Assert.Equal("Hello", Assert.Single(_fixture.Agents.Transcript(chat.ContactId)).Content);
    }

    [Fact]
    public async Task A_signed_participant_call_is_taken_as_well()
    {
        using var signed = new AmazonConnectParticipantClient(TestEndpoint.Credentials, _endpoint.Config<AmazonConnectParticipantConfig>());
        string token = await ConnectAsync(await _connect.StartChatContactAsync(Start()));

        Assert.NotNull((await signed.SendMessageAsync(new SendMessageRequest { ConnectionToken = token, ContentType = "text/plain", Content = "m" })).Id);
    }

    [Fact]
    public async Task Errors_of_Connect_arrive_as_the_SDKs_own_exceptions()
    {
        StartChatContactResponse chat = await _connect.StartChatContactAsync(Start());
        var stop = new StopContactRequest { InstanceId = Instance, ContactId = chat.ContactId };
        await _connect.StopContactAsync(stop);

        var gone = await Assert.ThrowsAsync<ContactNotFoundException>(() => _connect.StopContactAsync(stop));
        Assert.Equal(410, (int)gone.StatusCode);
        StartChatContactRequest unknown = Start();
        unknown.ContactFlowId = "none";
        await Assert.ThrowsAsync<Amazon.Connect.Model.ResourceNotFoundException>(() => _connect.StartChatContactAsync(unknown));
        StartChatContactRequest tooShort = Start();
        tooShort.ChatDurationInMinutes = 5;
        await Assert.ThrowsAsync<InvalidParameterException>(() => _connect.StartChatContactAsync(tooShort));
        StartChatContactRequest unsupported = Start();
        unsupported.SupportedMessagingContentTypes = ["text/markdown"];
        await Assert.ThrowsAsync<InvalidRequestException>(() => _connect.StartChatContactAsync(unsupported));
    }

    [Fact]
    public async Task Errors_of_the_participant_service_arrive_as_the_SDKs_own_exceptions()
    {
        StartChatContactResponse chat = await _connect.StartChatContactAsync(Start());
        string token = await ConnectAsync(chat);

        await Assert.ThrowsAsync<ValidationException>(
            () => _participant.SendMessageAsync(new SendMessageRequest { ConnectionToken = token, ContentType = "text/plain", Content = new string('x', 1025) }));
        var denied = await Assert.ThrowsAsync<Amazon.ConnectParticipant.Model.AccessDeniedException>(
            () => _participant.SendMessageAsync(new SendMessageRequest { ConnectionToken = chat.ParticipantToken, ContentType = "text/plain", Content = "m" }));
        Assert.Equal((403, "Access denied"), ((int)denied.StatusCode, denied.Message));
    }

    [Fact]
    public async Task What_is_not_imitated_is_refused_by_name()
    {
        StartChatContactRequest persistent = Start();
        persistent.PersistentChat = new PersistentChat { RehydrationType = RehydrationType.ENTIRE_PAST_SESSION, SourceContactId = "c" };
        Assert.Contains("'PersistentChat'", (await Assert.ThrowsAsync<InvalidParameterException>(() => _connect.StartChatContactAsync(persistent))).Message, StringComparison.Ordinal);

        StartChatContactResponse chat = await _connect.StartChatContactAsync(Start());
        var socket = new CreateParticipantConnectionRequest { ParticipantToken = chat.ParticipantToken, Type = ["WEBSOCKET"] };
        Assert.Contains("WEBSOCKET", (await Assert.ThrowsAsync<ValidationException>(() => _participant.CreateParticipantConnectionAsync(socket))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_member_is_named()
    {
        using HttpResponseMessage response = await _endpoint.Http.PutAsync("/contact/chat", new StringContent("{\"InstanceId\": \"i-1\", \"ContactFlowId\": \"f-1\"}"));

        Assert.Equal("InvalidRequestException", Assert.Single(response.Headers.GetValues("x-amzn-ErrorType")));
        Assert.Contains("ParticipantDetails.DisplayName", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static StartChatContactRequest Start() =>
        new() { InstanceId = Instance, ContactFlowId = Flow, ParticipantDetails = new ParticipantDetails { DisplayName = "Kike" } };

    private async Task<string> ConnectAsync(StartChatContactResponse chat)
    {
        CreateParticipantConnectionResponse connection = await _participant.CreateParticipantConnectionAsync(
            new CreateParticipantConnectionRequest { ParticipantToken = chat.ParticipantToken, Type = ["CONNECTION_CREDENTIALS"], ConnectParticipant = true });
        Assert.Equal("2026-11-23T18:25:00.123Z", connection.ConnectionCredentials.Expiry);
        return connection.ConnectionCredentials.ConnectionToken;
    }
}
