namespace LocalAws.Faults;

/// <summary>One kind of fault: which calls it strikes, and what it does to them.</summary>
public sealed record FaultRule
{
    /// <summary>Stands for every service or operation.</summary>
    public const string Any = "*";

    /// <summary>The service, by its SDK's name in lower case, such as <c>connectparticipant</c>; every service by default.</summary>
    public string Service { get; set; } = Any;

    /// <summary>The operation, such as <c>SendMessage</c>; for <c>kill</c> the function, for <c>duplicate</c> and <c>reorder</c> the topic; every one by default.</summary>
    public string Operation { get; set; } = Any;

    /// <summary>What it does.</summary>
    public required FaultEffect Effect { get; init; }

    /// <summary>The share of matching calls that it strikes; every one when neither this nor <see cref="Nth"/> is given.</summary>
    public double? Probability { get; init; }

    /// <summary>The one matching call that it strikes: 1 is the first since the plan was set.</summary>
    public long? Nth { get; init; }

    /// <summary>When it begins, in seconds of the cloud's clock since the plan was set; at once when missing.</summary>
    public double? From { get; init; }

    /// <summary>When it ends, in seconds of the cloud's clock since the plan was set; never when missing.</summary>
    public double? Until { get; init; }

    /// <summary>The error code of <c>error</c>; the service's own for a server's fault when missing.</summary>
    public string? Code { get; init; }

    /// <summary>The HTTP status that carries <see cref="Code"/>; 500 when missing.</summary>
    public int? Status { get; init; }

    /// <summary>How much longer with <c>latency</c>, how long held back with <c>reorder</c>.</summary>
    public Latency? Latency { get; init; }

    /// <summary>The rule in a few words, for reports: <c>5 % throttle of connect.*</c>.</summary>
    public string Describe()
    {
        string which = Nth is { } nth ? $"call {nth}" : $"{100 * (Probability ?? 1):0.##} %";
        string what = $"{char.ToLowerInvariant(Effect.ToString()[0])}{Effect.ToString()[1..]}";
        string when = (From, Until) switch
        {
            (null, null) => "",
            (_, null) => $" from {From:0.##} s",
            _ => $" from {From ?? 0:0.##} to {Until:0.##} s",
        };
        return $"{which} {what}{(Code is null ? "" : $" {Code}")} of {Service}.{Operation}{when}";
    }

    internal bool IsInForce(TimeSpan sincePlan) => !(sincePlan.TotalSeconds < From) && !(sincePlan.TotalSeconds >= Until);

    internal bool Matches(string service, string operation) => (Service == Any || Service == service) && (Operation == Any || Operation == operation);

    /// <summary>What is wrong with the rule; null when nothing is.</summary>
    internal string? Problem() => this switch
    {
        { Probability: not null, Nth: not null } => "'probability' and 'nth' exclude each other",
        { Probability: not (null or (>= 0 and <= 1)) } => $"'probability' is {Probability}; it must be 0 to 1",
        { From: not (null or >= 0) } => $"'from' is {From}; it must be 0 or more seconds",
        { Until: { } until } when !(until > (From ?? 0)) => $"'until' is {until}; it must be later than 'from'",
        { Nth: < 1 } => $"'nth' is {Nth}; 1 is the first call",
        { Effect: FaultEffect.Kill, Service: not "lambda" } => "'kill' strikes functions: its 'service' is lambda, its 'operation' a function",
        { Effect: FaultEffect.Duplicate or FaultEffect.Reorder, Service: not "sns" } => "'duplicate' and 'reorder' strike deliveries: their 'service' is sns, their 'operation' a topic",
        { Effect: FaultEffect.Latency or FaultEffect.Reorder, Latency: null } => "'latency' and 'reorder' need 'latency': {\"median\": seconds, \"p99\": seconds}",
        { Latency: { } latency } when !(latency.Median > 0 && latency.P99 >= latency.Median && double.IsFinite(latency.P99)) => "'latency' needs a median above 0 and a p99 of at least the median",
        { Effect: not FaultEffect.Error } when Code is not null || Status is not null => "'code' and 'status' belong to the effect 'error'",
        { Status: not (null or (>= 400 and <= 599)) } => $"'status' is {Status}; it must be 400 to 599",
        { Code: null, Status: not null } => "'status' needs a 'code'",
        _ when Service != Any && !ServiceErrors.Knows(Service) => $"there is no service '{Service}'; services are {string.Join(", ", ServiceErrors.Services)}",
        _ => null,
    };
}
