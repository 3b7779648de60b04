using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests.Rendering;

/// <summary>All words that the function itself says come from one table.</summary>
public sealed partial class TextsTests
{
    /// <summary>The texts of the table.</summary>
    public static IEnumerable<PropertyInfo> Properties => typeof(Texts).GetProperties().Where(property => property.PropertyType == typeof(string));

    public static TheoryData<string> Kinds => [.. MessageKinds.All.Select(kind => kind.Title)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_the_agent_reads_is_of_the_message_or_of_the_table(string title)
    {
        string json = MessageKinds.All.Single(kind => kind.Title == title).Json;

        string seen = Uri.UnescapeDataString(AgentText.Render(Events.Message(json), Marked()));

        string untold = Mark().Replace(seen, " ").Replace("https://www.google.com/maps/search/?api=1&query=", "", StringComparison.Ordinal).Replace(" UTC", "", StringComparison.Ordinal);
        Assert.All(Word().Matches(untold), word => Assert.Contains(word.Value, json.Replace('_', ' '), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void In_Spanish_no_English_text_is_left(string title)
    {
        string json = MessageKinds.All.Single(kind => kind.Title == title).Json;
        JsonElement message = Events.Message(json);
        string[] english = [.. Properties.Select(property => (English: Of(property, Texts.English), Spanish: Of(property, Texts.Spanish))).Where(pair => pair.English != pair.Spanish).Select(pair => pair.English)];

        string seen = AgentText.Render(message, Texts.Spanish);

        Assert.DoesNotContain(english, text => !json.Contains(text, StringComparison.Ordinal) && Regex.IsMatch(seen, $@"(^|\n|\[|, |: ){text}\b"));
    }

    [Fact]
    public void No_text_is_missing_in_any_language_and_none_means_two_things()
    {
        foreach (Texts texts in Texts.Languages.Values)
        {
            string[] all = [.. Properties.Select(property => Of(property, texts))];
            Assert.All(all, text => Assert.Matches(@"^\S(.*\S)?$", text));
            Assert.Distinct(all);
            Assert.DoesNotContain(all, text => text.Any(c => c is '[' or ']' or ':') && text != texts.Late);
        }
    }

    [Fact]
    public void Every_language_has_twelve_months()
    {
        Assert.All(Texts.Languages.Values, texts => Assert.Equal(12, texts.Months.Distinct().Count()));
    }

    [Fact]
    public void Every_text_of_the_table_is_used()
    {
        string seen = string.Concat(MessageKinds.All.Select(kind => AgentText.Render(Events.Message(kind.Json), Marked())));

        string[] elsewhere = [nameof(Texts.Late), nameof(Texts.No), nameof(Texts.CallsAllowed), nameof(Texts.TappedButton), nameof(Texts.FromPost), nameof(Texts.Group), nameof(Texts.EditedMark), .. FileTests.Reasons, .. AlbumTests.Counted, .. ReferenceTextTests.Kinds];
        Assert.All(Properties.Select(property => property.Name).Except(elsewhere), name => Assert.Contains($"‹{name}›", seen, StringComparison.Ordinal));
    }

    private static string Of(PropertyInfo property, Texts texts) => (string)property.GetValue(texts)!;

    /// <summary>A language in which every text is a mark.</summary>
    private static Texts Marked()
    {
        Texts marked = Texts.English with { Months = [.. Texts.English.Months.Select(_ => "‹Month›")] };
        foreach (PropertyInfo property in Properties)
        {
            property.SetValue(marked, $"‹{property.Name}›");
        }

        return marked;
    }

    [GeneratedRegex("‹[A-Za-z]+›")]
    private static partial Regex Mark();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}
