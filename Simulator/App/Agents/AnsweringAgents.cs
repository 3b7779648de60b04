using LocalAws.Connect;
using LocalAws.Endpoint;

namespace WhatsAppBuffer.Simulator.App.Agents;

/// <summary>Agents who answer by themselves whatever customers write, each message after a pause of its own. Nobody does before they are asked to.</summary>
internal sealed class AnsweringAgents
{
    private readonly AgentDesktop _desktop;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private AnswerPlan _plan = AnswerPlan.Nobody;
    private Random _random = new(0);
    private int _answers;
    private int _underWay;

    /// <param name="desktop">Where they see and write.</param>
    /// <param name="clock">The simulator's clock.</param>
    public AnsweringAgents(AgentDesktop desktop, TimeProvider clock)
    {
        (_desktop, _clock) = (desktop, clock);
        desktop.TranscriptItemAdded += See;
    }

    /// <summary>Whether nobody is about to write.</summary>
    public bool IsIdle => Volatile.Read(ref _underWay) == 0;

    /// <summary>From now on they answer so.</summary>
    /// <exception cref="ArgumentException">The plan cannot be; says why.</exception>
    public void Follow(AnswerPlan plan)
    {
        if (plan.Problem() is { } problem)
        {
            throw new ArgumentException($"{problem}.");
        }

        lock (_lock)
        {
            (_plan, _random, _answers) = (plan, new Random(plan.Seed), 0);
        }
    }

    private void See(TranscriptItem item)
    {
        if (item is not { Type: "MESSAGE", Participant: { Role: "CUSTOMER" } customer })
        {
            return;
        }

        lock (_lock)
        {
            for (int i = 0; i < _plan.PerMessage; i++)
            {
                Interlocked.Increment(ref _underWay);
                _ = AnswerAsync(item.ContactId, $"Answer {++_answers}, {customer.DisplayName}", TimeSpan.FromSeconds(_random.NextDouble() * _plan.LongestPause));
            }
        }
    }

    private async Task AnswerAsync(string contactId, string text, TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, _clock);
            _desktop.SendMessage(contactId, text);
        }
        catch (AwsException)
        {
            // The chat has ended, or a reset forgot it: nobody can answer in it any more.
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
