using Amazon.Connect;
using LocalAws;
using LocalAws.Connect;
using LocalAws.Faults;
using WhatsAppBuffer.ConnectEventHandler.Agents;

namespace ConnectEventHandler.Tests;

/// <summary>With Amazon's client, against the local cloud over HTTP.</summary>
public sealed class ConnectAgentsTests : IAsyncLifetime
{
    private static readonly IReadOnlyDictionary<string, string> Words = new Dictionary<string, string> { ["en_US"] = "Not delivered" };

    private LocalCloud _cloud = null!;
    private ConnectAgents _agents = null!;
    private string _contact = "";

    public async ValueTask InitializeAsync()
    {
        _cloud = await LocalCloud.StartAsync();
        _cloud.Connect.AddInstance("i-1", "f-1");
        _contact = _cloud.Connect.StartChatContact(new ChatRequest("i-1", "f-1", "Ada")).ContactId;
        var client = new AmazonConnectClient(LocalCloud.Credentials, _cloud.ClientConfig<AmazonConnectConfig>());
        _agents = new ConnectAgents(new Lazy<IAmazonConnect>(client));
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task The_agent_who_has_the_contact_is_told_once()
    {
        TranscriptItem answer = _cloud.Connect.AgentDesktop.SendMessage(_contact, "Hi");

        Assert.Null(await TellAsync(_contact));
        Assert.Null(await TellAsync(_contact));

        AgentNotification told = Assert.Single(_cloud.Connect.AgentDesktop.AgentNotifications);
        Assert.Equal($"{_cloud.Account.Arn("connect", "instance/i-1")}/agent/{answer.Participant!.Id}", Assert.Single(told.Recipients));
        Assert.Equal(("Not delivered", "HIGH"), (told.Content["en_US"], told.Priority));
    }

    [Fact]
    public async Task Where_no_agent_has_joined_there_is_nobody_to_tell() => Assert.Equal("NoAgent", await TellAsync(_contact));

    [Fact]
    public async Task A_contact_that_Connect_does_not_know_is_a_reason() => Assert.Equal("DescribeContact: ResourceNotFoundException", await TellAsync("strange"));

    [Fact]
    public async Task While_Connect_is_busy_it_may_be_told_later()
    {
        _cloud.Faults.Set(new FaultPlan { Rules = [new FaultRule { Service = "connect", Operation = "DescribeContact", Effect = FaultEffect.Throttle }] });

        await Assert.ThrowsAsync<AgentsUnreachableException>(() => TellAsync(_contact));
    }

    private Task<string?> TellAsync(string contact) => _agents.TellAsync("i-1", contact, Words, "token", TestContext.Current.CancellationToken);
}
