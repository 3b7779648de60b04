namespace LocalAws.Lambda.EventSourceMappings.Shards;

/// <summary>A call to be made, or made again.</summary>
/// <param name="Call">The call; a data call's state is filled in when it is handed over.</param>
internal sealed record PendingCall(ShardCall Call)
{
    /// <summary>Calls that reached the function.</summary>
    public int Attempts { get; init; }

    /// <summary>Calls in a row that did not.</summary>
    public int Refusals { get; init; }

    /// <summary>Not to be handed over before.</summary>
    public DateTimeOffset NotBefore { get; init; } = DateTimeOffset.MinValue;

    /// <summary>The last attempt's request id.</summary>
    public string? RequestId { get; init; }

    /// <summary>The last attempt's function error.</summary>
    public string? FunctionError { get; init; }

    /// <summary>What its age counts from: the first record, or the end of the window it closes.</summary>
    public DateTimeOffset Origin => Call.Records.Count > 0 ? Call.Records[0].CreatedAt : Call.Window!.End;

    public GivenUp GiveUp(string condition) => new(Call, condition, Math.Max(1, Attempts), RequestId, FunctionError);
}
