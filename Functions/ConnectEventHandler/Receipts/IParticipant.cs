namespace WhatsAppBuffer.ConnectEventHandler.Receipts;

/// <summary>The customer as a participant of a chat in Amazon Connect.</summary>
internal interface IParticipant
{
    /// <summary>Tells the chat that the customer has a message, or has read it.</summary>
    /// <param name="connectionToken">The customer's.</param>
    /// <param name="messageId">Connect's id of the message.</param>
    /// <param name="isRead">Whether it is read, and not only delivered.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null when Connect took it; else why it did not.</returns>
    Task<string?> TellAsync(string connectionToken, string messageId, bool isRead, CancellationToken cancellationToken);
}
