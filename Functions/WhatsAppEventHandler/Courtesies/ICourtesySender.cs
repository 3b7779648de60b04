namespace WhatsAppBuffer.WhatsAppEventHandler.Courtesies;

/// <summary>AWS End User Messaging Social, as far as courtesies need it.</summary>
internal interface ICourtesySender
{
    /// <summary><c>SendWhatsAppMessage</c>: sends a request of Meta's Cloud API on behalf of a business number.</summary>
    Task SendAsync(string originationNumberArn, byte[] message, CancellationToken cancellationToken);
}
