namespace LocalAws.Faults;

/// <summary>
/// Rules and a seed. Which calls a rule strikes depends on nothing but the seed, the rule's place in the plan and the call's number among
/// those that match it: however calls of different kinds fall between each other, the same plan makes the same decisions.
/// </summary>
public sealed record FaultPlan
{
    /// <summary>No faults.</summary>
    public static FaultPlan None { get; } = new();

    /// <summary>Another seed makes other decisions with the same rules.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The rules; every one decides by itself.</summary>
    public IReadOnlyList<FaultRule> Rules { get; set; } = [];

    /// <summary>What is wrong with the plan; null when nothing is.</summary>
    public string? Problem() => Rules
        .Select((rule, place) => rule.Problem() is { } problem ? $"fault rule {place + 1} ({rule.Describe()}): {problem}" : null)
        .FirstOrDefault(problem => problem is not null);

    /// <summary>Whether a rule strikes a call.</summary>
    /// <param name="rule">The rule's place, from 0.</param>
    /// <param name="call">The call's number among those that match the rule, from 1.</param>
    internal bool Strikes(int rule, long call) => Rules[rule] switch
    {
        { Nth: { } nth } => call == nth,
        { Probability: { } probability } => Chance(rule, call, draw: 0) < probability,
        _ => true,
    };

    /// <summary>The latency that a rule gives a call it strikes.</summary>
    internal TimeSpan LatencyOf(int rule, long call) => Rules[rule].Latency!.Of(Chance(rule, call, draw: 1), Chance(rule, call, draw: 2));

    /// <summary>When in a killed invocation the end comes, even in [0, 1).</summary>
    internal double MomentOf(int rule, long call) => Chance(rule, call, draw: 3);

    /// <summary>Even in [0, 1); SplitMix64 over all that it depends on.</summary>
    private double Chance(int rule, long call, int draw)
    {
        ulong state = Mix(Mix(Mix((ulong)Seed) + (ulong)rule) + (ulong)call) + (ulong)draw;
        return (Mix(state) >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Mix(ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
            return state ^ (state >> 31);
        }
    }
}
