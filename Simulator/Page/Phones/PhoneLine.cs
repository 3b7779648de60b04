namespace WhatsAppBuffer.Simulator.Page.Phones;

/// <summary>What a phone shows of a message.</summary>
/// <param name="Id">WhatsApp's id of it.</param>
/// <param name="IsMine">Whether the phone's owner wrote it.</param>
/// <param name="Kind">WhatsApp's type.</param>
/// <param name="Text">What it says; of a file its caption.</param>
/// <param name="At">When it was sent.</param>
public sealed record PhoneLine(string Id, bool IsMine, string Kind, string Text, DateTimeOffset At)
{
    /// <summary>Id of its file; null for none.</summary>
    public string? MediaId { get; init; }

    /// <summary>What the file is called; empty when it has no name.</summary>
    public string FileName { get; init; } = "";

    /// <summary>What it quotes; null for nothing.</summary>
    public string? Quote { get; init; }

    /// <summary>Who wrote what it quotes.</summary>
    public string QuoteFrom { get; init; } = "";

    /// <summary>The emoji that somebody put on it; empty for none.</summary>
    public string Reaction { get; init; } = "";

    /// <summary>Its ticks.</summary>
    public Ticks Ticks { get; init; }

    /// <summary>Whether it was changed after it was sent.</summary>
    public bool IsEdited { get; init; }

    /// <summary>Whether its writer deleted it.</summary>
    public bool IsDeleted { get; init; }
}

/// <summary>What a customer sees of the way of a message.</summary>
public enum Ticks
{
    /// <summary>It is not the customer's.</summary>
    None,

    /// <summary>WhatsApp has it.</summary>
    Sent,

    /// <summary>The business has it.</summary>
    Delivered,

    /// <summary>The business marked it read.</summary>
    Read,
}
