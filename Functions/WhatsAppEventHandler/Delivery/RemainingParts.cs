using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>
/// What of an aggregate is left to send. However settings or versions change what messages become while a delivery is interrupted: what was sent is not sent
/// again, and nothing is left out.
/// </summary>
internal sealed class RemainingParts
{
    private readonly IReadOnlyList<Part> _parts;
    private readonly string[] _fingerprints;
    private readonly int _done;

    private RemainingParts(IReadOnlyList<Part> parts, int done, PartRefusal? refusal)
    {
        (_parts, _done, Refusal) = (parts, done, refusal);
        _fingerprints = new string[parts.Count];
        string rest = "";
        for (int i = parts.Count - 1; i >= 0; i--)
        {
            rest = _fingerprints[i] = Idempotency.Token(parts[i].Text, rest);
        }
    }

    /// <summary>In order.</summary>
    public IReadOnlyList<Part> Parts => _parts;

    /// <summary>All parts of the aggregate, those that are done among them.</summary>
    public int Total => _done + _parts.Count;

    /// <summary>Why the first of them was refused; null when it has not been.</summary>
    public PartRefusal? Refusal { get; }

    /// <summary>Finds what is left.</summary>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="shown">Places of its messages that are to be shown.</param>
    /// <param name="view">How they are shown.</param>
    /// <param name="noted">How far an earlier delivery came; null when none is known.</param>
    public static RemainingParts Of(Aggregate aggregate, IReadOnlyList<int> shown, PartView view, DeliveryProgress? noted) => noted switch
    {
        null => new RemainingParts(Part.Of(aggregate, shown, 0, view), 0, null),
        { At: null } => OfOlderVersion(aggregate, shown, view, noted),
        { At: var at } => From(at, aggregate, [.. shown.Where(message => message >= at.Message)], view, noted),
    };

    /// <summary>What is noted when the part at a place is the next.</summary>
    public DeliveryProgress Before(int place, PartRefusal? refusal = null) => new(_done + place, _fingerprints[place], _parts[place].At, refusal);

    private static RemainingParts From(PartPlace at, Aggregate aggregate, int[] shown, PartView view, DeliveryProgress noted)
    {
        IReadOnlyList<Part> parts = Part.Of(aggregate, shown, noted.Done - at.Piece, view);
        var rest = new RemainingParts([.. parts.Skip(at.Piece)], noted.Done, noted.Refusal);
        return rest._fingerprints.FirstOrDefault() == noted.Rendering ? rest : new RemainingParts(Part.Of(aggregate, shown, noted.Done, view), noted.Done, null);
    }

    /// <summary>
    /// It made no albums and attached no files. When its words were others, it begins anew in its numbers: Connect recognises by their client tokens the parts that are as they were.
    /// </summary>
    private static RemainingParts OfOlderVersion(Aggregate aggregate, IReadOnlyList<int> shown, PartView view, DeliveryProgress noted)
    {
        IReadOnlyList<Part> parts = Part.Of(aggregate, shown, 0, view with { Joining = view.Joining with { JoinsMedia = false }, FileOf = _ => null });
        return Idempotency.Token([.. parts.Select(part => part.Text)]) == noted.Rendering
            ? new RemainingParts([.. parts.Skip(noted.Done)], noted.Done, noted.Refusal)
            : new RemainingParts(parts, 0, null);
    }
}
