using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Media;
using WhatsAppBuffer.WhatsAppEventHandler.Release;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

/// <summary>Files stand among the texts as attachments; what cannot be attached is said in words, and holds up nothing.</summary>
public class FileTests
{
    private const string Customer = "14157470265";

    private readonly CloudWorld _world = new();

    /// <summary>Texts of the table that only a line in place of a file has.</summary>
    internal static string[] Reasons { get; } =
        [nameof(Texts.FileFollows), nameof(Texts.FileGone), nameof(Texts.FileNotFetched), nameof(Texts.FileNotAttached), nameof(Texts.TooManyFiles)];

    public FileTests() => _world.Environment = _world.Environment with { MediaBucket = "media" };

    [Fact]
    public void A_file_stands_in_its_place_and_its_caption_beside_it()
    {
        _world.PutAndInvoke(Of(Text("before"), File("image", "\"id\":\"M1\",\"caption\":\"the receipt\",\"mime_type\":\"image/jpeg\""), Text("after")));

        Assert.Equal(["before", "Image 18-00.jpg", "the receipt", "after"], _world.Connect.Single.Texts);
        Assert.Equal(["M1"], _world.Media.Fetched);
        Assert.Empty(_world.Table.Outbox);
    }

    [Fact]
    public void A_file_is_fetched_while_its_customer_still_writes()
    {
        AggregatedEvent value = Of(File("image", "\"id\":\"M1\",\"mime_type\":\"image/png\""));
        value.Aggregation!.Received = [_world.Clock.GetUtcNow().ToString("O")];

        Exception? outcome = _world.PutAndInvoke(value);

        Assert.IsType<LookAgainException>(outcome);
        Assert.Equal(["M1"], _world.Media.Fetched);
        Assert.Empty(_world.Connect.Contacts);
        Assert.Single(_world.Table.Outbox);
    }

    [Fact]
    public void Files_that_follow_each_other_are_an_attachment_each()
    {
        _world.PutAndInvoke(Of(File("image", "\"id\":\"M1\",\"mime_type\":\"image/png\""), File("document", "\"id\":\"M2\",\"filename\":\"a.pdf\""), File("video", "\"id\":\"M3\",\"mime_type\":\"video/mp4\"")));

        Assert.Equal(["Image 18-00.png", "a.pdf", "Video 18-00.mp4"], _world.Connect.Single.Texts);
    }

    [Theory]
    [InlineData("\"voice\":true", "Voice message 18-00.wav")]
    [InlineData("\"filename\":\"song.ogg\"", "song.wav")]
    public void A_voice_note_is_called_what_it_becomes(string members, string name)
    {
        _world.PutAndInvoke(Of(File("audio", $"\"id\":\"M1\",\"mime_type\":\"audio/ogg; codecs=opus\",{members}")));

        Assert.Equal([name], _world.Connect.Single.Texts);
    }

    [Theory]
    [InlineData("\"filename\":\"../../etc/passwd\",\"mime_type\":\"application/pdf\"", "Document 18-00.pdf")]
    [InlineData("\"filename\":\"in\\u202evoice\\u0000.pdf\"", "invoice.pdf")]
    [InlineData("\"filename\":\"   \",\"mime_type\":\"text/plain; charset=utf-8\"", "Document 18-00.txt")]
    [InlineData("\"filename\":\"photo.HEIC\"", "photo.HEIC")]
    [InlineData("\"filename\":7,\"mime_type\":[]", "7")]
    public void Whatever_a_file_is_called_its_attachment_has_a_name(string members, string name)
    {
        _world.PutAndInvoke(Of(File("document", $"\"id\":\"M1\",{members}")));

        Assert.Equal([name], _world.Connect.Single.Texts);
    }

    [Fact]
    public void What_was_fetched_before_is_not_fetched_again()
    {
        AggregatedEvent value = Of(File("image", "\"id\":\"M1\""));
        _world.Trouble = step => step == "StartAttachmentUpload" ? Trouble.CrashBefore : Trouble.None;
        Assert.NotNull(_world.PutAndInvoke(value));
        _world.Trouble = _ => Trouble.None;
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(_world.Invoke(value));

        Assert.Equal(["Image 18-00"], _world.Connect.Single.Texts);
        Assert.Equal(["M1"], _world.Media.Fetched);
    }

    [Fact]
    public void A_file_that_comes_too_late_leaves_a_line_and_follows()
    {
        _world.FetchTime = _ => TimeSpan.FromSeconds(30);

        Assert.Null(_world.PutAndInvoke(Of(Text("before"), File("image", "\"id\":\"M1\",\"caption\":\"look\""), Text("after"))));

        Assert.Equal(["before", "[Image – follows]", "look", "after", "Image 18-00"], _world.Connect.Single.Texts);
        Assert.Equal(["M1"], _world.Media.Fetched);
        Assert.Empty(_world.Table.Outbox);
    }

