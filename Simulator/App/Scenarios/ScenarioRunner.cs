using System.Text.Json;
using WhatsAppBuffer.Simulator.App.Control;
using LocalAws.Faults;
using WhatsAppBuffer.Simulator.App.Agents;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>Plays a scenario against a running simulator.</summary>
/// <param name="simulator">The simulator's control API.</param>
/// <param name="clock">Real time.</param>
/// <param name="machine">Lets the simulator's clock wait for a slow machine; null where that clock is somebody else's, whose speed must stay as it is.</param>
internal sealed class ScenarioRunner(ControlClient simulator, TimeProvider clock, SlowMachine? machine = null)
{
    private const int QuietPolls = 10;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <exception cref="ControlException">The simulator refused a request.</exception>
    /// <exception cref="ScenarioException">The simulator's clock is frozen, or the scenario asks what cannot be.</exception>
    public async Task<ScenarioRun> PlayAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        IReadOnlyList<ScriptLine> script = ScenarioScript.Write(scenario);
        await WarmUpAsync(script, cancellationToken);
        StatisticsView before = await simulator.GetStatisticsAsync(cancellationToken);
        IReadOnlyList<DeadLetterView> deadBefore = await simulator.GetDeadLettersAsync(cancellationToken);
        using Pace pace = await Pace.StartAsync(simulator, scenario, machine, clock, cancellationToken);
        await SetFaultsAsync(scenario.Faults, cancellationToken);
        await SetAnswersAsync(scenario, scenario.Answers, cancellationToken);
        Task<IReadOnlyList<RunMessage>> sending = SendAsync(script, pace, cancellationToken);
        Task acting = ActAsync(scenario, pace, cancellationToken);
        IReadOnlyList<RunMessage> messages = await sending;
        await acting;
        bool settled = await SettleAsync(pace, cancellationToken);
        IReadOnlyList<FaultCount> faults = (await simulator.GetFaultsAsync(cancellationToken)).Counts;
        await SetFaultsAsync(scenario.Faults is null ? null : FaultPlan.None, cancellationToken);
        await SetAnswersAsync(scenario, AnswerPlan.Nobody, cancellationToken);
        IReadOnlyList<DeadLetterView> redriven = [];
        if (scenario.Redrive)
        {
            redriven = await RedriveAsync(deadBefore, cancellationToken);
            settled &= await SettleAsync(pace, cancellationToken);
        }

