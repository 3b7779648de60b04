using System.Collections.Concurrent;
using LocalAws.Endpoint;

namespace LocalAws.Faults;

/// <summary>Holds the plan in force, numbers the calls that its rules match, and counts what they struck. Safe for use by many threads.</summary>
/// <param name="clock">The cloud's clock, by which rules begin and end; real time when missing.</param>
public sealed class FaultInjector(TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, bool> _unkillable = new(StringComparer.Ordinal);
    private volatile Campaign _campaign = new(FaultPlan.None, clock ?? TimeProvider.System);

    /// <summary>The plan in force; <see cref="FaultPlan.None"/> at first.</summary>
    public FaultPlan Plan => _campaign.Plan;

    /// <summary>What each rule of the plan in force has done, in the plan's order.</summary>
    public IReadOnlyList<FaultCount> Counts => _campaign.Counts();

    /// <summary>Puts a plan in force from now on; numbers and counts begin anew.</summary>
    /// <param name="plan">The plan.</param>
    /// <exception cref="ArgumentException">It has a rule that cannot be, or one that would kill an attached function; says which and why.</exception>
    public void Set(FaultPlan plan)
    {
        IEnumerable<string?> problems = _unkillable.Keys.Order(StringComparer.Ordinal).Select(name => ProblemOfKilling(name, plan)).Prepend(plan.Problem());
        if (problems.FirstOrDefault(p => p is not null) is { } problem)
        {
            throw new ArgumentException(problem, nameof(plan));
        }

        _campaign = new Campaign(plan, _clock);
    }

    /// <summary>A function's processes run elsewhere: no plan may kill them.</summary>
    /// <exception cref="AwsException">The plan in force does.</exception>
    internal void MayNotKill(string functionName)
    {
        if (ProblemOfKilling(functionName, Plan) is { } problem)
        {
            throw new AwsException("InvalidParameterValueException", problem);
        }

        _unkillable[functionName] = true;
    }

    /// <summary>There is no such function any more.</summary>
    internal void MayKill(string functionName) => _unkillable.TryRemove(functionName, out _);

    /// <summary>What happens to a call of a service.</summary>
    internal CallFaults OnCall(string service, string operation)
    {
        var faults = CallFaults.None;
        foreach ((FaultPlan plan, int rule, long call) in _campaign.Strikes(
            service, operation, FaultEffect.Error, FaultEffect.Throttle, FaultEffect.Latency, FaultEffect.DropResponse))
        {
            FaultRule struck = plan.Rules[rule];
            faults = struck.Effect switch
            {
                FaultEffect.Latency => faults with { Delay = faults.Delay + plan.LatencyOf(rule, call) },
                FaultEffect.DropResponse => faults with { DropsResponse = true },
                FaultEffect.Throttle => faults with { Error = faults.Error ?? ServiceErrors.Throttled(service) },
                _ => faults with { Error = faults.Error ?? ErrorOf(struck, service) },
            };
        }

        return faults;
    }

    /// <summary>When an invocation of a function is killed, as a share of its usual duration; null when it is not.</summary>
    internal double? OnInvocation(string functionName)
    {
        double? moment = null;
        foreach ((FaultPlan plan, int rule, long call) in _campaign.Strikes("lambda", functionName, FaultEffect.Kill))
        {
            moment = plan.MomentOf(rule, call);
        }

        return moment;
    }

    /// <summary>What happens to the delivery of a notification of a topic.</summary>
    internal DeliveryFaults OnDelivery(string topicName)
    {
        var faults = DeliveryFaults.None;
        foreach ((FaultPlan plan, int rule, long call) in _campaign.Strikes("sns", topicName, FaultEffect.Duplicate, FaultEffect.Reorder))
        {
            faults = plan.Rules[rule].Effect == FaultEffect.Duplicate
                ? faults with { Copies = faults.Copies + 1 }
                : faults with { HeldBack = faults.HeldBack + plan.LatencyOf(rule, call) };
        }

        return faults;
    }

    private static string? ProblemOfKilling(string functionName, FaultPlan plan)
    {
        FaultRule? rule = plan.Rules.FirstOrDefault(rule => rule.Effect == FaultEffect.Kill && rule.Matches("lambda", functionName));
        return rule is null ? null
            : $"fault rule '{rule.Describe()}': it would kill {functionName}, which is attached and so runs in a process that is not ours to kill. Let the rule name another function, or start without attaching {functionName}.";
    }

    private static AwsException ErrorOf(FaultRule rule, string service) => rule.Code is { } code
        ? new AwsException(code, "An injected fault.", rule.Status ?? 500)
        : ServiceErrors.Broken(service);

    private sealed class Campaign(FaultPlan plan, TimeProvider clock)
    {
        private readonly long _began = clock.GetTimestamp();
        private readonly long[] _matched = new long[plan.Rules.Count];
        private readonly long[] _struck = new long[plan.Rules.Count];

        public FaultPlan Plan => plan;

        public IReadOnlyList<FaultCount> Counts() =>
            [.. plan.Rules.Select((rule, place) => new FaultCount(rule.Describe(), Interlocked.Read(ref _matched[place]), Interlocked.Read(ref _struck[place])))];

        public IEnumerable<(FaultPlan Plan, int Rule, long Call)> Strikes(string service, string operation, params FaultEffect[] effects)
        {
            for (int rule = 0; rule < plan.Rules.Count; rule++)
            {
                FaultRule each = plan.Rules[rule];
                if (!effects.Contains(each.Effect) || !each.Matches(service, operation) || !each.IsInForce(clock.GetElapsedTime(_began)))
                {
                    continue;
                }

                long call = Interlocked.Increment(ref _matched[rule]);
                if (plan.Strikes(rule, call))
                {
                    Interlocked.Increment(ref _struck[rule]);
                    yield return (plan, rule, call);
                }
            }
        }
    }
}

/// <summary>What one rule has done.</summary>
/// <param name="Rule">The rule in a few words.</param>
/// <param name="Matched">Calls that it might have struck.</param>
/// <param name="Struck">Calls that it struck.</param>
public sealed record FaultCount(string Rule, long Matched, long Struck);

/// <summary>What happens to one call.</summary>
/// <param name="Delay">How much longer it takes.</param>
/// <param name="Error">Instead of an effect, or null.</param>
/// <param name="DropsResponse">Whether its answer is lost.</param>
internal sealed record CallFaults(TimeSpan Delay, AwsException? Error, bool DropsResponse)
{
    public static CallFaults None { get; } = new(TimeSpan.Zero, null, false);
}

/// <summary>What happens to one delivery.</summary>
/// <param name="Copies">How many times it is delivered.</param>
/// <param name="HeldBack">How long it waits first.</param>
internal sealed record DeliveryFaults(int Copies, TimeSpan HeldBack)
{
    public static DeliveryFaults None { get; } = new(1, TimeSpan.Zero);
}
