namespace LocalAws.Connect;

/// <summary>How often an operation may be called.</summary>
/// <param name="Rate">Requests per second in the long run.</param>
/// <param name="Burst">Requests at once.</param>
public sealed record RequestQuota(double Rate, int Burst);

/// <summary>The request quotas of Connect (per account) and of its participant service (per instance).</summary>
/// <param name="Operations">Quotas by operation; an operation without one is not limited.</param>
public sealed record ConnectQuotas(IReadOnlyDictionary<string, RequestQuota> Operations)
{
    /// <summary>No limits.</summary>
    public static ConnectQuotas None { get; } = new(new Dictionary<string, RequestQuota>());

    /// <summary>AWS's default quotas. Source: Amazon Connect administrator guide, service quotas.</summary>
    public static ConnectQuotas Aws { get; } = new(new Dictionary<string, RequestQuota>
    {
        ["StartChatContact"] = new(5, 8),
        ["StartContactStreaming"] = new(5, 8),
        ["StopContactStreaming"] = new(5, 8),
        ["StopContact"] = new(10, 15),
        ["DescribeContact"] = new(2, 5),
        ["CreateNotification"] = new(2, 5),
        ["CreateParticipantConnection"] = new(6, 9),
        ["SendMessage"] = new(10, 15),
        ["SendEvent"] = new(10, 15),
        ["StartAttachmentUpload"] = new(2, 5),
        ["CompleteAttachmentUpload"] = new(2, 5),
        ["GetAttachment"] = new(8, 12),
        ["GetTranscript"] = new(8, 12),
        ["DisconnectParticipant"] = new(3, 5),
    });
}
