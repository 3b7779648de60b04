namespace WhatsAppBuffer.WhatsAppEventHandler.Chats;

/// <summary>Which templates people were sent by contact flows; see docs/adr/0011-templates.md.</summary>
internal interface ITemplates
{
    /// <summary>The newest template that a person was sent, as long as an answer to it is waited for.</summary>
    /// <param name="systemNumber">The business number.</param>
    /// <param name="ids">What the person is known by.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<SentTemplate?> FindAsync(string systemNumber, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>It was answered, and so were those before it: the next chat is no answer to them. What has been sent meanwhile stays.</summary>
    Task ForgetAsync(SentTemplate template, CancellationToken cancellationToken);
}

/// <summary>A template that somebody was sent.</summary>
/// <param name="Name">The template, as flows call it.</param>
/// <param name="Reference">What the flow that sent it calls the occasion; null when it gave nothing.</param>
internal sealed record SentTemplate(string Name, string? Reference)
{
    /// <summary>Where it and those before it are noted.</summary>
    public IReadOnlyList<(string Partition, string Item)> Notes { get; init; } = [];
}
