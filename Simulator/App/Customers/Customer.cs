namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>Somebody with WhatsApp on a phone.</summary>
/// <param name="Name">The profile name; customers are told apart by it here.</param>
/// <param name="Phone">The phone number, digits only; null for a customer who only shows a user id.</param>
/// <param name="UserId">The business-scoped user id; null for a customer of before 2026.</param>
internal sealed record Customer(string Name, string? Phone, string? UserId)
{
    /// <summary>What the pipeline keys the customer by.</summary>
    public string Key => UserId ?? Phone ?? throw new InvalidOperationException($"Customer '{Name}' has neither a phone number nor a user id.");
}
