using System.Text;

namespace LocalAws.Lambda.Functions;

/// <summary>One line of a function's log group.</summary>
/// <param name="At">When it came, in real time.</param>
/// <param name="LogStream">The sandbox it came from.</param>
/// <param name="Text">The line.</param>
public sealed record FunctionLogLine(DateTimeOffset At, string LogStream, string Text)
{
    /// <summary>How many lines the group had when it came, itself among them.</summary>
    internal long Number { get; init; }
}

/// <summary>The last lines a function's sandboxes wrote, with Lambda's own START, END and REPORT lines between them.</summary>
/// <param name="capacity">How many lines are kept.</param>
/// <param name="time">Stamps the lines.</param>
internal sealed class FunctionLog(int capacity, TimeProvider time)
{
    private const int TailBytes = 4096;

    private readonly Lock _lock = new();
    private readonly Queue<FunctionLogLine> _lines = [];
    private long _written;

    public void Write(string logStream, string text)
    {
        var line = new FunctionLogLine(time.GetUtcNow(), logStream, text);
        lock (_lock)
        {
            if (_lines.Count == capacity)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line with { Number = ++_written });
        }
    }

    public IReadOnlyList<FunctionLogLine> Lines()
    {
        lock (_lock)
        {
            return [.. _lines];
        }
    }

    /// <summary>The last 4 KB of one invocation's lines, as <c>X-Amz-Log-Result</c> carries them before base64.</summary>
    public ReadOnlyMemory<byte> Tail(string requestId)
    {
        IReadOnlyList<FunctionLogLine> lines = Lines();
        string start = StartLine(requestId);
        int first = lines.Index().LastOrDefault(l => l.Item.Text == start, (-1, null!)).Index;
        if (first < 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        var text = new StringBuilder();
        foreach (FunctionLogLine line in lines.Skip(first).Where(l => l.LogStream == lines[first].LogStream))
        {
            text.Append(line.Text).Append('\n');
            if (line.Text.StartsWith($"REPORT RequestId: {requestId}", StringComparison.Ordinal))
            {
                break;
            }
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        return bytes.AsMemory(Math.Max(0, bytes.Length - TailBytes));
    }

    /// <summary>The line that opens an invocation.</summary>
    public static string StartLine(string requestId) => $"START RequestId: {requestId} Version: {FunctionDefinition.Version}";
}
