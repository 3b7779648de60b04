namespace LocalAws.Connect;

/// <summary>A chat as the agent's desktop lists it.</summary>
/// <param name="Id">The contact id.</param>
/// <param name="InstanceId">The instance it runs on.</param>
/// <param name="ContactFlowId">The flow it was started with.</param>
/// <param name="CustomerName">The customer's display name.</param>
/// <param name="Attributes">The contact attributes.</param>
/// <param name="State">Where it stands.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="EndedAt">When it ended, or null.</param>
/// <param name="EndReason">Why it ended, or null.</param>
public sealed record ContactSummary(
    string Id,
    string InstanceId,
    string ContactFlowId,
    string CustomerName,
    IReadOnlyDictionary<string, string> Attributes,
    ContactState State,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    ContactEndReason? EndReason);

/// <summary>Where a chat stands.</summary>
public enum ContactState
{
    /// <summary>Started; the customer is not connected yet.</summary>
    Created,

    /// <summary>The customer is connected.</summary>
    Connected,

    /// <summary>Over.</summary>
    Ended,
}

/// <summary>Why a chat is over.</summary>
public enum ContactEndReason
{
    /// <summary>The agent ended it.</summary>
    AgentEnded,

    /// <summary>The customer disconnected.</summary>
    CustomerDisconnected,

    /// <summary>StopContact.</summary>
    Stopped,

    /// <summary>Its duration was over.</summary>
    Expired,

    /// <summary>The customer was not connected in time.</summary>
    NeverConnected,
}
