using System.Buffers;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.ServiceDefaults.Logging;

/// <summary>
/// Lines for people: <c>info Stored 1, … [requestId=…, traceId=…]</c>. The values of a message stand in its words; in brackets stand those of
/// the scopes around it and the trace. An exception follows on lines of its own, indented. Wherever people read, lines are stamped already.
/// </summary>
/// <param name="output">Where lines go.</param>
/// <param name="minimum">Lines below this level are left out.</param>
internal sealed class ConsoleTextLoggerProvider(Stream output, LogLevel minimum) : ConsoleLoggerProvider(output, minimum)
{
    protected override void Format(IBufferWriter<byte> line, in Entry entry)
    {
        var text = new StringBuilder(256);
        text.Append(Name(entry.Level)).Append(' ').Append(Masking.Mask(entry.Message.ReplaceLineEndings(" ")));
        List<string> marks = [];
        Scopes.ForEachScope((scope, all) => all.AddRange(ValuesOf(scope).Select(Mark)), marks);
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            marks.Add($"traceId={activity.TraceId.ToHexString()}");
        }

        if (marks.Count > 0)
        {
            text.Append(" [").AppendJoin(", ", marks).Append(']');
        }

        if (entry.Exception is { } exception)
        {
            text.Append("\n  ").Append(Masking.Mask(exception.ToString().ReplaceLineEndings("\n  ")));
        }

        Encoding.UTF8.GetBytes(text.ToString(), line);
    }

    private static string Mark(KeyValuePair<string, object?> pair)
    {
        string mark = $"{pair.Key}={pair.Value}".ReplaceLineEndings(" ");
        return pair.Key == LogScope.RequestId ? mark : Masking.Mask(mark);
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
