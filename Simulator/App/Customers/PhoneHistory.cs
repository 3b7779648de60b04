using LocalAws.SocialMessaging;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Observation;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>What each customer wrote, for their phone's screen: the newest 100 messages of each.</summary>
internal sealed class PhoneHistory
{
    private const int Capacity = 100;

    private readonly Newest<Queue<PhoneMessage>> _byCustomer = new(CustomerDirectory.Capacity);

    /// <summary>Notes what a customer wrote.</summary>
    public void Add(string customer, PhoneMessage message)
    {
        Queue<PhoneMessage> mine = _byCustomer.AddOrUpdate(customer, () => [], known => known);
        lock (mine)
        {
            mine.Enqueue(message);
            if (mine.Count > Capacity)
            {
                mine.Dequeue();
            }
        }
    }

    /// <param name="customer">Whose phone.</param>
    /// <param name="sentBack">What was sent to customers: read receipts and reactions show at the message they are about.</param>
    public IReadOnlyList<PhoneMessage> Of(Customer customer, IReadOnlyList<SentMessage> sentBack)
    {
        PhoneMessage[] own = Written(customer.Name);
        var ids = own.Select(message => message.Id).ToHashSet(StringComparer.Ordinal);
        ILookup<string, SentMessage> about = sentBack.Where(message => message.About is { } id && ids.Contains(id)).ToLookup(message => message.About!, StringComparer.Ordinal);
        IEnumerable<PhoneMessage> written = own.Select(message => message with
        {
            Read = about[message.Id].Any(sign => sign.Type == "read"),
            Reaction = about[message.Id].LastOrDefault(sign => sign.Type == "reaction")?.Text,
        });
        IEnumerable<PhoneMessage> received =
            from message in sentBack
            where message.Type != "reaction" && ((customer.UserId is { } user && message.IsTo(user)) || (customer.Phone is { } phone && message.IsTo(phone)))
            select new PhoneMessage(message.WhatsAppMessageId, FromCustomer: false, message.Text ?? $"({message.Type})", message.SentAt);
        return [.. written.Concat(received).OrderBy(message => message.At)];
    }

    public void Clear() => _byCustomer.Clear();

    private PhoneMessage[] Written(string customer)
    {
        if (_byCustomer.Find(customer) is not { } mine)
        {
            return [];
        }

        lock (mine)
        {
            return [.. mine];
        }
    }
}
