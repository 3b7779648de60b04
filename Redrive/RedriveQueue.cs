using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Redrive;

/// <summary>A dead-letter queue of the system, and whose it is.</summary>
/// <param name="Name">The queue's name.</param>
/// <param name="Function">Whose letters are in it.</param>
/// <param name="Prefix">What the names of its deployment begin with; empty for most.</param>
public sealed record RedriveQueue(string Name, FunctionSpec Function, string Prefix)
{
    /// <summary>The function's name in this deployment.</summary>
    public string FunctionName => Prefix + Function.Name;

    /// <summary>The deployment's bucket.</summary>
    internal string BucketOf(string account, string region) => Buckets.WhatsAppBuffer(account, region, Prefix.TrimEnd('_'));

    /// <summary>The queues of a deployment.</summary>
    /// <param name="prefix">Its prefix, or null.</param>
    public static IReadOnlyList<RedriveQueue> All(string? prefix)
    {
        string start = string.IsNullOrEmpty(prefix) ? "" : $"{prefix}_";
        return [.. FunctionSpecs.All.Where(function => function.DeadLetterQueue is not null).Select(function => new RedriveQueue(start + function.DeadLetterQueue, function, start))];
    }

    /// <summary>The queue of that name; null when it is none of this system's.</summary>
    /// <param name="name">A name.</param>
    public static RedriveQueue? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return FunctionSpecs.All
            .Where(function => function.DeadLetterQueue is { } queue && (name == queue || name.EndsWith($"_{queue}", StringComparison.Ordinal)))
            .Select(function => new RedriveQueue(name, function, name[..^function.DeadLetterQueue!.Length]))
            .FirstOrDefault();
    }
}
