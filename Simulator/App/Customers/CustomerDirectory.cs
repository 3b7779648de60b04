using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WhatsAppBuffer.Simulator.App.Observation;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>Who has written so far: the 50,000 names that came last. A new name gets an invented number and user id, always the same ones for the same name.</summary>
internal sealed class CustomerDirectory
{
    /// <summary>How many customers are remembered.</summary>
    public const int Capacity = 50_000;

    private readonly Newest<Customer> _byName = new(Capacity);

    public IReadOnlyCollection<Customer> All => [.. _byName.All.OrderBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary>Who wrote under that name, or null.</summary>
    public Customer? Find(string name) => _byName.Find(name);

    /// <summary>The customer of that name; phone and user id, where given, replace what was known.</summary>
    public Customer Get(string name, string? phone = null, string? userId = null) => _byName.AddOrUpdate(
        name,
        () => phone is null && userId is null ? Invent(name) : new Customer(name, phone, userId),
        known => phone is null && userId is null ? known : new Customer(name, phone, userId));

    public void Clear() => _byName.Clear();

    private static Customer Invent(string name)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        ulong number = BitConverter.ToUInt64(hash) % 10_000_000_000;
        return new Customer(name, string.Create(CultureInfo.InvariantCulture, $"1{number:D10}"), $"US.{Convert.ToHexString(hash, 8, 7)}");
    }
}
