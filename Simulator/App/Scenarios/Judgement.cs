using System.Text;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>One expectation and whether it held.</summary>
/// <param name="Holds">Whether it did.</param>
/// <param name="What">What was expected and, where it did not hold, what was found instead.</param>
internal sealed record Verdict(bool Holds, string What);

/// <summary>Holds a run against its scenario's expectations.</summary>
internal static class Judgement
{
    public static IReadOnlyList<Verdict> Of(ScenarioRun run) => [.. Verdicts(run)];

    private static IEnumerable<Verdict> Verdicts(ScenarioRun run)
    {
        Expectations expect = run.Scenario.Expect;
        if (!run.Settled)
        {
            yield return new Verdict(false, "everything was delivered in time; something was still on its way when the wait ended");
        }

        if (expect.AgentMessages is { } messages)
        {
            yield return Count("messages on the agent's screen", messages, run.ByCustomer().Sum(customer => run.TranscriptOf(customer.Key).Count()));
        }

        if (expect.Chats is { } chats)
        {
            yield return Count("chats", chats, run.Chats.Count);
        }

        if (expect.DeadLetters is { } deadLetters)
        {
            yield return Count("dead letters", deadLetters, run.DeadLetters.Count);
        }

        if (expect.EveryMessageOnceInOrder)
        {
            yield return OnceInOrder(run);
        }

        foreach (ExpectedTranscript transcript in expect.Transcripts)
        {
            yield return Transcript(run, transcript);
        }

        if (expect.LongestWait is { } wait)
        {
            double longest = run.Messages.Max(message => DeliveryTime.Of(run, message) is { } at ? (at - message.Sent.SentAt).TotalSeconds : double.PositiveInfinity);
            yield return new Verdict(longest <= wait, $"no message waited longer than {wait} s (the longest waited {longest:0.0} s)");
        }
    }

    private static Verdict Count(string what, int expected, int found) =>
        new(expected == found, expected == found ? $"{found:N0} {what}" : $"{expected:N0} {what} (there were {found:N0})");

    private static Verdict OnceInOrder(ScenarioRun run)
    {
        int judged = 0;
        foreach (IGrouping<string, RunMessage> customer in run.ByCustomer())
        {
            string seen = WithoutSpace(string.Concat(run.TranscriptOf(customer.Key).Select(item => item.Content)));
            int at = 0;
            foreach (string text in customer.DistinctBy(m => m.Sent.Id).Select(m => m.Line.ExpectedText).OfType<string>().Select(WithoutSpace))
            {
                int found = seen.IndexOf(text, at, StringComparison.Ordinal);
                if (found < 0)
                {
                    return new Verdict(false, $"every message once and in order ({customer.First().Sent.Customer}: '{Shorten(text)}' is missing or out of order)");
                }

                at = found + text.Length;
                judged++;
            }

            if (customer.All(m => m.Line.ExpectedText is not null && m.Line.Request is { Type: "text", Context: null }) && seen.Length != at)
            {
                return new Verdict(false, $"every message once and in order (the agent saw more of {customer.First().Sent.Customer} than was sent)");
            }

            if (Twice(seen, customer) is { } twice)
            {
                return new Verdict(false, $"every message once and in order ({customer.First().Sent.Customer}: '{Shorten(twice)}' was seen twice)");
            }
        }

        return new Verdict(true, $"every message once, whole and in its customer's order ({judged:N0} texts)");
    }

    private static string? Twice(string seen, IEnumerable<RunMessage> messages) => messages
        .DistinctBy(m => m.Sent.Id)
        .Select(m => m.Line.ExpectedText)
        .OfType<string>()
        .Select(WithoutSpace)
        .Where(text => text.Length >= 12)
        .GroupBy(text => text)
        .FirstOrDefault(group => Occurrences(seen, group.Key) > group.Count())?.Key;

    private static int Occurrences(string text, string part)
    {
        int count = 0;
        for (int at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }

    private static Verdict Transcript(ScenarioRun run, ExpectedTranscript expected)
    {
        string[] seen = [.. run.Messages.Where(m => m.Sent.Customer == expected.Customer).Select(m => m.Sent.CustomerKey).Distinct().SelectMany(run.TranscriptOf).Select(item => item.Content)];
        return seen.SequenceEqual(expected.Messages)
            ? new Verdict(true, $"the agent saw of {expected.Customer} exactly {Quote(expected.Messages)}")
            : new Verdict(false, $"the agent saw of {expected.Customer} exactly {Quote(expected.Messages)} (it was {Quote(seen)})");
    }

    private static string Quote(IEnumerable<string> texts) => "[" + string.Join(", ", texts.Select(text => $"\"{Shorten(text).Replace("\n", "\\n", StringComparison.Ordinal)}\"")) + "]";

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..77] + "...";

    /// <summary>Splitting and joining may turn a space into a border between two messages; letters must all be there.</summary>
    internal static string WithoutSpace(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (!char.IsWhiteSpace(c))
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }
}

/// <summary>When a message reached the agent: the time of the transcript item that ends it.</summary>
internal static class DeliveryTime
{
    public static DateTimeOffset? Of(ScenarioRun run, RunMessage message)
    {
        if (message.Line.ExpectedText is null)
        {
            return message.Sent.SentAt;
        }

        string text = Judgement.WithoutSpace(message.Line.ExpectedText);
        string end = text.Length <= 200 ? text : text[^200..];
        return run.TranscriptOf(message.Sent.CustomerKey).FirstOrDefault(item => Judgement.WithoutSpace(item.Content).Contains(end, StringComparison.Ordinal))?.At;
    }
}
