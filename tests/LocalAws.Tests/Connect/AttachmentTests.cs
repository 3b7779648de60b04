using System.Net;
using System.Text.Json;
using Amazon.ConnectParticipant;
using Amazon.ConnectParticipant.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Connect;
using LocalAws.Connect.Attachments;
using LocalAws.ConnectParticipant;
using LocalAws.S3;
using Cloud = LocalAws.LocalCloud;
using static LocalAws.Tests.Connect.ConnectFixture;

namespace LocalAws.Tests.Connect;

/// <summary>Files in chats: the SDK's client announces and completes them, plain HTTP uploads and downloads them.</summary>
public sealed class AttachmentTests : IAsyncDisposable
{
    private static readonly byte[] Photo = [0x89, 0x50, 0x4e, 0x47];

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 18, 25, 0, TimeSpan.Zero));
    private readonly HttpClient _http = new();
    private Cloud _cloud = null!;
    private AmazonConnectParticipantClient _participant = null!;
    private string _contact = "";
    private string _token = "";

    [Fact]
    public async Task A_file_is_announced_uploaded_completed_and_seen_by_the_agent()
    {
        await StartAsync();

        string id = await SendAsync("photo 1.png");

        TranscriptItem item = _cloud.Connect.AgentDesktop.Transcript(_contact)[^1];
        Assert.Equal(("ATTACHMENT", null, "CUSTOMER"), (item.Type, item.Content, item.Participant!.Role));
        Assert.Equal([new ChatAttachment(id, "photo 1.png", "image/png", "APPROVED")], item.Attachments);
        Assert.Equal(Photo, _cloud.Connect.AgentDesktop.ReadAttachment(id)!.Value);
    }

    [Fact]
    public async Task Where_an_instance_takes_no_files_neither_side_can_attach_one()
    {
        await StartAsync();
        _cloud.Connect.SetAttachments(Instance, areEnabled: false);

        Assert.Equal("AccessDeniedException", (await Assert.ThrowsAsync<AccessDeniedException>(() => SendAsync("photo.png"))).ErrorCode);
        Assert.Throws<LocalAws.Endpoint.AwsException>(() => _cloud.Connect.AgentDesktop.SendAttachment(_contact, "photo.png", "image/png", Photo));

        _cloud.Connect.SetAttachments(Instance, areEnabled: true);
        await SendAsync("photo.png");
    }

    [Fact]
    public async Task Files_are_counted_as_the_chat_messages_that_they_are()
    {
        await StartAsync();

        await SendAsync("photo.png");
        _cloud.Connect.AgentDesktop.SendAttachment(_contact, "photo.png", "image/png", Photo);

        Assert.Equal((1, 1), (_cloud.Connect.Statistics.MessagesIn, _cloud.Connect.Statistics.MessagesOut));
    }

    [Fact]
    public async Task The_transcript_shows_it_in_the_form_of_Connect()
    {
        await StartAsync();
        string id = await SendAsync("photo.png");

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_cloud.Uri, "/participant/transcript")) { Content = new StringContent("{\"MaxResults\": 1}") };
        request.Headers.Add("X-Amz-Bearer", _token);
        using HttpResponseMessage response = await _http.SendAsync(request);
        JsonElement item = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("Transcript")[0];

        Assert.Equal("ATTACHMENT", item.GetProperty("Type").GetString());
        Assert.False(item.TryGetProperty("ContentType", out _));
        Assert.Equal(
            $$"""[{"ContentType":"image/png","AttachmentId":"{{id}}","AttachmentName":"photo.png","Status":"APPROVED"}]""", item.GetProperty("Attachments").GetRawText());
    }

    [Fact]
    public async Task The_customer_downloads_what_the_agent_sends_until_the_URL_expires()
    {
        await StartAsync();
        _cloud.Connect.AgentDesktop.SendAttachment(_contact, "terms.pdf", "application/pdf", Photo);
        string id = _cloud.Connect.AgentDesktop.Transcript(_contact)[^1].Attachments[0].Id;

        GetAttachmentResponse download = await _participant.GetAttachmentAsync(
            new GetAttachmentRequest { ConnectionToken = _token, AttachmentId = id, UrlExpiryInSeconds = 60 });

        Assert.Equal((4, "2026-11-22T18:26:00.000Z"), (download.AttachmentSizeInBytes, download.UrlExpiry));
        Assert.Equal(Photo, await _http.GetByteArrayAsync(new Uri(download.Url)));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.Forbidden, (await _http.GetAsync(new Uri(download.Url))).StatusCode);
    }

    [Theory]
    [InlineData(true, "APPROVED")]
    [InlineData(false, "REJECTED")]
    public async Task A_scanned_file_is_in_progress_until_the_scan_is_over(bool isClean, string verdict)
    {
        await StartAsync(new ConnectOptions { AttachmentScan = new AttachmentScan(TimeSpan.FromSeconds(30), (_, _) => isClean) });
        string topic = _cloud.Sns.CreateTopic("whatsapp_out");
        _cloud.Sqs.CreateQueue("streamed");
        _cloud.Sns.Subscribe(topic, "sqs", _cloud.Account.Arn("sqs", "streamed"), new Dictionary<string, string> { ["RawMessageDelivery"] = "true" });
        _cloud.Connect.StartContactStreaming(Instance, _contact, topic, "t");

        string id = await SendAsync("photo.png");

        Assert.Equal("IN_PROGRESS", Status());
        await Assert.ThrowsAsync<ValidationException>(() => GetAsync(id));
        await Eventually.IsTrueAsync(() => Status() == verdict, "the scan is over", meanwhile: () => _time.Advance(TimeSpan.FromSeconds(1)));
        await Eventually.IsTrueAsync(() => _cloud.Sqs.Peek("streamed").Count == 2, "both states are streamed");
        JsonElement[] streamed = [.. _cloud.Sqs.Peek("streamed").Select(message => JsonDocument.Parse(message.Body).RootElement)];
        Assert.Equal([$"{id} IN_PROGRESS", $"{id} {verdict}"], streamed.Select(StreamedStatus));
        Assert.Single(streamed.Select(item => item.GetProperty("Id").GetString()).Distinct());
        if (isClean)
        {
            Assert.NotNull((await GetAsync(id)).Url);
        }
        else
        {
            await Assert.ThrowsAsync<ValidationException>(() => GetAsync(id));
        }
    }

    [Fact]
    public async Task Twenty_megabytes_are_the_most()
    {
        await StartAsync();

        await AnnounceAsync("most.pdf", size: 20 * 1024 * 1024);

        await Assert.ThrowsAsync<ValidationException>(() => AnnounceAsync("more.pdf", size: (20 * 1024 * 1024) + 1));
        await Assert.ThrowsAsync<ValidationException>(() => AnnounceAsync("none.pdf", size: 0));
    }

    [Theory]
    [InlineData("voice.ogg")]
    [InlineData("sticker.webp")]
    [InlineData("noextension")]
    public async Task A_file_type_that_Connect_does_not_take_is_refused(string name)
    {
        await StartAsync();

        var error = await Assert.ThrowsAsync<ValidationException>(() => AnnounceAsync(name));

        Assert.Contains(".pdf", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chat_takes_thirty_five_attachments()
    {
        await StartAsync();
        for (int i = 0; i < 35; i++)
        {
            await AnnounceAsync("photo.png");
        }

        var error = await Assert.ThrowsAsync<ServiceQuotaExceededException>(() => AnnounceAsync("photo.png"));

        Assert.Equal(402, (int)error.StatusCode);
    }

    [Fact]
    public async Task What_is_uploaded_must_be_what_was_announced()
    {
        await StartAsync();
        StartAttachmentUploadResponse upload = await AnnounceAsync("photo.png");

        Assert.Equal(HttpStatusCode.Forbidden, await UploadAsync(upload, [.. Photo, 0]));
        await Assert.ThrowsAsync<ValidationException>(() => CompleteAsync(upload.AttachmentId, "c"));
        Assert.Equal(HttpStatusCode.OK, await UploadAsync(upload, Photo));
        await CompleteAsync(upload.AttachmentId, "c");
    }

    [Fact]
    public async Task Repeats_with_the_same_client_token_change_nothing_and_others_conflict()
    {
        await StartAsync();
        StartAttachmentUploadResponse upload = await AnnounceAsync("photo.png", clientToken: "s");
        Assert.Equal(upload.AttachmentId, (await AnnounceAsync("photo.png", clientToken: "s")).AttachmentId);
        await UploadAsync(upload, Photo);

        await CompleteAsync(upload.AttachmentId, "c");
        await CompleteAsync(upload.AttachmentId, "c");

        Assert.Equal(409, (int)(await Assert.ThrowsAsync<ConflictException>(() => CompleteAsync(upload.AttachmentId, "other"))).StatusCode);
        Assert.Single(_cloud.Connect.AgentDesktop.Transcript(_contact), item => item.Type == "ATTACHMENT");
    }

    [Fact]
    public async Task Another_chats_attachment_is_none_of_ours_and_an_ended_chat_takes_none()
    {
        await StartAsync();
        string id = await SendAsync("photo.png");
        StartAttachmentUploadResponse pending = await AnnounceAsync("photo.png");
        (string contact, string token) = (_contact, _token);
        Connect();

        await Assert.ThrowsAsync<ValidationException>(() => GetAsync(id));
        _cloud.Connect.AgentDesktop.EndChat(contact);
        _token = token;
        await Assert.ThrowsAsync<AccessDeniedException>(() => CompleteAsync(pending.AttachmentId, "c"));
    }

    [Fact]
    public async Task Attachments_are_forgotten_with_their_chat()
    {
        await StartAsync(new ConnectOptions { RememberedContacts = 1 });
        string first = await SendAsync("photo.png");
        StartAttachmentUploadResponse announced = await AnnounceAsync("photo.png");
        await UploadAsync(announced, Photo);
        _cloud.Connect.AgentDesktop.EndChat(_contact);
        Connect();
        string second = await SendAsync("photo.png");

        _cloud.Connect.AgentDesktop.EndChat(_contact);

        Assert.Null(_cloud.Connect.AgentDesktop.ReadAttachment(first));
        Assert.NotNull(_cloud.Connect.AgentDesktop.ReadAttachment(second));
        Assert.Single(_cloud.S3.ListObjects(AttachmentStore.Bucket, new ObjectListing()).Contents);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _participant.Dispose();
        await _cloud.DisposeAsync();
    }

    private async Task StartAsync(ConnectOptions? options = null)
    {
        _cloud = await Cloud.StartAsync(new LocalCloudOptions { Clock = _time, Connect = options ?? new ConnectOptions() });
        _cloud.Connect.AddInstance(Instance, Flow);
        _participant = new AmazonConnectParticipantClient(new AnonymousAWSCredentials(), _cloud.ClientConfig<AmazonConnectParticipantConfig>());
        Connect();
    }

    private void Connect()
    {
        var participant = new ParticipantEngine(_cloud.Connect);
        StartedChat chat = _cloud.Connect.StartChatContact(Request());
        _contact = chat.ContactId;
        _token = participant.CreateParticipantConnection(chat.ParticipantToken, withCredentials: true, connectParticipant: true)!.Value.Token;
    }

    private async Task<string> SendAsync(string name)
    {
        StartAttachmentUploadResponse upload = await AnnounceAsync(name);
        Assert.Equal(HttpStatusCode.OK, await UploadAsync(upload, Photo));
        await CompleteAsync(upload.AttachmentId, "c");
        return upload.AttachmentId;
    }

    private Task<StartAttachmentUploadResponse> AnnounceAsync(string name, long size = 4, string? clientToken = null) => _participant.StartAttachmentUploadAsync(
        new StartAttachmentUploadRequest
        {
            ConnectionToken = _token,
            AttachmentName = name,
            ContentType = "image/png",
            AttachmentSizeInBytes = size,
            ClientToken = clientToken ?? Guid.NewGuid().ToString(),
        });

    private async Task<HttpStatusCode> UploadAsync(StartAttachmentUploadResponse upload, byte[] content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, upload.UploadMetadata.Url) { Content = new ByteArrayContent(content) };
        foreach ((string name, string value) in upload.UploadMetadata.HeadersToInclude)
        {
            _ = name == "Content-Length" || request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    private Task CompleteAsync(string id, string clientToken) => _participant.CompleteAttachmentUploadAsync(
        new CompleteAttachmentUploadRequest { ConnectionToken = _token, AttachmentIds = [id], ClientToken = clientToken });

    private Task<GetAttachmentResponse> GetAsync(string id) =>
        _participant.GetAttachmentAsync(new GetAttachmentRequest { ConnectionToken = _token, AttachmentId = id });

    private string Status() => _cloud.Connect.AgentDesktop.Transcript(_contact)[^1].Attachments[0].Status;

    private static string StreamedStatus(JsonElement item)
    {
        JsonElement attachment = item.GetProperty("Attachments")[0];
        return $"{attachment.GetProperty("AttachmentId").GetString()} {attachment.GetProperty("Status").GetString()}";
    }
}
