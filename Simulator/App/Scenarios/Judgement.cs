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
            yield return Count("message on the agent's screen", "messages on the agent's screen", messages, run.Correspondences().Sum(conversation => run.TranscriptOf(conversation).Count()));
        }

        if (expect.Chats is { } chats)
        {
            yield return Count("chat", "chats", chats, run.Chats.Count);
        }

        if (expect.DeadLetters is { } deadLetters)
        {
            yield return Count("dead letter", "dead letters", deadLetters, run.DeadLetters.Count);
        }

        if (expect.OnPhones is { } onPhones)
        {
            yield return Count("message on customers' phones", "messages on customers' phones", onPhones, run.OnPhones);
        }

        foreach (ExpectedPhone phone in expect.Phones)
        {
            yield return Phone(run, phone);
        }

        if (expect.Notices is { } notices)
        {
            yield return Count("answer of which its agent heard that it is not delivered", "answers of which their agents heard that they are not delivered", notices, run.Notices);
        }

        foreach (ExpectedAttributes attributes in expect.Attributes)
        {
            yield return Attributes(run, attributes);
        }

        if (expect.EveryMessageOnceInOrder)
        {
            yield return OnceInOrder(account);
        }

        if (run.Scenario.Answers is not null)
        {
            yield return Answers(AnswerAccount.Of(run));
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

    private static Verdict Answers(AnswerAccount account)
    {
        string? wrong = (account.Lost, account.Astray, account.DoubledForNoReason) switch
        {
            ([var lost, ..], _, _) => $"'{lost.Text}' is missing",
            (_, [var astray, ..], _) => $"somebody else got '{astray}'",
            (_, _, [var again, ..]) => $"'{again.Text}' came {again.Times} times, and no fault explains it",
            _ => null,
        };
        string doubled = account.Doubled.Count == 0 ? "" : $"; {account.Doubled.Count:N0} came more than once, after faults that left open whether they had been sent";
        return new Verdict(wrong is null && account.Fates.Count > 0, $"every answer once on its customer's phone ({wrong ?? Plural.Of(account.Fates.Count, "answer") + doubled})");
    }

    private static string Describe(MessageFate message) => message.Fate switch
    {
        Fate.Lost => "is missing",
        Fate.Doubled => "was seen twice",
        _ => "is out of order",
    };

    private static Verdict Phone(ScenarioRun run, ExpectedPhone expected)
    {
        HashSet<string> ids = [.. run.Correspondences().Where(conversation => conversation.IsOf(expected.Customer)).SelectMany(conversation => conversation.Ids)];
        string[] got = [.. run.Phones.Where(item => item.Kind is ("text" or "image" or "video" or "audio" or "document") && ids.Contains(item.Customer.TrimStart('+'))).Select(item => item.Text)];
        return got.SequenceEqual(expected.Messages)
            ? new Verdict(true, $"{expected.Customer}'s phone got exactly {Quote(got)}")
            : new Verdict(false, $"{expected.Customer}'s phone got exactly {Quote(expected.Messages)} (it was {Quote(got)})");
    }

    private static Verdict Transcript(ScenarioRun run, ExpectedTranscript expected)
    {
        string[] seen = [.. run.Correspondences().Where(conversation => conversation.IsOf(expected.Customer) && (expected.Number ?? conversation.Number) == conversation.Number).SelectMany(run.TranscriptOf).Select(item => item.Content)];
        string who = expected.Number is null ? expected.Customer : $"{expected.Customer} at {expected.Number}";
        return seen.SequenceEqual(expected.Messages)
            ? new Verdict(true, $"the agent saw of {who} exactly {Quote(expected.Messages)}")
            : new Verdict(false, $"the agent saw of {who} exactly {Quote(expected.Messages)} (it was {Quote(seen)})");
    }

    private static Verdict Attributes(ScenarioRun run, ExpectedAttributes expected)
    {
        IReadOnlyDictionary<string, string> seen = run.Chats.LastOrDefault(chat => chat.CustomerName == expected.Customer)?.Attributes ?? new Dictionary<string, string>();
        string wanted = string.Join(", ", expected.Attributes.Select(attribute => $"{attribute.Key} \"{attribute.Value}\""));
        return expected.Attributes.All(attribute => seen.GetValueOrDefault(attribute.Key, "") == attribute.Value)
            ? new Verdict(true, $"the flow that took {expected.Customer}'s chat could route on {wanted}")
            : new Verdict(false, $"the flow that took {expected.Customer}'s chat could route on {wanted} (it had {string.Join(", ", seen.Select(attribute => $"{attribute.Key} \"{attribute.Value}\""))})");
    }

    private static string Quote(IEnumerable<string> texts) => "[" + string.Join(", ", texts.Select(text => $"\"{Shorten(text).Replace("\n", "\\n", StringComparison.Ordinal)}\"")) + "]";

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..77] + "...";
}
