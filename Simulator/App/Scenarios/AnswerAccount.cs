using LocalAws.Faults;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>An answer, and how often its customer got it.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Times">How often.</param>
/// <param name="IsDoubtful">Whether an answer of End User Messaging's was lost, so that it may have been sent again.</param>
internal sealed record AnswerFate(string Text, int Times, bool IsDoubtful);

/// <summary>What became of every answer of agents who answer by themselves, each of which says something else.</summary>
/// <param name="Fates">One for each answer.</param>
/// <param name="Astray">Answers that somebody else got.</param>
/// <param name="Deaths">How many invocations that send answers were killed on purpose: nobody knows what became of the answer that each of them may have been sending.</param>
internal sealed record AnswerAccount(IReadOnlyList<AnswerFate> Fates, IReadOnlyList<string> Astray, long Deaths)
{
    /// <summary>Answers that did not come.</summary>
    public IReadOnlyList<AnswerFate> Lost => [.. Fates.Where(fate => fate.Times == 0)];

    /// <summary>Answers that came more than once.</summary>
    public IReadOnlyList<AnswerFate> Doubled => [.. Fates.Where(fate => fate.Times > 1)];

    /// <summary>Those of <see cref="Doubled"/> that no fault explains.</summary>
    public IReadOnlyList<AnswerFate> DoubledForNoReason => [.. Doubled.Where(fate => !fate.IsDoubtful).Skip((int)Math.Min(Deaths, int.MaxValue))];

    public static AnswerAccount Of(ScenarioRun run)
    {
        ILookup<string, PhoneItem> received = run.Phones.Where(item => item.Kind == "text").ToLookup(item => item.Text);
        var fates = new List<AnswerFate>();
        var astray = new List<string>();
        foreach (Correspondence conversation in run.Correspondences())
        {
            HashSet<string> ids = [.. conversation.Ids.Select(WebhookMessage.Plain)];
            foreach (ChatItem answer in run.ChatsOf(conversation).SelectMany(chat => chat.Transcript).Where(item => item is { Role: "AGENT", ContentType: "text/plain" }))
            {
                PhoneItem[] own = [.. received[answer.Content].Where(item => ids.Contains(item.Customer.TrimStart('+')))];
                fates.Add(new AnswerFate(answer.Content, own.Length, own.Any(item => item.IsDoubtful)));
                astray.AddRange(received[answer.Content].Except(own).Select(item => item.Text));
            }
        }

        return new AnswerAccount(fates, astray, Killed(run));
    }

    private static long Killed(ScenarioRun run)
    {
        HashSet<string> kills =
        [
            .. (run.Scenario.Faults?.Rules ?? [])
                .Where(rule => rule.Effect is FaultEffect.Kill && (rule.Operation is FaultRule.Any || rule.Operation == FunctionSpecs.ConnectEventHandler.Name))
                .Select(rule => rule.Describe()),
        ];
        return run.Faults.Where(count => kills.Contains(count.Rule)).Sum(count => count.Struck);
    }
}
