using System.Text;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>One of the customer's texts, found in what the agent saw.</summary>
/// <param name="Text">Which of the texts looked for.</param>
/// <param name="At">When Connect took the item that ends it.</param>
internal sealed record Sighting(int Text, DateTimeOffset At);

/// <summary>
/// Finds a customer's texts in the chat messages that they were joined, cut and decorated into. White space does not count: joining and
/// splitting may turn a space into a border between two messages. Where one text begins like another, the longest is taken. A note that says when a message
/// was written, or quotes another, is none of the customer's words, and neither is the name at the begin of a group's lines.
/// </summary>
/// <param name="Sightings">In the order in which the agent saw them.</param>
/// <param name="UnknownCharacters">What belongs to none of the texts, such as a link to an image; white space aside.</param>
internal sealed record TranscriptReading(IReadOnlyList<Sighting> Sightings, int UnknownCharacters)
{
    /// <summary>How they begin, in every language that the event handler speaks.</summary>
    private static readonly string[] Notes = [.. Texts.Languages.Values.SelectMany(texts => new[] { texts.Late, texts.ReplyTo, texts.Reaction, texts.Edited, texts.Deleted }).Select(note => $"[{note}")];

    /// <param name="transcript">What the agent saw.</param>
    /// <param name="texts">What is looked for.</param>
    /// <param name="writers">Of a group, whose lines begin with a name.</param>
    public static TranscriptReading Read(IEnumerable<ChatItem> transcript, IReadOnlyList<string> texts, IReadOnlyList<string> writers)
    {
        var seen = new StringBuilder();
        var ends = new List<(int End, DateTimeOffset At)>();
        foreach (ChatItem item in transcript)
        {
            ends.Add((seen.Append(WithoutSpace(string.Join('\n', item.Content.Split('\n').Select(line => WithoutNote(WithoutName(line, writers)))))).Length, item.At));
        }

        var wanted = texts.Select((text, index) => (Text: WithoutSpace(text), Index: index)).Where(text => text.Text.Length > 0)
            .OrderByDescending(text => text.Text.Length).GroupBy(text => text.Text[0]).ToDictionary(group => group.Key, group => group.ToList());
        return Read(seen.ToString(), wanted, ends);
    }

    private static TranscriptReading Read(string seen, Dictionary<char, List<(string Text, int Index)>> wanted, List<(int End, DateTimeOffset At)> ends)
    {
        var sightings = new List<Sighting>();
        int unknown = 0;
        int item = 0;
        for (int at = 0; at < seen.Length;)
        {
            List<(string Text, int Index)> candidates = wanted.GetValueOrDefault(seen[at]) ?? [];
            int found = candidates.FindIndex(candidate => string.CompareOrdinal(seen, at, candidate.Text, 0, candidate.Text.Length) == 0);
            if (found < 0)
            {
                at++;
                unknown++;
                continue;
            }

            at += candidates[found].Text.Length;
            while (ends[item].End < at)
            {
                item++;
            }

            sightings.Add(new Sighting(candidates[found].Index, ends[item].At));
        }

        return new TranscriptReading(sightings, unknown);
    }

    /// <summary>A note ends with its line.</summary>
    private static string WithoutNote(string line) => line.EndsWith(']') && Notes.Any(note => line.StartsWith(note, StringComparison.Ordinal)) ? "" : line;

    private static string WithoutName(string line, IReadOnlyList<string> writers) =>
        writers.FirstOrDefault(name => line.StartsWith($"{name}: ", StringComparison.Ordinal)) is { } writer ? line[(writer.Length + 2)..] : line;

    private static string WithoutSpace(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (!char.IsWhiteSpace(c))
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }
}
