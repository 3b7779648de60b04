using System.Text.Json;
using LocalAws.DynamoDb.Tables;
using LocalAws.DynamoDb.Values;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Operations;

/// <summary>Why one part of a transaction did not let it happen.</summary>
/// <param name="Code"><c>None</c> when it was not this part.</param>
/// <param name="Message">The words, or null.</param>
/// <param name="Item">The item that failed the condition, if the part asked for it.</param>
internal sealed record CancellationReason(string Code, string? Message = null, AttributeMap? Item = null)
{
    public static CancellationReason None { get; } = new("None");

    public static CancellationReason ConditionalCheckFailed(AttributeMap? item) => new("ConditionalCheckFailed", "The conditional request failed", item);

    /// <summary>
    /// What becomes of a part: AWS reports what is wrong with a key or an update as the part's reason, except an empty key value, for which it
    /// refuses the whole request.
    /// </summary>
    /// <exception cref="AwsException"><c>ValidationException</c>: a key value is empty.</exception>
    public static CancellationReason Of(Action part)
    {
        try
        {
            part();
            return None;
        }
        catch (AwsException e) when (!e.Message.StartsWith(KeyCheck.NotValid, StringComparison.Ordinal))
        {
            return new CancellationReason("ValidationError", e.Message);
        }
    }

    /// <exception cref="AwsException"><c>TransactionCanceledException</c>: not all parts may happen.</exception>
    public static void ThrowIfAny(IEnumerable<CancellationReason> parts)
    {
        CancellationReason[] reasons = [.. parts];
        if (reasons.Any(r => r != None))
        {
            throw Cancelled(reasons);
        }
    }

    private static AwsException Cancelled(IReadOnlyList<CancellationReason> reasons) => new(
        "TransactionCanceledException",
        $"Transaction cancelled, please refer cancellation reasons for specific reasons [{string.Join(", ", reasons.Select(r => r.Code))}]")
    {
        Members = new Dictionary<string, string> { ["CancellationReasons"] = ToJson(reasons) },
    };

    private static string ToJson(IReadOnlyList<CancellationReason> reasons) => JsonText.Of(writer =>
    {
        writer.WriteStartArray();
        foreach (CancellationReason reason in reasons)
        {
            reason.Write(writer);
        }

        writer.WriteEndArray();
    });

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString(nameof(Code), Code);
        if (Message is not null)
        {
            writer.WriteString(nameof(Message), Message);
        }

        if (Item is not null)
        {
            writer.WriteAttributes("Item", Item);
        }

        writer.WriteEndObject();
    }
}
