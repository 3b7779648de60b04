using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.Joining;
using WhatsAppBuffer.Contracts.Text;
using WhatsAppBuffer.WhatsAppEventHandler.Media;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>What becomes one message of Connect's.</summary>
/// <param name="Number">Its place in its aggregate, in digits that sort: the same whenever and however often the aggregate is delivered.</param>
/// <param name="Text">What the agent reads.</param>
/// <param name="Messages">The WhatsApp messages that it is of: one, or the files of an album.</param>
/// <param name="At">Where it begins.</param>
/// <param name="IsWhole">Whether it is all of these messages, or a piece of their text.</param>
internal sealed record Part(string Number, string Text, IReadOnlyList<JsonElement> Messages, PartPlace At, bool IsWhole)
{
    private static readonly string[] Sender = ["from", "from_phone_number", "from_user_id", "id", "timestamp"];

    /// <summary>Without the writer, who stands in the text already.</summary>
    private static readonly string[] SenderOfGroup = ["from", "group_id", "id", "timestamp"];

    /// <summary>
    /// The text, below a line that says when it was written if it is late. Client tokens are computed from the text alone: when an interrupted delivery goes
    /// on, a part may have become late.
    /// </summary>
    public string Shown { get; private init; } = Text;

    /// <summary>
    /// The file that the part is, whose caption is the next part; null for a text. <see cref="Text"/> is what is written in its place when it cannot be attached.
    /// </summary>
    public CustomerFile? File { get; private init; }

    /// <summary>What is to be written before the file, because no text of its own follows; null = nothing.</summary>
    public string? Above { get; private init; }

    /// <summary>The text in place of the file.</summary>
    /// <param name="why">Why it is not there.</param>
    /// <param name="texts">In the agent's language.</param>
    /// <param name="most">Greatest length.</param>
    public Part InWords(FileWords why, Texts texts, int most)
    {
        string said = VisibleText.Cut(MediaText.InWords(Messages[0], why, texts), most, VisibleText.Ellipsis);
        string shown = AgentText.Lines(Above, said);
        return this with { Text = said, Shown = shown.Length <= most ? shown : said, File = null };
    }

    /// <summary>The parts of an aggregate. One without anything to see shows nothing, and Connect might refuse it.</summary>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="shown">Places of its messages that are to be shown.</param>
    /// <param name="first">How many parts of it came before these.</param>
    /// <param name="view">How they are shown.</param>
    public static IReadOnlyList<Part> Of(Aggregate aggregate, IEnumerable<int> shown, int first, PartView view)
    {
        var writers = new Writers(aggregate.Contacts);
        List<Part> parts = [];
        foreach (IReadOnlyList<int> together in Albums.In(aggregate.Messages, shown, view))
        {
            if (view.FileOf(aggregate.Messages[together[0]]) is { } file)
            {
                AddFile(parts, file, aggregate, together[0], first, writers, view);
                continue;
            }

            JsonElement[] messages = [.. together.Select(message => aggregate.Messages[message])];
            string text = messages is [var single] ? AgentText.Render(single, view.Texts) : AlbumText.Render(messages, view.Texts);
            text = Writers.IsOfGroup(messages[0]) ? writers.Signed(text, messages[0]) : text;
            TextPiece[] pieces = [.. TextSplitter.Split(text, view.MaxCharacters, TextUnit.Utf16Chars).Where(piece => VisibleText.IsVisible(piece.Text))];
            string? marker = view.MarkerOf(together[0]);
            for (int piece = 0; piece < pieces.Length; piece++)
            {
                string marked = AgentText.Lines(marker, pieces[piece].Text);
                string shownText = marked.Length <= view.MaxCharacters ? marked : pieces[piece].Text;
                bool isWhole = pieces.Length == 1 && pieces[0].Text.Length == text.Length;
                parts.Add(new Part(NumberOf(aggregate, first + parts.Count), pieces[piece].Text, messages, new PartPlace(together[0], piece), isWhole) { Shown = shownText });
                marker = null;
            }
        }

        return parts;
    }

    /// <summary>
    /// An event with this part alone, which has its aggregate's id and its own number: put into the outbox again, it is computed into the client
    /// token that it had before.
    /// </summary>
    /// <param name="item">The aggregate.</param>
    /// <param name="times">How often it has been refused before.</param>
    public string ToEvent(OutboxItem item, int times)
    {
        AggregatedEvent whole = EventJson.Parse(item.Event);
        return ToEvent(whole, AggregationOf(whole, item) with { Refused = new RefusedPart(Number, times) }, IsWhole);
    }

