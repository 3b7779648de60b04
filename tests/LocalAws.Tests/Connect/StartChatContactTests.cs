using LocalAws.Connect;
using LocalAws.Endpoint;
using static LocalAws.Tests.Connect.ConnectFixture;

namespace LocalAws.Tests.Connect;

public sealed class StartChatContactTests : IDisposable
{
    private readonly ConnectFixture _fixture = new(new ConnectOptions { ConcurrentChats = 2 });

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_started_chat_is_on_the_agents_desktop_with_its_first_message()
    {
        StartedChat chat = _fixture.Connect.StartChatContact(Request() with
        {
            Attributes = new Dictionary<string, string> { ["customerId"] = "US.a1" },
            InitialMessage = new InitialMessage("text/plain", "Hello"),
        });

        ContactSummary contact = Assert.Single(_fixture.Agents.Contacts);
        TranscriptItem item = Assert.Single(_fixture.Agents.Transcript(chat.ContactId));
        Assert.Equal((chat.ContactId, "Kike", ContactState.Created, "US.a1"), (contact.Id, contact.CustomerName, contact.State, contact.Attributes["customerId"]));
        Assert.Equal(("MESSAGE", "text/plain", "Hello", "CUSTOMER"), (item.Type, item.ContentType, item.Content, item.Participant!.Role));
        Assert.Equal(chat.ParticipantId, item.Participant.Id);
        Assert.Equal("2026-11-22T18:25:00.123Z", item.AbsoluteTime);
        Assert.Equal((1, 1, 1), (_fixture.Connect.Statistics.ChatsStarted, _fixture.Connect.Statistics.ActiveChats, _fixture.Connect.Statistics.MessagesIn));
    }

    [Fact]
    public void A_repeated_client_token_answers_the_same_chat()
    {
        StartedChat chat = _fixture.Connect.StartChatContact(Request("t"));

        Assert.Equal(chat, _fixture.Connect.StartChatContact(Request("t")));
        Assert.NotEqual(chat, _fixture.Connect.StartChatContact(Request("u")));
        Assert.Equal((2, 1), (_fixture.Connect.Statistics.ChatsStarted, _fixture.Connect.Statistics.RepeatsAnswered));
    }

    [Fact]
    public void A_client_token_is_forgotten_in_the_end()
    {
        StartedChat chat = _fixture.Connect.StartChatContact(Request("t"));

        _fixture.Time.Advance(TimeSpan.FromDays(1));

        Assert.NotEqual(chat, _fixture.Connect.StartChatContact(Request("t")));
    }

    [Fact]
    public void A_client_token_belongs_to_its_instance()
    {
        _fixture.Connect.AddInstance("i-2", Flow);

        Assert.NotEqual(_fixture.Connect.StartChatContact(Request("t")), _fixture.Connect.StartChatContact(Request("t") with { InstanceId = "i-2" }));
    }

    [Fact]
    public void Two_starts_with_one_token_at_the_same_time_start_one_chat()
    {
        StartedChat[] chats = new StartedChat[8];

        Parallel.For(0, chats.Length, i => chats[i] = _fixture.Connect.StartChatContact(Request("t")));

        Assert.Single(chats.Distinct());
    }

    [Theory]
    [InlineData("i-2", Flow)]
    [InlineData(Instance, "f-2")]
    public void An_unknown_instance_or_flow_is_not_found(string instance, string flow)
    {
        AwsException error = Refused(() => _fixture.Connect.StartChatContact(new ChatRequest(instance, flow, "Kike")));

        Assert.Equal(("ResourceNotFoundException", 404), (error.Code, error.StatusCode));
    }

    [Fact]
    public void The_quota_counts_only_chats_that_have_not_ended()
    {
        StartedChat first = _fixture.Connect.StartChatContact(Request());
        _fixture.Connect.StartChatContact(Request());

        AwsException error = Refused(() => _fixture.Connect.StartChatContact(Request()));
        Assert.Equal(("LimitExceededException", 429), (error.Code, error.StatusCode));

        _fixture.Connect.StopContact(Instance, first.ContactId);
        _fixture.Connect.StartChatContact(Request());
        Assert.Equal(2, _fixture.Connect.Statistics.ActiveChats);
    }

    public static TheoryData<string, ChatRequest> OutOfLimits => new()
    {
        { "no name", Request() with { DisplayName = "" } },
        { "long name", Request() with { DisplayName = new string('x', 257) } },
        { "no instance", Request() with { InstanceId = "" } },
        { "long instance", Request() with { InstanceId = new string('x', 101) } },
        { "long flow", Request() with { ContactFlowId = new string('x', 501) } },
        { "long token", Request(new string('x', 501)) },
        { "short duration", Request() with { ChatDurationInMinutes = 59 } },
        { "long duration", Request() with { ChatDurationInMinutes = 10_081 } },
        { "attribute key", Request() with { Attributes = new Dictionary<string, string> { ["a b"] = "v" } } },
        { "attribute size", Request() with { Attributes = new Dictionary<string, string> { ["a"] = new string('é', 16_384) } } },
        { "empty message", Request() with { InitialMessage = new InitialMessage("text/plain", "") } },
        { "long message", Request() with { InitialMessage = new InitialMessage("text/plain", new string('x', 1025)) } },
        { "message type", Request() with { InitialMessage = new InitialMessage("text/html", "m") } },
        { "content type", Request() with { SupportedMessagingContentTypes = ["text/plain", "text/html"] } },
    };

    [Theory]
    [MemberData(nameof(OutOfLimits), DisableDiscoveryEnumeration = true)]
    public void A_request_out_of_limits_is_refused(string limit, ChatRequest request)
    {
        Assert.NotEmpty(limit);
        Assert.Equal("InvalidParameterException", Refused(() => _fixture.Connect.StartChatContact(request)).Code);
        Assert.Empty(_fixture.Agents.Contacts);
    }

    [Fact]
    public void Plain_text_must_be_among_the_supported_content_types() => Assert.Equal(
        "InvalidRequestException",
        Refused(() => _fixture.Connect.StartChatContact(Request() with { SupportedMessagingContentTypes = ["text/markdown"] })).Code);

    [Fact]
    public void A_request_at_its_limits_is_accepted() => _fixture.Connect.StartChatContact(Request(new string('t', 500)) with
    {
        DisplayName = new string('x', 256),
        ChatDurationInMinutes = 10_080,
        Attributes = new Dictionary<string, string> { ["a-b_1"] = new string('x', 32_763) },
        InitialMessage = new InitialMessage("text/plain", new string('x', 1024)),
        SupportedMessagingContentTypes = ["text/plain", "text/markdown"],
    });
}
