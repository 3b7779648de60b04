using WhatsAppBuffer.WhatsAppEventHandler.Rendering;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests.Rendering;

/// <summary>What a message refers to is shown by its first words, never by an id, whatever stands in <c>refers_to</c>.</summary>
public class ReferenceTextTests
{
    /// <summary>Texts of the table that each say one kind of message without words.</summary>
    public static IEnumerable<string> Kinds =>
        [nameof(Texts.AVideo), nameof(Texts.ARecording), nameof(Texts.ADocument), nameof(Texts.ASticker), nameof(Texts.ALocation), nameof(Texts.AContact), nameof(Texts.AnOrder)];

    [Theory]
    [InlineData("image", "an image", "una imagen", "uma imagem")]
    [InlineData("video", "a video", "un vídeo", "um vídeo")]
    [InlineData("audio", "a recording", "un audio", "um áudio")]
    [InlineData("document", "a document", "un documento", "um documento")]
    [InlineData("sticker", "a sticker", "un sticker", "uma figurinha")]
    [InlineData("location", "a location", "una ubicación", "uma localização")]
    [InlineData("contacts", "a contact", "un contacto", "um contato")]
    [InlineData("order", "an order", "un pedido", "um pedido")]
    [InlineData("text", "a message", "un mensaje", "uma mensagem")]
    [InlineData("hologram", "a message", "un mensaje", "uma mensagem")]
    public void Without_words_it_is_named_by_its_kind(string type, string english, string spanish, string portuguese)
    {
        string revoke = $$$"""{"type":"revoke","revoke":{"original_message_id":"wamid.2"},"refers_to":{"type":"{{{type}}}","text":" \u200b"}}""";
        string reply = $$$"""{"type":"text","text":{"body":"yes"},"context":{"id":"wamid.2"},"refers_to":{"type":"{{{type}}}"}}""";

        Assert.Equal([$"[Deleted {english}]", $"[Eliminó {spanish}]", $"[Apagou {portuguese}]"], Texts.Languages.Values.Select(texts => AgentText.Render(Events.Message(revoke), texts)));
        Assert.Equal(
            [$"[In reply to {english}]\nyes", $"[En respuesta a {spanish}]\nyes", $"[Em resposta a {portuguese}]\nyes"],
            Texts.Languages.Values.Select(texts => AgentText.Render(Events.Message(reply), texts)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("[{\"type\":\"text\",\"text\":\"hi\"}]")]
    [InlineData("{}")]
    [InlineData("{\"text\":\"hi\"}")]
    [InlineData("{\"type\":null,\"text\":\"hi\"}")]
    [InlineData("{\"type\":{\"type\":\"text\"},\"text\":\"hi\"}")]
    [InlineData("{\"type\":[[[[[[[[[[[[[[]]]]]]]]]]]]]],\"text\":\"hi\"}")]
    public void What_is_no_reference_is_as_if_it_were_not_there(string reference)
    {
        Assert.Equal("[In reply to a message of ours]\nyes", Render($$$"""{"type":"text","text":{"body":"yes"},"from":"1555","context":{"id":"wamid.2","from":"5622"},"refers_to":{{{reference}}}}"""));
        Assert.Equal("[Reaction 👍]", Render($$$"""{"type":"reaction","reaction":{"emoji":"👍"},"refers_to":{{{reference}}}}"""));
        Assert.Equal("[Reaction removed]", Render($$$"""{"type":"reaction","reaction":{"emoji":""},"refers_to":{{{reference}}}}"""));
        Assert.Equal("[Edited a message]\nnew", Render($$$"""{"refers_to":{{{reference}}},"type":"edit","edit":{"message":{"type":"text","text":{"body":"new"} } } }"""));
        Assert.Equal("[Deleted a message]", Render($$$"""{"type":"revoke","refers_to":{{{reference}}}}"""));
        Assert.Equal("[Message of another kind: hologram]", Render($$$"""{"type":"hologram","refers_to":{{{reference}}}}"""));
    }

    [Theory]
    [InlineData("say \\\"no\\\"] [Late", "\"say 'no'] [Late\"")]
    [InlineData("one\\n[Deleted a message]\\r\\ntwo\\u2028three", "\"one [Deleted a message] two three\"")]
    [InlineData("\\u202eevil\\u2066 \\u0000x\\u001b[31m", "\"evil x[31m\"")]
    [InlineData("broken \\ud83d", "\"broken \\ud83d\"")]
    [InlineData("\\u202e\\u0007", "a message")]
    [InlineData("مرحبا", "\"مرحبا\"")]
    public void Words_of_others_stay_inside_their_quotation(string words, string seen) =>
        Assert.Equal($"[Deleted {seen}]", Render($$$"""{"type":"revoke","refers_to":{"type":"text","text":"{{{words}}}"}}"""));

    [Fact]
    public void A_quotation_is_short_and_tears_no_emoji()
    {
        string seen = Render($$$"""{"type":"revoke","refers_to":{"type":"text","text":"{{{string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 50))}}}"}}""");
        string marks = Render($$$"""{"type":"revoke","refers_to":{"type":"text","text":"a{{{new string('\u0301', 50_000)}}}"}}""");

        Assert.Equal($"[Deleted \"{string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 7))}…\"]", seen);
        Assert.InRange(marks.Length, 80, 100);
    }

    [Fact]
    public void A_reaction_that_is_taken_back_says_from_what() =>
        Assert.Equal("[Reaction removed: \"hello\"]", Render("""{"type":"reaction","reaction":{"message_id":"wamid.1"},"refers_to":{"type":"text","text":"hello"}}"""));

    [Fact]
    public void A_tap_says_what_was_tapped_and_no_more() =>
        Assert.Equal("Stop", Render("""{"type":"button","button":{"text":"Stop"},"context":{"id":"wamid.1","from":"5622"},"refers_to":{"type":"text","text":"hello"}}"""));

    [Fact]
    public void In_a_group_a_quoted_message_that_is_not_known_may_be_anybodys() =>
        Assert.Equal("[In reply to a message]\nyes", Render("""{"type":"text","text":{"body":"yes"},"from":"1555","group_id":"G","context":{"id":"wamid.2","from":"1666"}}"""));

    private static string Render(string json) => AgentText.Render(Events.Message(json), Texts.English);
}
