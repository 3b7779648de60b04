using System.Text;
using WhatsAppBuffer.Contracts.Text;

namespace WhatsAppBuffer.ConnectEventHandler.Agents;

/// <summary>Why an answer did not reach the customer.</summary>
internal enum Cause
{
    /// <summary>Longer than 24 hours ago that the customer wrote: Meta's error 131047.</summary>
    OutsideTheWindow,

    /// <summary>131026.</summary>
    Undeliverable,

    /// <summary>131049, 131050.</summary>
    Marketing,

    /// <summary>130429, 131048, 131056.</summary>
    Rate,

    /// <summary>WhatsApp takes no such files.</summary>
    FileType,

    /// <summary>WhatsApp takes none so large.</summary>
    FileTooLarge,

    /// <summary>Connect does not give the file out: its chat has ended.</summary>
    FileNotReadable,

    /// <summary>End User Messaging did not take the file.</summary>
    FileNotTaken,

    /// <summary>Any other.</summary>
    Other,
}

/// <summary>What an agent is told of an answer that does not reach the customer. Source of the codes: Meta, "Cloud API error codes".</summary>
internal static class Notice
{
    /// <summary>What a notification may have for each locale, in characters: of several limits in Amazon Connect's documents the smallest.</summary>
    public const int MaxCharacters = 250;

    private const int MostOfName = 40;
    private const int MostOfReason = 80;

    /// <summary>What Meta's error code means.</summary>
    public static Cause CauseOf(int? errorCode) => errorCode switch
    {
        131047 => Cause.OutsideTheWindow,
        131026 => Cause.Undeliverable,
        131049 or 131050 => Cause.Marketing,
        130429 or 131048 or 131056 => Cause.Rate,
        _ => Cause.Other,
    };

    /// <summary>The words, by Amazon Connect's locale: it shows each agent his own.</summary>
    /// <param name="customer">The customer's display name; null when it is not known.</param>
    /// <param name="answer">First words of the answer.</param>
    /// <param name="cause">Why it is not delivered.</param>
    /// <param name="title">Meta's words for another cause; null when there are none.</param>
    public static IReadOnlyDictionary<string, string> Of(string? customer, string answer, Cause cause, string? title) => NoticeTexts.All.ToDictionary(
        texts => texts.Locale,
        texts => Shortened(
            texts.Words(
                customer is null ? texts.Somebody : Plain(customer, MostOfName),
                answer,
                cause is Cause.Other && title is not null ? Plain(title, MostOfReason) : texts.Reasons[cause]),
            MaxCharacters));

    /// <summary>The beginning of a text, in one line.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">Characters at the most.</param>
    public static string Plain(string text, int most)
    {
        var plain = new StringBuilder(Math.Min(text.Length, most * 2));
        foreach (Rune rune in text.EnumerateRunes())
        {
            // Notifications may hold links; what customers call themselves must not become one.
            _ = Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) ? plain.Append(' ')
                : rune.Value is '<' or '[' ? plain.Append('(')
                : rune.Value is '>' or ']' ? plain.Append(')')
                : plain.Append(rune);
            if (plain.Length > most)
            {
                break;
            }
        }

        return Shortened(plain.ToString().Trim(), most);
    }

    private static string Shortened(string text, int most) =>
        text.Length <= most ? text : $"{TextSplitter.Split(text, most - 1, TextUnit.Utf16Chars)[0].Text}…";
}