        return new ScenarioRun
        {
            Scenario = scenario,
            Messages = messages,
            Chats = Since(pace.Start, await simulator.GetChatsAsync(cancellationToken)),
            Phones = [.. (await simulator.GetPhonesAsync(cancellationToken)).Where(item => item.At >= pace.Start)],
            Notices = (await simulator.GetNoticesAsync(cancellationToken)).Count(notice => notice.At >= pace.Start),
            Times = (await simulator.GetTimesAsync(cancellationToken)).ToDictionary(times => times.Id),
            Redriven = redriven,
            Faults = faults,
            DeadLetters = await DeadLettersSinceAsync(deadBefore, cancellationToken),
            Statistics = (await simulator.GetStatisticsAsync(cancellationToken)).Since(before),
            Speed = pace.Speed,
            Settled = settled,
        };
    }

    /// <summary>
    /// A process of each function for every message and every customer, as far as the function may have so many at once: no message waits for a
    /// process to start.
    /// </summary>
    private async Task WarmUpAsync(IReadOnlyList<ScriptLine> script, CancellationToken cancellationToken)
    {
        int customers = script.DistinctBy(line => line.Request.Customer).Count();
        int shards = (await simulator.GetStatusAsync(cancellationToken)).Shards.Count;
        await simulator.WarmUpAsync(FunctionSpecs.OnRawMessages.Name, script.Sum(line => line.Request.Copies), cancellationToken);
        await simulator.WarmUpAsync(FunctionSpecs.MessageAggregator.Name, Math.Min(customers, shards), cancellationToken);
        await simulator.WarmUpAsync(FunctionSpecs.WhatsAppEventHandler.Name, customers, cancellationToken);
    }

    private Task SetFaultsAsync(FaultPlan? plan, CancellationToken cancellationToken) =>
        plan is null ? Task.CompletedTask : simulator.SetFaultsAsync(plan, cancellationToken);

    private Task SetAnswersAsync(Scenario scenario, AnswerPlan? plan, CancellationToken cancellationToken) =>
        scenario.Answers is null || plan is null ? Task.CompletedTask : simulator.SetAnswersAsync(plan, cancellationToken);

    private async Task<IReadOnlyList<DeadLetterView>> RedriveAsync(IReadOnlyList<DeadLetterView> before, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeadLetterView> letters = await DeadLettersSinceAsync(before, cancellationToken);
        if (letters.Count > 0)
        {
            await simulator.RedriveAsync(cancellationToken);
        }

        return letters;
    }

    private async Task<IReadOnlyList<DeadLetterView>> DeadLettersSinceAsync(IReadOnlyList<DeadLetterView> before, CancellationToken cancellationToken) =>
        [.. (await simulator.GetDeadLettersAsync(cancellationToken)).ExceptBy(before.Select(d => d.MessageId), d => d.MessageId)];

    /// <summary>The simulator may have been at work before: only what came since the start belongs to this run.</summary>
    private static IReadOnlyList<ChatView> Since(DateTimeOffset start, IReadOnlyList<ChatView> chats) =>
    [
        .. chats
            .Select(chat => chat with { Transcript = [.. chat.Transcript.Where(item => item.At >= start)] })
            .Where(chat => chat.Transcript.Count > 0),
    ];

    /// <summary>A customer's messages go out one after the other, as from a phone; the customers side by side.</summary>
    private async Task<IReadOnlyList<RunMessage>> SendAsync(IReadOnlyList<ScriptLine> script, Pace pace, CancellationToken cancellationToken)
    {
        IEnumerable<Task<List<RunMessage>>> phones = script
            .GroupBy(line => line.Request.Customer)
            .Select(async phone =>
            {
                var sent = new List<RunMessage>();
                foreach (ScriptLine line in phone)
                {
                    long timestamp = pace.StartSeconds + (long)Math.Floor(line.WrittenAt);
                    SendMessageRequest message = line.Request with { Timestamp = timestamp };
                    CustomerMessage taken = await pace.DoAtAsync(line.At, () => simulator.SendAsync(message, cancellationToken), cancellationToken);
                    sent.Add(new RunMessage(line, taken, line.Timestamp ?? timestamp));
                }

                return sent;
            });
        return [.. (await Task.WhenAll(phones)).SelectMany(sent => sent).OrderBy(message => message.Sent.SentAt)];
    }

    private async Task ActAsync(Scenario scenario, Pace pace, CancellationToken cancellationToken)
    {
        foreach (AgentAction action in scenario.Agent.OrderBy(action => action.At))
        {
            if (action.Action == "template")
            {
                await pace.DoAtAsync(action.At, () => SendTemplateAsync(scenario, action, cancellationToken), cancellationToken);
                continue;
            }

            IReadOnlyList<ChatView> chats = await pace.DoAtAsync(action.At, () => simulator.GetChatsAsync(cancellationToken), cancellationToken);
            ChatView chat = chats
                .LastOrDefault(chat => chat.CustomerName == action.Customer && chat.EndedAt is null)
                ?? throw new ScenarioException($"{scenario.Name}: at {action.At} s the agent has no open chat with {action.Customer} to {action.Action}.");
            await (action.Action switch
            {
                "end" => simulator.EndChatAsync(chat.ContactId, cancellationToken),
                "attach" => simulator.SendAsAgentAsync(chat.ContactId, new AgentMessageRequest { Attach = action.File }, cancellationToken),
                "type" => simulator.TypeAsAgentAsync(chat.ContactId, cancellationToken),
                _ => simulator.SendAsAgentAsync(chat.ContactId, new AgentMessageRequest { Text = action.Text ?? "" }, cancellationToken),
            });
        }
    }

    private async Task<bool> SendTemplateAsync(Scenario scenario, AgentAction action, CancellationToken cancellationToken)
    {
        FunctionAnswer answer = await simulator.RunFlowAsync(
            new FlowRequest { Customer = action.Customer, Phone = action.Phone, ContactId = action.Contact, Values = action.Values }, cancellationToken);
        return answer.FunctionError is null && answer.Payload.ValueKind == JsonValueKind.Object && answer.Payload.TryGetProperty("status", out JsonElement status) && status.ValueEquals("sent")
            ? true
            : throw new ScenarioException($"{scenario.Name}: at {action.At} s the flow of {action.Customer} was told {answer.Payload.GetRawText()}.");
    }

    /// <summary>Waits until nothing is on its way. A quiet moment between two stages is told from the end by its length.</summary>
    private async Task<bool> SettleAsync(Pace pace, CancellationToken cancellationToken)
    {
        long lastMove = clock.GetTimestamp();
        long calls = 0;
        int quiet = 0;
        while (clock.GetElapsedTime(lastMove) < pace.Patience)
        {
            await Task.Delay(Poll, clock, cancellationToken);
            quiet = (await simulator.GetStatusAsync(cancellationToken)).Idle ? quiet + 1 : 0;
            if (quiet == QuietPolls)
            {
                return true;
            }

            if (clock.GetElapsedTime(lastMove) > pace.Patience / 2 && await CountCallsAsync(cancellationToken) is var counted && counted != calls)
            {
                (lastMove, calls) = (clock.GetTimestamp(), counted);
            }
        }

        return false;
    }

    private async Task<long> CountCallsAsync(CancellationToken cancellationToken) => (await simulator.GetStatisticsAsync(cancellationToken)).Calls.Values.Sum();
}