    /// <summary>Two invocations at once: the one that was slow to fetch goes on when the other has died with the file in the chat.</summary>
    [Fact]
    public void A_file_that_is_in_the_chat_already_does_not_follow()
    {
        AggregatedEvent value = Of(Text("before"), File("image", "\"id\":\"M1\""), Text("after"));
        _world.Put(value);
        _world.FetchTime = _ => TimeSpan.FromMinutes(5);
        _world.InvokeAsync(value, TimeSpan.Zero);
        _world.After(TimeSpan.FromSeconds(1), () => _world.FetchTime = _ => TimeSpan.FromSeconds(1));
        bool hasDied = false;
        _world.Trouble = step => step == "CompleteAttachmentUpload" && !hasDied && (hasDied = true) ? Trouble.CrashAfter : Trouble.None;
        _world.InvokeAsync(value, TimeSpan.FromSeconds(2), attempts: 1);

        _world.Settle();

        Assert.True(hasDied);
        Assert.Equal(["before", "Image 18-00", "after"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void What_comes_meanwhile_does_not_wait_for_a_late_file()
    {
        _world.SettingsJson = """{"instance_id":"i-1","contact_flow_id":"f-1","file_wait_seconds":5,"late_marker":"no"}""";
        _world.FetchTime = _ => TimeSpan.FromSeconds(40);
        AggregatedEvent first = Of(File("image", "\"id\":\"M1\""));
        _world.Put(first);
        _world.InvokeAsync(first, TimeSpan.Zero);
        AggregatedEvent second = Events.Text("and this?", 2, Customer);
        _world.After(TimeSpan.FromSeconds(10), () => _world.Put(second));
        _world.InvokeAsync(second, TimeSpan.FromSeconds(10));

        Assert.Empty(_world.Settle());

        Assert.Equal(["[Image – follows]", "and this?", "Image 18-00"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void A_file_that_takes_longer_than_an_invocation_comes_with_a_later_one()
    {
        _world.FetchTime = _ => TimeSpan.FromMinutes(5);
        AggregatedEvent value = Of(Text("hello"), File("video", "\"id\":\"M1\""));
        _world.Put(value);
        _world.After(TimeSpan.FromSeconds(70), () => _world.FetchTime = _ => TimeSpan.FromSeconds(1));
        _world.InvokeAsync(value, TimeSpan.Zero);

        Assert.Empty(_world.Settle());

        Assert.Equal(["hello", "[Video – follows]", "Video 18-00"], _world.Connect.Single.Texts);
        Assert.Empty(_world.Table.Outbox);
    }

    [Fact]
    public void What_WhatsApp_no_longer_has_is_a_line()
    {
        _world.Media.Fail = _ => FakeMedia.Gone();

        Assert.Null(_world.PutAndInvoke(Of(File("document", "\"id\":\"M1\",\"filename\":\"a.pdf\""), Text("did you get it?"))));

        Assert.Equal(["[Document – WhatsApp no longer has it: a.pdf]", "did you get it?"], _world.Connect.Single.Texts);
    }

    [Theory]
    [InlineData("\"id\":\"../M1\"")]
    [InlineData("\"id\":\"\"")]
    [InlineData("\"id\":{}")]
    public void A_media_id_that_is_none_is_a_line(string members)
    {
        Assert.Null(_world.PutAndInvoke(Of(File("image", members))));

        Assert.Equal(["[Image – cannot be fetched]"], _world.Connect.Single.Texts);
        Assert.Empty(_world.Media.Fetched);
    }

    [Theory]
    [InlineData("StartAttachmentUpload", "ValidationException", "[Audio – cannot be shown here]")]
    [InlineData("StartAttachmentUpload", "ServiceQuotaExceededException", "[Audio – this chat takes no more files]")]
    [InlineData("PutAttachment", "403", "[Audio – cannot be shown here]")]
    [InlineData("CompleteAttachmentUpload", "ValidationException", "[Audio – cannot be shown here]")]
    public void What_Connect_refuses_is_a_line_and_the_others_are_attached(string operation, string errorCode, string line)
    {
        _world.Connect.Fail = (asked, name) => asked == operation && name.StartsWith("Audio", StringComparison.Ordinal) ? new ConnectException(ConnectFailure.Refused, asked, errorCode, "refused") : null;

        Assert.Null(_world.PutAndInvoke(Of(File("audio", "\"id\":\"M1\""), File("document", "\"id\":\"M2\",\"filename\":\"a.pdf\""))));

        Assert.Equal([line, "a.pdf"], _world.Connect.Single.Texts);
        Assert.Empty(_world.DeadLetters);
    }

    [Fact]
    public void An_instance_that_takes_no_files_costs_the_texts_nothing()
    {
        _world.Connect.Fail = (operation, _) => operation == "StartAttachmentUpload" ? FakeConnect.Denied(operation) : null;

        Assert.Null(_world.PutAndInvoke(Of(Text("before"), File("image", "\"id\":\"M1\""), Text("after"))));

        Assert.Equal(["before", "[Image – cannot be shown here]", "after"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void Throttled_is_not_refused()
    {
        int times = 3;
        _world.Connect.Fail = (operation, _) => operation == "StartAttachmentUpload" && times-- > 0 ? FakeConnect.Throttled(operation) : null;

        Assert.Null(_world.PutAndInvoke(Of(File("image", "\"id\":\"M1\""))));

        Assert.Equal(["Image 18-00"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void A_file_whose_bytes_never_arrive_is_a_line()
    {
        _world.Connect.Fail = (operation, _) => operation == AmazonConnect.PutAttachment ? FakeConnect.Throttled(operation) : null;

        Assert.Null(_world.PutAndInvoke(Of(File("image", "\"id\":\"M1\""), Text("after"))));

        Assert.Equal(["[Image – cannot be shown here]", "after"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void A_file_that_has_not_come_in_a_day_is_not_waited_for_any_more()
    {
        _world.FetchTime = _ => TimeSpan.FromDays(7);
        AggregatedEvent value = Of(File("image", "\"id\":\"M1\""));
        Assert.NotNull(_world.PutAndInvoke(value));
        _world.Clock.Advance(TimeSpan.FromHours(25));

        Assert.Null(_world.Invoke(value));

        Assert.Equal(["[Image – follows]", "[Image – cannot be fetched]"], _world.Connect.Single.Texts);
        Assert.Empty(_world.Table.Outbox);
    }

    [Fact]
    public void A_file_in_a_chat_that_has_ended_opens_the_next()
    {
        _world.PutAndInvoke(Events.Text("hello", 1, Customer));
        _world.Connect.Single.Ended = true;

        Assert.Null(_world.PutAndInvoke(Of(File("image", "\"id\":\"M1\""))));

        Assert.Equal(["hello", "Image 18-00"], _world.Connect.Seen);
        Assert.Equal(2, _world.Connect.Contacts.Count);
    }

    [Fact]
    public void Stickers_stay_a_line()
    {
        _world.SettingsJson = """{"instance_id":"i-1","contact_flow_id":"f-1","ignore_stickers":"no"}""";

        _world.PutAndInvoke(Of(Text("hello"), File("sticker", "\"id\":\"M1\",\"mime_type\":\"image/webp\""), File("sticker", "\"id\":\"M2\",\"mime_type\":\"image/webp\"")));

        Assert.Equal(["hello", "[2 stickers]"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void Who_does_not_want_files_reads_of_them()
    {
        _world.SettingsJson = """{"instance_id":"i-1","contact_flow_id":"f-1","attach_files":"no"}""";

        _world.PutAndInvoke(Of(File("image", "\"id\":\"M1\""), File("image", "\"id\":\"M2\"")));

        Assert.Equal(["[2 images]"], _world.Connect.Single.Texts);
        Assert.Empty(_world.Media.Fetched);
    }

    [Fact]
    public void A_media_id_is_never_shown()
    {
        _world.Media.Fail = mediaId => mediaId == "M2" ? FakeMedia.Gone() : null;

        _world.PutAndInvoke(Of(File("image", "\"id\":\"M1\""), File("image", "\"id\":\"M2\",\"caption\":\"x\"")));

        Assert.DoesNotContain(_world.Connect.Seen, text => text.Contains("M1", StringComparison.Ordinal) || text.Contains("M2", StringComparison.Ordinal));
    }

    [Fact]
    public void Whatever_Connect_says_of_a_file_is_a_meaning()
    {
        Assert.Equal(ConnectFailure.Refused, ConnectFailures.Of("StartAttachmentUpload", "ServiceQuotaExceededException", (System.Net.HttpStatusCode)402));
        Assert.Equal(ConnectFailure.Denied, ConnectFailures.Of("StartAttachmentUpload", "AccessDeniedException", System.Net.HttpStatusCode.Forbidden));
        Assert.Equal(ConnectFailure.Transient, ConnectFailures.Of("StartAttachmentUpload", "ThrottlingException", System.Net.HttpStatusCode.TooManyRequests));
        Assert.Equal(ConnectFailure.Refused, ConnectFailures.Of("CompleteAttachmentUpload", "Whatever", System.Net.HttpStatusCode.NotFound));
        Assert.Equal(FileWords.Gone, AmazonMedia.WordsFor("GetWhatsAppMessageMedia", "ResourceNotFoundException"));
        Assert.Null(AmazonMedia.WordsFor("GetWhatsAppMessageMedia", "ThrottledRequestException"));
        Assert.Null(AmazonMedia.WordsFor("ListObjectsV2", "AccessDenied"));
    }

    private static AggregatedEvent Of(params string[] messages)
    {
        AggregatedEvent value = Events.Text("", 1, Customer);
        JsonElement[] elements = [.. messages.Select((message, i) => JsonDocument.Parse(message.Replace("$", $"{i}", StringComparison.Ordinal)).RootElement.Clone())];
        return value with { Messages = elements };
    }

    private static string Text(string body) => $$$"""{"from":"{{{Customer}}}","id":"wamid.$","timestamp":"1795370400","type":"text","text":{"body":"{{{body}}}"}}""";

    private static string File(string type, string members) =>
        $$$"""{"from":"{{{Customer}}}","id":"wamid.$","timestamp":"1795370400","type":"{{{type}}}","{{{type}}}":{{{{members}}}}}""";
}
