using WhatsAppBuffer.Simulator.App.Words;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>One expectation and whether it held.</summary>
/// <param name="Holds">Whether it did.</param>
/// <param name="What">What was expected and, where it did not hold, what was found instead.</param>
internal sealed record Verdict(bool Holds, string What);

/// <summary>Holds a run against its scenario's expectations.</summary>
internal static class Judgement
{
    public static IReadOnlyList<Verdict> Of(ScenarioRun run) => [.. Verdicts(run, Account.Of(run))];

    private static IEnumerable<Verdict> Verdicts(ScenarioRun run, Account account)
    {
        Expectations expect = run.Scenario.Expect;
        if (!run.Settled)
        {
            yield return new Verdict(false, "everything was delivered in time; something was still on its way when the wait ended");
        }

        if (expect.AgentMessages is { } messages)
        {
            yield return Count("message on the agent's screen", "messages on the agent's screen", messages, run.ByCustomer().Sum(customer => run.TranscriptOf(customer.Key).Count()));
        }

        if (expect.Chats is { } chats)
        {
            yield return Count("chat", "chats", chats, run.Chats.Count);
        }

        if (expect.DeadLetters is { } deadLetters)
        {
            yield return Count("dead letter", "dead letters", deadLetters, run.DeadLetters.Count);
        }

        if (expect.EveryMessageOnceInOrder)
        {
            yield return OnceInOrder(account);
        }

        int late = account.With(Fate.Late).Count();
        if (late > expect.Late)
        {
            yield return new Verdict(
                false,
                $"at most {Plural.Of(expect.Late, "message")} late ({late:N0} {(late == 1 ? "was" : "were")} stored when later ones of the same customer had been handed over: the buffer is shorter than such a delay; or this machine is too slow for --speed {run.Speed:0.##})");
        }

        foreach (ExpectedTranscript transcript in expect.Transcripts)
        {
            yield return Transcript(run, transcript);
        }

        if (expect.LongestWait is { } wait)
        {
            double longest = account.Fates.Where(fate => fate.Fate != Fate.NotShown).Max(fate => fate.Wait?.TotalSeconds ?? double.PositiveInfinity);
            yield return new Verdict(longest <= wait, $"no message waited longer than {wait} s (the longest waited {longest:0.0} s)");
        }
    }

    private static Verdict Count(string one, string many, int expected, int found) => new(
        expected == found, expected == found ? Plural.Of(found, one, many) : $"{Plural.Of(expected, one, many)} (there were {found:N0})");

    private static Verdict OnceInOrder(Account account)
    {
        MessageFate? bad = account.With(Fate.Lost, Fate.Doubled, Fate.OutOfOrder).FirstOrDefault();
        string? wrong = (bad, account.Surplus) switch
        {
            ({ } message, _) => $"{message.Message.Sent.Customer}: '{Shorten(message.Message.Line.ExpectedText!)}' {Describe(message)}",
            (null, [var customer, ..]) => $"the agent saw more of {customer} than was sent",
            _ => null,
        };
        return wrong is null
            ? new Verdict(true, $"every message once, whole and in its customer's order ({Plural.Of(account.With(Fate.Delivered, Fate.Redriven).Count(), "text")})")
            : new Verdict(false, $"every message once and in order ({wrong})");
    }

    private static string Describe(MessageFate message) => message.Fate switch
    {
        Fate.Lost => "is missing",
        Fate.Doubled => "was seen twice",
        _ => "is out of order",
    };

    private static Verdict Transcript(ScenarioRun run, ExpectedTranscript expected)
    {
        string[] seen = [.. run.Messages.Where(m => m.Sent.Customer == expected.Customer).Select(m => m.Sent.CustomerKey).Distinct().SelectMany(run.TranscriptOf).Select(item => item.Content)];
        return seen.SequenceEqual(expected.Messages)
            ? new Verdict(true, $"the agent saw of {expected.Customer} exactly {Quote(expected.Messages)}")
            : new Verdict(false, $"the agent saw of {expected.Customer} exactly {Quote(expected.Messages)} (it was {Quote(seen)})");
    }

    private static string Quote(IEnumerable<string> texts) => "[" + string.Join(", ", texts.Select(text => $"\"{Shorten(text).Replace("\n", "\\n", StringComparison.Ordinal)}\"")) + "]";

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..77] + "...";
}
