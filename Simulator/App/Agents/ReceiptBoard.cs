using System.Text.Json;
using LocalAws.Connect;
using WhatsAppBuffer.Simulator.App.Observation;

namespace WhatsAppBuffer.Simulator.App.Agents;

/// <summary>Which of their messages agents see as delivered or read. Receipts are no items of a transcript; a desktop hears of them while it listens. The newest 50,000 are kept.</summary>
internal sealed class ReceiptBoard
{
    private const int Capacity = 50_000;
    private readonly Newest<string> _byMessage = new(Capacity);

    /// <param name="desktop">What agents hear.</param>
    public ReceiptBoard(AgentDesktop desktop) => desktop.TranscriptItemAdded += Hear;

    /// <returns><c>delivered</c>, <c>read</c>, or null.</returns>
    public string? Of(string messageId) => _byMessage.Find(messageId);

    public void Clear() => _byMessage.Clear();

    private void Hear(TranscriptItem item)
    {
        string? word = item.ContentType.EndsWith(".message.read", StringComparison.Ordinal) ? "read"
            : item.ContentType.EndsWith(".message.delivered", StringComparison.Ordinal) ? "delivered" : null;
        if (word is null || item.Content is null)
        {
            return;
        }

        using JsonDocument content = ForeignJson.Document(item.Content);
        // What is read has been delivered, whichever is told first.
        _byMessage.AddOrUpdate(content.RootElement.GetProperty("messageId").GetString()!, () => word, known => known == "read" ? known : word);
    }
}