    /// <summary>The file as an item of its own, behind everything that waits.</summary>
    /// <param name="item">The aggregate.</param>
    public OutboxItem ToLateFile(OutboxItem item)
    {
        AggregatedEvent whole = EventJson.Parse(item.Event);
        string sortKey = ConversationItems.LateFile(item.FollowedBehind, Number);
        Aggregation aggregation = AggregationOf(whole, item) with { OutboxItem = sortKey, LateFile = $"{Number}.0000" };
        return item with { SortKey = sortKey, Event = ToEvent(whole, aggregation, isWhole: true), Progress = null, File = null, Seal = null, FollowedBehind = sortKey };
    }

    private string ToEvent(AggregatedEvent whole, Aggregation aggregation, bool isWhole) => EventJson.Write(whole, whole.Contacts, json => WriteMessages(json, isWhole), aggregation);

    private static void AddFile(List<Part> parts, CustomerFile file, Aggregate aggregate, int place, int first, Writers writers, PartView view)
    {
        JsonElement message = aggregate.Messages[place];
        string? marker = view.MarkerOf(place);
        bool follows = aggregate.LateFile is not null;
        string beside = follows ? "" : MediaText.Beside(message, view.Texts);
        if (beside.Length == 0 && Writers.IsOfGroup(message))
        {
            beside = MediaText.Line(message, view.Texts);
        }

        string text = Writers.IsOfGroup(message) ? writers.Signed(beside, message) : beside;
        TextPiece[] pieces = [.. TextSplitter.Split(text, view.MaxCharacters, TextUnit.Utf16Chars).Where(piece => VisibleText.IsVisible(piece.Text))];
        bool isWhole = pieces.Length == 0;
        string line = VisibleText.Cut(MediaText.Line(message, view.Texts), view.MaxCharacters, VisibleText.Ellipsis);
        parts.Add(new Part(NumberOf(aggregate, first + parts.Count), line, [message], new PartPlace(place, 0), isWhole) { File = file, Above = isWhole ? marker : null });
        for (int piece = 0; piece < pieces.Length; piece++)
        {
            string marked = AgentText.Lines(piece == 0 ? marker : null, pieces[piece].Text);
            string shownText = marked.Length <= view.MaxCharacters ? marked : pieces[piece].Text;
            parts.Add(new Part(NumberOf(aggregate, first + parts.Count), pieces[piece].Text, [message], new PartPlace(place, piece + 1), IsWhole: false) { Shown = shownText });
        }
    }

    private static string NumberOf(Aggregate aggregate, int place) =>
        (aggregate.Refused?.Part ?? aggregate.LateFile) is not { } part ? $"{place:D4}" : place == 0 ? part : $"{part}.{place:D4}";

    private static Aggregation AggregationOf(AggregatedEvent whole, OutboxItem item)
    {
        ConversationKey conversation = whole.Aggregation is { } made ? new(made.Customer, made.PhoneNumberId) : EventJson.Conversation(whole);
        return new Aggregation
        {
            Id = item.AggregationId,
            Customer = conversation.Customer,
            PhoneNumberId = conversation.PhoneNumberId,
            OutboxItem = whole.Aggregation?.OutboxItem ?? item.SortKey,
            MessageIds = whole.Aggregation?.MessageIds ?? [],
            ReceivedAt = whole.Aggregation?.ReceivedAt,
            TraceParents = whole.Aggregation?.TraceParents ?? [],
            LateFile = whole.Aggregation?.LateFile,
        };
    }

    /// <summary>As it was spelt, whatever is in it: what is put aside must not fail here.</summary>
    private void WriteMessages(Utf8JsonWriter writer, bool isWhole)
    {
        if (isWhole)
        {
            foreach (JsonElement message in Messages)
            {
                writer.WriteRawValue(message.GetRawText());
            }

            return;
        }

        writer.WriteStartObject();
        foreach (string name in Writers.IsOfGroup(Messages[0]) ? SenderOfGroup : Sender)
        {
            EventJson.Write(writer, name, Messages[0].Member(name));
        }

        writer.WriteString("type"u8, "text"u8);
        writer.WriteStartObject("text"u8);
        writer.WriteString("body"u8, Text);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}

/// <summary>How messages are shown.</summary>
/// <param name="MaxCharacters">Greatest length of a part.</param>
/// <param name="MarkerOf">What is to stand above the message at a place; null = nothing. Left out where a part has no room for it.</param>
/// <param name="Texts">In the agent's language.</param>
/// <param name="Joining">Which files are one part, where they are written in words.</param>
/// <param name="FileOf">The file of a message that is to be attached; null for one that is shown in words.</param>
internal sealed record PartView(int MaxCharacters, Func<int, string?> MarkerOf, Texts Texts, JoiningSettings Joining, Func<JsonElement, CustomerFile?> FileOf);
