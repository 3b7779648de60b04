namespace WhatsAppBuffer.ConnectEventHandler.Agents;

/// <summary>The agents' workspace in Amazon Connect.</summary>
internal interface IAgents
{
    /// <summary>
    /// Tells the agent who has a contact something in the header of the workspace: in no chat, so that no customer gets it and it is in nobody's voice. Told twice with one
    /// token it is told once.
    /// </summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="contactId">The contact that the agent has, or had.</param>
    /// <param name="words">What to tell, by locale (<c>en_US</c>): at most <see cref="Notice.MaxCharacters"/> each.</param>
    /// <param name="clientToken">The same for the same thing.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null when it was told; else why it never will be.</returns>
    /// <exception cref="AgentsUnreachableException">Not now.</exception>
    Task<string?> TellAsync(string instanceId, string contactId, IReadOnlyDictionary<string, string> words, string clientToken, CancellationToken cancellationToken);
}

/// <summary>Amazon Connect did not take it now, and may later.</summary>
internal sealed class AgentsUnreachableException(string operation, Exception cause) : Exception($"{operation} failed and may succeed later: {cause.Message}", cause);
