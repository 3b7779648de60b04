using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.SendWhatsAppMessage.Flows;

/// <summary>What a contact flow asks for.</summary>
/// <param name="ContactId">The contact whose flow it is.</param>
/// <param name="Values">The block's parameters, and for those that it does not give the contact's attributes.</param>
/// <remarks>Source: Amazon Connect administrator guide, "Grant Amazon Connect access to your Lambda functions", on the block "Invoke AWS Lambda function".</remarks>
internal sealed record FlowEvent(string ContactId, IReadOnlyDictionary<string, string> Values)
{
    private const int LongestId = 256;

    /// <summary>Connect's own limit of a contact's attributes is 32 KB.</summary>
    private const int MostBytes = 256 * 1024;

    /// <exception cref="TemplateRefusedException">It is no event of a flow.</exception>
    public static FlowEvent Read(ReadOnlyMemory<byte> json, string requestId)
    {
        JsonElement details = Parse(json).Member("Details") ?? throw NoEvent("Details is missing");
        JsonElement contact = details.Member("ContactData") ?? default;
        Dictionary<string, string> values = [];
        foreach ((string name, JsonElement value) in (contact.Member("Attributes") ?? default).Members().Concat((details.Member("Parameters") ?? default).Members()))
        {
            // A block's parameter that has no value is an empty text: the contact's attribute counts then.
            if (value.Words() is { } words)
            {
                values[name] = words;
            }
        }

        return contact.Text("ContactId") is { } id
            ? id.Length <= LongestId ? new FlowEvent(id, values) : throw NoEvent("Details.ContactData.ContactId is too long")
            : new FlowEvent(requestId, values);
    }

    /// <summary>A value without white space around it; null when the flow gives none.</summary>
    public string? Value(string name) => Values.GetValueOrDefault(name)?.Trim() is { Length: > 0 } value ? value : null;

    private static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MostBytes)
        {
            throw NoEvent($"it is longer than {MostBytes / 1024} KB");
        }

        try
        {
            return ForeignJson.Element(json.Span);
        }
        catch (JsonException unreadable)
        {
            throw NoEvent(unreadable.Message);
        }
    }

    private static TemplateRefusedException NoEvent(string why) => new($"The event is none of a contact flow: {why}.");
}

/// <summary>A flow asks for what cannot be sent, now and whenever it asks again.</summary>
/// <param name="reason">For whoever made the flow.</param>
internal sealed class TemplateRefusedException(string reason) : Exception(reason);
