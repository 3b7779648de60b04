using System.Globalization;
using System.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>The customer's name for Connect, which takes 1–256 characters (StartChatContact, <c>ParticipantDetails.DisplayName</c>).</summary>
internal static class DisplayName
{
    private const int Longest = 256;

    /// <summary>
    /// The first visible one of: profile name, user name, <paramref name="fallback"/>; whatever WhatsApp sends, never an empty name.
    /// </summary>
    public static string Of(IEnumerable<JsonElement> contacts, string fallback)
    {
        IEnumerable<string?> names = contacts
            .Select(contact => contact.Member("profile"))
            .SelectMany(profile => new[] { profile?.Text("name"), profile?.Text("username") });
        return Cut(names.Append(fallback).OfType<string>().FirstOrDefault(IsVisible)?.Trim() ?? "WhatsApp customer");
    }

    private static bool IsVisible(string name) => name.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate));

    private static string Cut(string name)
    {
        if (name.Length <= Longest)
        {
            return name;
        }

        int end = 0;
        while (StringInfo.GetNextTextElementLength(name, end) is var length && end + length <= Longest)
        {
            end += length;
        }

        // One single grapheme can be longer than all that Connect takes; then any whole character will do.
        return end > 0 ? name[..end] : name[..(char.IsHighSurrogate(name[Longest - 1]) ? Longest - 1 : Longest)];
    }
}
