namespace WhatsAppBuffer.WhatsAppEventHandler.Courtesies;

/// <summary>AWS End User Messaging Social.</summary>
internal interface IWhatsApp
{
    /// <summary><c>SendWhatsAppMessage</c>: sends a request of Meta's Cloud API on behalf of a business number.</summary>
    Task SendAsync(string originationNumberArn, byte[] message, CancellationToken cancellationToken);
}
