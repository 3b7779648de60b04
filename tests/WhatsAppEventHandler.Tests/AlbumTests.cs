using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

/// <summary>Files that follow each other are one message to the agent.</summary>
public class AlbumTests
{
    private const string Customer = "14157470265";
    private const string NoAlbums = """{"instance_id":"i-1","contact_flow_id":"f-1","join_media":"no"}""";
    private const string Albums = """{"instance_id":"i-1","contact_flow_id":"f-1"}""";

    private readonly CloudWorld _world = new();

    /// <summary>Texts of the table that no single message has.</summary>
    internal static string[] Counted { get; } = [nameof(Texts.Images), nameof(Texts.Videos), nameof(Texts.Recordings), nameof(Texts.Documents), nameof(Texts.Stickers), nameof(Texts.Files)];

    [Theory]
    [InlineData("image", "images")]
    [InlineData("video", "videos")]
    [InlineData("audio", "recordings")]
    [InlineData("document", "documents")]
    public void Files_without_a_name_or_a_caption_are_counted(string type, string kind)
    {
        _world.PutAndInvoke(Of(File(type), File(type), File(type)));

        Assert.Equal([$"[3 {kind}]"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void Of_files_that_say_more_each_has_a_line()
    {
        _world.PutAndInvoke(Of(
            File("image", "\"caption\":\"the receipt\\nfrom Monday\""), File("document", "\"filename\":\"a.pdf\""), File("video"), File("audio", "\"voice\":true")));

        Assert.Equal(["[4 files]\n[Image] the receipt\n  from Monday\n[Document: a.pdf]\n[Video]\n[Voice message]"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void Two_files_of_one_caption_keep_it()
    {
        _world.PutAndInvoke(Of(File("image", "\"caption\":\"look\""), File("image", "\"caption\":\"look\"")));

        Assert.Equal(["[2 images]\n[Image] look\n[Image] look"], _world.Connect.Single.Texts);
    }

    [Theory]
    [InlineData("es", "[2 imágenes]")]
    [InlineData("pt", "[2 imagens]")]
    public void In_the_agents_language(string language, string seen)
    {
        _world.SettingsJson = $$"""{"instance_id":"i-1","contact_flow_id":"f-1","language":"{{language}}"}""";

        _world.PutAndInvoke(Of(File("image"), File("image")));

        Assert.Equal([seen], _world.Connect.Single.Texts);
    }

    [Fact]
    public void Stickers_that_are_shown_are_files_too()
    {
        _world.SettingsJson = """{"instance_id":"i-1","contact_flow_id":"f-1","kinds":{"sticker":"call"}}""";

        _world.PutAndInvoke(Of(File("sticker"), File("sticker"), File("image")));

        Assert.Equal(["[3 files]\n[Sticker]\n[Sticker]\n[Image]"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void A_message_that_is_not_shown_parts_no_files()
    {
        _world.PutAndInvoke(Of(File("image"), Events.Message("""{"id":"r","type":"reaction","reaction":{"emoji":"👍"}}"""), File("image")));

        Assert.Equal(["[2 images]"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void A_text_between_two_files_parts_them()
    {
        _world.PutAndInvoke(Of(File("image"), Events.TextMessage("and", 2), File("image")));

        Assert.Equal(["[Image]", "and", "[Image]"], _world.Connect.Single.Texts);
    }

    [Theory]
    [InlineData("\"context\":{\"forwarded\":true}")]
    [InlineData("\"referral\":{\"headline\":\"Sale\"}")]
    public void A_file_with_a_context_of_its_own_joins_with_neither_neighbour(string context)
    {
        JsonElement own = Events.Message($$"""{"id":"own",{{context}},"type":"image","image":{"id":"1"} }""");

        _world.PutAndInvoke(Of(File("image"), File("image"), own, File("image")));

        Assert.Equal(["[2 images]", AgentText.Render(own, Texts.English), "[Image]"], _world.Connect.Single.Texts);
    }

    [Theory]
    [InlineData(300, 1)]
    [InlineData(301, 2)]
    public void Files_more_than_five_minutes_apart_stand_for_themselves(int seconds, int parts)
    {
        _world.PutAndInvoke(Of(File("image", at: 1_795_285_460), File("image", at: 1_795_285_460 + seconds)));

        Assert.Equal(parts, _world.Connect.Single.Texts.Count);
    }

    [Fact]
    public void In_a_group_only_files_of_one_writer_are_one_message()
    {
        JsonElement Of(string number) => Events.Message($$"""{"from":"group:g1","from_phone_number":"{{number}}","group_id":"g1","id":"w{{number}}","type":"image","image":{"id":"1"} }""");

        _world.PutAndInvoke(Events.Of(1, "group:g1", Of("1"), Of("1"), Of("2")));

        Assert.Equal(["1: [2 images]", "2: [Image]"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void Albums_can_be_switched_off()
    {
        _world.SettingsJson = NoAlbums;

        _world.PutAndInvoke(Of(File("image"), File("image")));

        Assert.Equal(["[Image]", "[Image]"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void A_long_album_is_cut_as_texts_are()
    {
        _world.Environment = _world.Environment with { MaxMessageCharacters = 20 };

        _world.PutAndInvoke(Of(File("image", "\"caption\":\"first\""), File("image", "\"caption\":\"second\"")));

        Assert.Equal(["[2 images]", "[Image] first", "[Image] second"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void An_album_that_comes_late_says_when_its_first_was_written()
    {
        _world.PutAndInvoke(Events.Text("seen", 30));
        AggregatedEvent album = Events.Of(31, Customer, File("image", at: 1_795_285_460), File("image", at: 1_795_285_520));

        _world.PutAndInvoke(album);

        Assert.Equal(["seen", "[Late: written 21 Nov 2026, 18:24 UTC]\n[2 images]"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void An_album_that_is_refused_is_put_aside_with_all_its_files_and_comes_back_as_the_same_album()
    {
        _world.Connect.Fail = (operation, text) => text.StartsWith("[2", StringComparison.Ordinal) ? FakeConnect.Refused(operation) : null;
        _world.PutAndInvoke(Of(Events.TextMessage("hi", 1), File("image", "\"caption\":\"a\""), File("image", "\"caption\":\"b\""), Events.TextMessage("bye", 2)));
        DeadLetter letter = Assert.Single(_world.DeadLetters);
        Assert.Equal(2, JsonSerializer.Deserialize<AggregatedEvent>(letter.Item.Event)!.Messages.Count);

        _world.Connect.Fail = (_, _) => null;
        Assert.Null(_world.Invoke(letter.Item.Event));
        Assert.Null(_world.Invoke(letter.Item.Event));

        Assert.Equal(["hi", "bye", "[2 images]\n[Image] a\n[Image] b"], _world.Connect.Single.Texts);
    }

    /// <summary>Settings are other ones when an interrupted delivery goes on: nothing that was sent is sent in another form.</summary>
    [Theory]
    [InlineData(Albums, NoAlbums)]
    [InlineData(NoAlbums, Albums)]
    public void What_was_sent_before_the_settings_changed_is_not_sent_again_and_the_rest_is(string before, string after)
    {
        AggregatedEvent value = Of([.. Enumerable.Range(0, 3).SelectMany(i => new[] { File("image", $"\"caption\":\"{i}a\""), File("image", $"\"caption\":\"{i}b\""), Events.TextMessage($"text {i}", 2 + i) })]);
        for (int stop = 1; stop < 9; stop++)
        {
            CloudWorld world = new() { SettingsJson = before };
            int sends = 0;
            world.Trouble = step => step == "SendMessage" && ++sends > stop ? Trouble.CrashBefore : Trouble.None;
            world.PutAndInvoke(value);
            world.Trouble = _ => Trouble.None;
            world.SettingsJson = after;

            Assert.Null(world.Invoke(value));

            Assert.Equal(["0a", "0b", "text 0", "1a", "1b", "text 1", "2a", "2b", "text 2"], SaidIn(world));
            Assert.Empty(world.Table.Outbox);
        }
    }

    /// <summary>As the version before left it: it made no albums, noted no place, and its fingerprint was of all parts.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_an_older_version_sent_is_not_sent_again_as_an_album(bool wordsHaveChanged)
    {
        AggregatedEvent value = Of([.. Enumerable.Range(0, 5).Select(i => File("image", $"\"caption\":\"{i}a\""))]);
        for (int done = 1; done < 5; done++)
        {
            CloudWorld world = new() { SettingsJson = NoAlbums };
            int sends = 0;
            world.Trouble = step => step == "SendMessage" && ++sends > done ? Trouble.CrashBefore : Trouble.None;
            world.PutAndInvoke(value);
            OutboxItem item = world.Table.Outbox.Values.Single();
            string rendering = Idempotency.Token([.. Enumerable.Range(0, 5).Select(i => $"[Image]\n{i}a{(wordsHaveChanged ? " in other words" : "")}")]);
            world.Table.Put(item with { Progress = new DeliveryProgress(done, rendering, null) });
            world.Trouble = _ => Trouble.None;
            world.SettingsJson = Albums;

            Assert.Null(world.Invoke(value));

            Assert.Equal(["0a", "1a", "2a", "3a", "4a"], SaidIn(world));
            Assert.Single(world.Connect.Contacts);
        }
    }

    private static IEnumerable<string> SaidIn(CloudWorld world) => world.Connect.Seen
        .SelectMany(text => text.Split('\n'))
        .Select(line => line.Replace("[Image]", "", StringComparison.Ordinal).Trim())
        .Where(line => line.Length > 0 && !line.StartsWith('['));

    private static AggregatedEvent Of(params JsonElement[] messages) => Events.Of(1, Customer, messages);

    private static JsonElement File(string type, string members = "\"sha256\":\"n9\"", long at = 1_795_285_462) =>
        Events.Message($$"""{"from":"{{Customer}}","id":"wamid.{{type}}","timestamp":"{{at}}","type":"{{type}}","{{type}}":{"id":"7",{{members}} } }""");
}
