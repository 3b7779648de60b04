using System.Text;
using WhatsAppBuffer.Redrive.Letters;

namespace WhatsAppBuffer.Redrive;

/// <summary>A report for people.</summary>
internal static class ReportText
{
    private const int MostReasons = 50;

    public static string Of(RedriveReport report, IReadOnlyList<RedriveQueue> queues, bool isDryRun)
    {
        var text = new StringBuilder();
        string verb = isDryRun ? "would be put back" : "put back";
        foreach (RedriveQueue queue in queues)
        {
            (LetterKind Kind, int Count)[] kinds = [.. report.PutBack.Where(count => count.Key.Queue == queue.Name).Select(count => (count.Key.Kind, count.Value)).OrderBy(count => count.Kind)];
            int skipped = report.Skipped.Count(letter => letter.StartsWith($"{queue.Name} ", StringComparison.Ordinal));
            if (kinds.Length == 0 && skipped == 0)
            {
                text.AppendLine($"{queue.Name}: empty");
                continue;
            }

            text.AppendLine($"{queue.Name}:");
            foreach ((LetterKind kind, int count) in kinds)
            {
                text.AppendLine($"  {count,6} {NameOf(kind)}: {verb}");
            }

            if (skipped > 0)
            {
                text.AppendLine($"  {skipped,6} skipped");
            }
        }

        foreach (string letter in report.Skipped.Take(MostReasons))
        {
            text.AppendLine($"Skipped: {letter}");
        }

        if (report.Skipped.Count > MostReasons)
        {
            text.AppendLine($"… and {report.Skipped.Count - MostReasons} more.");
        }

        return text.ToString();
    }

    private static string NameOf(LetterKind kind) => kind switch
    {
        LetterKind.Notification => "notification(s) of the topic",
        LetterKind.Invocation => "invocation(s) that Lambda gave up",
        LetterKind.Event => "event(s) that the event handler could not handle",
        LetterKind.RefusedPart => "part(s) that Connect refused",
        LetterKind.RefusedReply => "answer(s) that WhatsApp refused",
        LetterKind.RefusedRecords => "letter(s) with records that the aggregator could not hand over",
        LetterKind.Batch => "batch(es) of the stream that the mapping gave up",
        _ => "unknown",
    };
}
