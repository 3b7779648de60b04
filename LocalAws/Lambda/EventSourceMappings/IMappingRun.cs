namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>One stretch in which a mapping is Enabled.</summary>
internal interface IMappingRun
{
    /// <summary>Whether nothing of its source waits for it or is being worked on.</summary>
    bool IsIdle { get; }

    /// <summary>Begins: this moment is what "from now on" means. False when the source could not be reached.</summary>
    Task<bool> TryStartAsync(CancellationToken cancellationToken);

    /// <summary>Works until the mapping stops.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
