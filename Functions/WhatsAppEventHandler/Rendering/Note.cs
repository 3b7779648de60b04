namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>What this function says itself, in brackets and on one line, so that an agent can tell it from what a customer wrote.</summary>
internal static class Note
{
    private const int Longest = 300;

    /// <param name="what">Of <see cref="Texts"/>.</param>
    /// <param name="details">What others wrote; null is left out.</param>
    public static string Of(string what, params IEnumerable<string?> details)
    {
        string said = VisibleText.Brief(string.Join(", ", details.OfType<string>()), Longest);
        return said.Length == 0 ? $"[{what}]" : $"[{what}: {said}]";
    }
}
