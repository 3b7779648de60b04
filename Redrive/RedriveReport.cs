using System.Collections.Concurrent;
using WhatsAppBuffer.Redrive.Letters;

namespace WhatsAppBuffer.Redrive;

/// <summary>What became of the letters.</summary>
public sealed class RedriveReport
{
    private readonly ConcurrentDictionary<(string Queue, LetterKind Kind), int> _putBack = new();
    private readonly ConcurrentQueue<string> _skipped = new();

    /// <summary>How many letters were put back, by queue and kind. In a dry run: would have been.</summary>
    public IReadOnlyDictionary<(string Queue, LetterKind Kind), int> PutBack => _putBack;

    /// <summary>Letters that stay where they are: queue, message id and why.</summary>
    public IReadOnlyCollection<string> Skipped => _skipped;

    internal void CountPutBack(string queue, LetterKind kind) => _putBack.AddOrUpdate((queue, kind), 1, (_, count) => count + 1);

    internal void Skip(string queue, string letter, string why) => _skipped.Enqueue($"{queue} {letter}: {why}");
}
