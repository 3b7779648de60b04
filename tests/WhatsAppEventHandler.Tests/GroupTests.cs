using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

/// <summary>A group is a conversation of its own: each line says who wrote it, and nobody is answered in private.</summary>
public class GroupTests
{
    private static readonly JsonElement Ada = Events.Message("""{"profile":{"name":"Ada"},"wa_id":"1","user_id":"DE.1"}""");
    private static readonly JsonElement Bo = Events.Message("""{"profile":{"username":"bo.diaz"},"wa_id":"2"}""");

    private readonly CloudWorld _world = new();

    [Fact]
    public void Each_line_says_who_wrote_it()
    {
        _world.PutAndInvoke(Group([Ada, Bo], Text("1", "Hello\nis anybody there?"), Text("2", "Yes"), Text("3", "No")));

        Assert.Equal(["Ada: Hello\nAda: is anybody there?", "bo.diaz: Yes", "3: No"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void So_does_each_line_of_what_is_no_text()
    {
        _world.PutAndInvoke(Group([Ada], Message("1", """
            "context":{"forwarded":true},"type":"image","image":{"id":"7","caption":"look"}
            """)));

        Assert.Equal(["Ada: [Forwarded]\nAda: [Image]\nAda: look"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void A_writer_is_found_by_the_user_id_where_there_is_no_number_and_by_the_newest_name()
    {
        JsonElement renamed = Events.Message("""{"profile":{"name":"Ada L."},"user_id":"DE.1"}""");
        JsonElement message = Events.Message("""{"from":"group:g1","from_user_id":"DE.1","group_id":"g1","id":"w","type":"text","text":{"body":"hi"}}""");

        _world.PutAndInvoke(Group([Ada, renamed, Bo], message));

        Assert.Equal(["Ada L.: hi"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void A_name_is_short_and_on_one_line()
    {
        string name = "A\\nB" + new string('x', 300);

        _world.PutAndInvoke(Group([Events.Message($$$"""{"profile":{"name":"{{{name}}}"},"wa_id":"1"}""")], Text("1", "hi")));

        Assert.Equal($"A B{new string('x', 36)}…: hi", _world.Connect.Single.Texts.Single());
    }

    /// <summary>Names would make a text of many lines many times as long, and each message of the chat costs.</summary>
    [Fact]
    public void A_text_of_very_many_lines_does_not_become_many_times_as_long()
    {
        string text = string.Join('\n', Enumerable.Repeat("a", 2_000));

        _world.PutAndInvoke(Group([Ada], Text("1", text)));

        Assert.InRange(_world.Connect.Single.Texts.Count, 4, 5);
        Assert.Equal(20, _world.Connect.Seen.Sum(part => part.Split("Ada: ").Length - 1));
    }

    [Fact]
    public void No_line_far_below_looks_like_another_writers()
    {
        string text = string.Join('\n', [.. Enumerable.Repeat("a", 20), "Bo: I agree", "so it is"]);

        _world.PutAndInvoke(Group([Ada], Text("1", text)));

        Assert.EndsWith("\nAda: a\n    Bo: I agree\nso it is", _world.Connect.Single.Texts.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", 1, "Group: Ada")]
    [InlineData("es", 2, "Grupo: Ada, bo.diaz")]
    [InlineData("pt", 4, "Grupo: Ada, bo.diaz, 3, …")]
    public void The_chat_is_named_after_those_who_write(string language, int writers, string name)
    {
        _world.SettingsJson = $$"""{"instance_id":"i-1","contact_flow_id":"f-1","language":"{{language}}"}""";

        _world.PutAndInvoke(Group([Ada, Bo], [.. Enumerable.Range(1, writers).Select(number => Text($"{number}", "hi"))]));

        Assert.Equal(name, _world.Connect.Single.Start.Customer.Name);
    }

    [Fact]
    public void Courtesies_go_to_the_group()
    {
        _world.SettingsJson = """{"instance_id":"i-1","contact_flow_id":"f-1","courtesies":"all"}""";
        _world.PutAndInvoke(Group([Ada], Text("1", "hi")));

        Assert.Equal(
            [
                """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.hi"}""",
                """{"messaging_product":"whatsapp","recipient_type":"group","to":"g1","type":"reaction","reaction":{"message_id":"wamid.hi","emoji":"👀"}}""",
                """{"messaging_product":"whatsapp","recipient_type":"group","to":"g1","type":"reaction","reaction":{"message_id":"wamid.hi","emoji":"✅"}}""",
            ],
            _world.WhatsAppSends.Select(send => send.GetRawText()));
    }

    /// <summary>An older version may have put words of a group beside private ones.</summary>
    [Fact]
    public void Beside_private_words_those_of_the_group_are_signed_and_each_is_answered_where_it_was_written()
    {
        JsonElement signed = Events.Message("""{"from":"1","from_phone_number":"1","group_id":"g1","id":"wamid.g","type":"text","text":{"body":"hello all"}}""");
        AggregatedEvent value = Events.Of(1, "1", Events.TextMessage("in private", 1, "1"), signed);

        _world.SettingsJson = """{"instance_id":"i-1","contact_flow_id":"f-1","courtesies":"all"}""";
        _world.PutAndInvoke(value with { Contacts = [Ada] });

        Assert.Equal(["in private", "Ada: hello all"], _world.Connect.Single.Texts);
        Assert.Equal("Ada", _world.Connect.Single.Start.Customer.Name);
        Assert.Equal("g1", _world.WhatsAppSends[1].GetProperty("to").GetString());
    }

    private static AggregatedEvent Group(JsonElement[] contacts, params JsonElement[] messages) => Events.Of(1, "group:g1", messages) with { Contacts = contacts };

    private static JsonElement Text(string number, string body) => Message(number, $$"""
        "type":"text","text":{"body":{{JsonSerializer.Serialize(body)}} }
        """);

    private static JsonElement Message(string number, string members) =>
        Events.Message($$"""{"from":"group:g1","from_phone_number":"{{number}}","group_id":"g1","id":"wamid.hi",{{members}} }""");
}
