namespace WhatsAppBuffer.Simulator.App.Words;

/// <summary>Why messages were let go, in words.</summary>
internal static class ReleaseWords
{
    /// <param name="reason">See <see cref="Control.MessageTimes.ReleaseReason"/>.</param>
    public static string Of(string reason) => reason switch
    {
        "Quiet" => "when the customer had finished",
        "Maximum" => "after the longest wait",
        "Count" => "as many as go at once",
        "Size" => "as much as goes at once",
        "Tap" => "with a tap",
        "FlushWord" => "with a word that ends a burst",
        "Window" => "with their window, corrected",
        _ => reason,
    };
}
