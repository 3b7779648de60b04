using LocalAws.SocialMessaging;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Observation;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>What each customer wrote, for their phone's screen: the newest 100 messages of each. And where answers to it may be sent: to an id of theirs, or to a group.</summary>
internal sealed class PhoneHistory
{
    private const int Capacity = 100;
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private readonly Newest<Queue<Written>> _byCustomer = new(CustomerDirectory.Capacity);

    /// <summary>Notes what a customer wrote.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="message">What.</param>
    /// <param name="ids">Ids that the message showed of the customer, or its group's.</param>
    public void Add(string customer, PhoneMessage message, IReadOnlyList<string> ids)
    {
        Queue<Written> mine = _byCustomer.AddOrUpdate(customer, () => [], known => known);
        lock (mine)
        {
            mine.Enqueue(new Written(message, ids));
            if (mine.Count > Capacity)
            {
                mine.Dequeue();
            }
        }
    }

    /// <summary>Whether WhatsApp does not deliver a message: it is for somebody who last wrote more than 24 hours before. A template always may be sent.</summary>
    /// <param name="message">The message.</param>
    public bool IsOutsideTheWindow(SentMessage message) => message.To is not null && IsOutsideTheWindow(message, _byCustomer.All.SelectMany(Copy).Where(written => written.Ids.Any(message.IsTo)));

    /// <param name="customer">Whose phone.</param>
    /// <param name="sentBack">What was sent to customers: read receipts and reactions show at the message they are about.</param>
    public IReadOnlyList<PhoneMessage> Of(Customer customer, IReadOnlyList<SentMessage> sentBack)
    {
        Written[] all = WrittenBy(customer.Name);
        PhoneMessage[] own = [.. all.Select(written => written.Message)];
        HashSet<string> addresses = [.. all.SelectMany(written => written.Ids).Concat([customer.UserId, customer.Phone]).OfType<string>()];
        var ids = own.Select(message => message.Id).ToHashSet(StringComparer.Ordinal);
        ILookup<string, SentMessage> about = sentBack.Where(message => message.About is { } id && ids.Contains(id)).ToLookup(message => message.About!, StringComparer.Ordinal);
        IEnumerable<PhoneMessage> written = own.Select(message => message with
        {
            Read = about[message.Id].Any(sign => sign.Type == "read"),
            Reaction = about[message.Id].LastOrDefault(sign => sign.Type == "reaction")?.Text,
        });
        IEnumerable<PhoneMessage> received =
            from message in sentBack
            where message.Type != "reaction" && addresses.Any(message.IsTo) && !IsOutsideTheWindow(message, all)
            select new PhoneMessage(message.WhatsAppMessageId, FromCustomer: false, IsFile(message) ? Shown(message) : message.Text ?? Shown(message), message.SentAt);
        return [.. written.Concat(received).OrderBy(message => message.At)];
    }

    public void Clear() => _byCustomer.Clear();

    /// <summary>Whether it is a file.</summary>
    public static bool IsFile(SentMessage message) => message.Type is "image" or "video" or "audio" or "document";

    /// <summary>What a template says WhatsApp knows and nobody here: its name is shown. Files have none but a document's.</summary>
    public static string Shown(SentMessage message) => message.Type switch
    {
        "template" when Member(message, "name") is { } name => $"(template {name})",
        "document" when Member(message, "filename") is { } name => $"📎 {name}",
        _ when IsFile(message) => $"📎 {message.Type}",
        _ => $"({message.Type})",
    };

    private static string? Member(SentMessage message, string name) => ForeignJson.Node(message.Json)?[message.Type]?[name]?.ToString();

    private static bool IsOutsideTheWindow(SentMessage message, IEnumerable<Written> written)
    {
        DateTimeOffset[] before = [.. written.Select(entry => entry.Message.At).Where(at => at <= message.SentAt)];
        return message.Type != "template" && before.Length > 0 && message.SentAt - before.Max() > Window;
    }

    private Written[] WrittenBy(string customer) => _byCustomer.Find(customer) is { } mine ? Copy(mine) : [];

    private static Written[] Copy(Queue<Written> mine)
    {
        lock (mine)
        {
            return [.. mine];
        }
    }

    private sealed record Written(PhoneMessage Message, IReadOnlyList<string> Ids);
}
