namespace WhatsAppBuffer.Contracts.WhatsApp;

/// <summary>Whoever a message to WhatsApp is for.</summary>
/// <param name="Id">A phone number in digits, a business-scoped user id, or a group's id.</param>
/// <param name="IsGroup">Whether it is a group, which is answered as a whole and nobody in private.</param>
public readonly record struct Recipient(string Id, bool IsGroup)
{
    /// <summary>Ids are personal.</summary>
    public override string ToString() => IsGroup ? "group" : "person";
}
