namespace WhatsAppBuffer.Simulator.Page.Recording;

/// <summary>How far a message has come.</summary>
public enum Stage
{
    /// <summary>Published, and not stored yet.</summary>
    Sns,

    /// <summary>Stored, and not yet read from the table's stream.</summary>
    Stored,

    /// <summary>In the buffer.</summary>
    Waiting,

    /// <summary>Let go, on its way to the agent.</summary>
    Aggregated,

    /// <summary>With the agent, or with the dead letters.</summary>
    Delivered,
}
