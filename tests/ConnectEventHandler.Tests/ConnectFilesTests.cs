using Amazon.ConnectParticipant;
using Amazon.ConnectParticipant.Model;
using LocalAws;
using LocalAws.Connect;
using LocalAws.Faults;
using WhatsAppBuffer.ConnectEventHandler.Files;
using WhatsAppBuffer.ConnectEventHandler.Replies;

namespace ConnectEventHandler.Tests;

/// <summary>With Amazon's client, against the local cloud over HTTP.</summary>
public sealed class ConnectFilesTests : IAsyncLifetime
{
    private LocalCloud _cloud = null!;
    private ConnectFiles _files = null!;
    private StartedChat _chat = null!;
    private string _connection = "";
    private string _attachment = "";

    public async ValueTask InitializeAsync()
    {
        _cloud = await LocalCloud.StartAsync();
        _cloud.Connect.AddInstance("i-1", "f-1");
        _chat = _cloud.Connect.StartChatContact(new ChatRequest("i-1", "f-1", "Ada"));
        _cloud.Connect.AgentDesktop.SendAttachment(_chat.ContactId, "bill.pdf", "application/pdf", "%PDF"u8.ToArray());
        _attachment = _cloud.Connect.AgentDesktop.Transcript(_chat.ContactId).SelectMany(item => item.Attachments).Single().Id;
        var client = new AmazonConnectParticipantClient(new Amazon.Runtime.AnonymousAWSCredentials(), _cloud.ClientConfig<AmazonConnectParticipantConfig>());
        _connection = (await client.CreateParticipantConnectionAsync(
            new CreateParticipantConnectionRequest { ParticipantToken = _chat.ParticipantToken, Type = [ConnectionType.CONNECTION_CREDENTIALS], ConnectParticipant = true })).ConnectionCredentials.ConnectionToken;
        _files = new ConnectFiles(new Lazy<IAmazonConnectParticipant>(client));
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task A_file_can_be_read_where_it_says_by_anyone()
    {
        LocatedFile? found = await LocateAsync(new Credentials(_connection, null));

        using var http = new HttpClient();
        Assert.Equal("%PDF", await http.GetStringAsync(found!.Url, TestContext.Current.CancellationToken));
        Assert.Equal(4, found.Size);
    }

    [Fact]
    public async Task A_token_that_has_run_out_is_fetched_anew() => Assert.NotNull(await LocateAsync(new Credentials("run out", _chat.ParticipantToken)));

    [Fact]
    public async Task Of_a_chat_that_has_ended_nothing_is_given_out()
    {
        _cloud.Connect.AgentDesktop.EndChat(_chat.ContactId);

        Assert.Equal("AccessDeniedException", (await Assert.ThrowsAsync<FileRefusedException>(() => LocateAsync(new Credentials(_connection, _chat.ParticipantToken)))).ErrorCode);
    }

    [Fact]
    public async Task While_Connect_is_busy_it_does_not_say()
    {
        _cloud.Faults.Set(new FaultPlan { Rules = [new FaultRule { Service = "connectparticipant", Operation = "GetAttachment", Effect = FaultEffect.Throttle }] });

        Assert.Null(await LocateAsync(new Credentials(_connection, null)));
    }

    private Task<LocatedFile?> LocateAsync(Credentials credentials) => _files.LocateAsync(credentials, _attachment, TestContext.Current.CancellationToken);
}
