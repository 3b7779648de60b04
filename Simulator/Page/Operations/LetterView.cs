using System.Text.Json;
using System.Text.Json.Nodes;
using WhatsAppBuffer.Simulator.App.Control;

namespace WhatsAppBuffer.Simulator.Page.Operations;

/// <summary>A dead letter in words.</summary>
/// <param name="Id">Its message id.</param>
/// <param name="Queue">Where it lies.</param>
/// <param name="Who">Whose it is; empty when that is not known.</param>
/// <param name="Reason">Why it could not be handled.</param>
/// <param name="Code">The error's code; empty for none.</param>
/// <param name="Payload">Its body, readable.</param>
public sealed record LetterView(string Id, string Queue, string Who, string Reason, string Code, string Payload)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A letter in words.</summary>
    internal static LetterView Of(DeadLetterView letter)
    {
        JsonNode? body = Read(letter.Body);
        string who = (body as JsonObject)?["contacts"] is JsonArray { Count: > 0 } contacts ? contacts[0]?["profile"]?["name"]?.ToString() ?? "" : "";
        string reason = letter.Attributes.GetValueOrDefault("reason") ?? letter.Attributes.GetValueOrDefault("ErrorMessage") ?? (body as JsonObject)?["requestContext"]?["condition"]?.ToString() ?? "The function failed with it as often as it is tried.";
        string code = letter.Attributes.GetValueOrDefault("errorCode") ?? letter.Attributes.GetValueOrDefault("ErrorCode") ?? "";
        return new LetterView(letter.MessageId, letter.Queue, who, reason, code, body?.ToJsonString(Readable) ?? letter.Body);
    }

    private static JsonNode? Read(string body)
    {
        try
        {
            return ForeignJson.Node(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
