using System.Text.RegularExpressions;

namespace WhatsAppEventHandler.Tests.Rendering;

/// <summary>In the sources on the way to an agent or a customer no text has words for a person, but for the table of texts.</summary>
public sealed partial class WhoseWordsTests
{
    private static readonly string[] Rooms = ["Rendering", "Delivery", "Courtesies"];

    /// <summary>What is no word of a language: a name, a link, a time zone, the beginning of an id, JSON, and what a dead letter says to its operator.</summary>
    private static readonly string[] Names = ["WhatsApp", "https://www.google.com/maps/search/?api=1&query=", " UTC", "wamid.", "null", "UnreadableEvent"];

    public static TheoryData<string> Files => [.. Rooms.SelectMany(room => Directory.EnumerateFiles(Path.Combine(Function, room), "*.cs")).Where(file => Path.GetFileName(file) != "Texts.cs").Select(file => Path.GetRelativePath(Function, file))];

    private static string Function => Path.Combine(MessagesDocumentTests.Checkout(), "Functions", "WhatsAppEventHandler");

    [Theory]
    [MemberData(nameof(Files))]
    public void No_word_for_a_person_stands_outside_the_table(string file) =>
        Assert.All(ForPersons(File.ReadAllText(Path.Combine(Function, file))), text => Assert.Fail($"{file} says \"{text.Value}\": put it into Rendering/Texts.cs, in every language."));

    [Theory]
    [InlineData("Note.Of(\"Picture\")", "Picture")]
    [InlineData("Note.Of(\"picture\", media.Readable(\"caption\"))", "picture")]
    [InlineData("return $\"[by {name}]\";", "[by ]")]
    [InlineData("reply.Readable(\"title\") ?? \"none\"", "none")]
    [InlineData("AgentText.Lines(marker, $\"{(late ? \"late\" : null)}: {text}\")", "late")]
    [InlineData("true => \"yes\",", "yes")]
    [InlineData("text + \" wrote\"", " wrote")]
    [InlineData("private const string Marker = \"late\";", "late")]
    [InlineData("new PartRefusal(code, \"no\")", "no")]
    public void Such_a_word_is_found(string source, string word) => Assert.Equal(word, Assert.Single(ForPersons(source)).Value);

    [Theory]
    [InlineData("message.Words(\"type\") is \"button\" or \"interactive\"")]
    [InlineData("\"image\" => texts.AnImage, // no \"words\" here")]
    [InlineData("[\"text\"] = (text, texts) => text.Readable(\"body\") ?? Note.Of(texts.EmptyMessage),")]
    [InlineData("string[] Sender = [\"from\", \"id\"];")]
    [InlineData("Write(writer, \"metadata\", whole.Metadata); writer.WriteString(\"field\"u8, whole.Field);")]
    [InlineData("throw new JsonException($\"The event is {kind}.\");")]
    [InlineData("string what = $\"{item.Readable(\"quantity\") ?? \"?\"} × {price:D4}, '{'\"'}'\";")]
    public void Names_in_JSON_and_errors_are_none(string source) => Assert.Empty(ForPersons(source));

    private static IEnumerable<SourceText> ForPersons(string source) => SourceText.Of(source)
        .Where(text => Word().IsMatch(text.Value) && !Names.Contains(text.Value) && !IsNameInJson(text) && !Error().IsMatch(text.Before));

    private static bool IsNameInJson(SourceText text) => Name().IsMatch(text.Value) && (LookUp().IsMatch(text.Before) || Compared().IsMatch(text.After));

    [GeneratedRegex(@"\p{L}{2}")]
    private static partial Regex Word();

    [GeneratedRegex("^[a-zA-Z0-9_]+$")]
    private static partial Regex Name();

    /// <summary>It is read, written, compared, or part of a client token.</summary>
    [GeneratedRegex(@"((Words|Readable|Member|Items|IsTrue|Text|EndsWith)\(|Write\(writer, |\b(is|is not|or) |[!=]= |Token\(\s*\[?|string\[\] \w+ = \[[^\]]*)$")]
    private static partial Regex LookUp();

    /// <summary>It is what a case is for, the key of an entry, or a name that is written.</summary>
    [GeneratedRegex(@"^( =>| when | or |\] = |u8\b)")]
    private static partial Regex Compared();

    /// <summary>For operators and logs.</summary>
    [GeneratedRegex(@"Exception\(|ConnectFailure\.")]
    private static partial Regex Error();
}
