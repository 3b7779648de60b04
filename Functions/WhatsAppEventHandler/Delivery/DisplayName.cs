using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;

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
        return VisibleText.Cut(names.Append(fallback).OfType<string>().FirstOrDefault(VisibleText.IsVisible)?.Trim() ?? "WhatsApp", Longest, end: "");
    }
}
