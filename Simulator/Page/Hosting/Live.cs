using LocalAws.Connect;
using LocalAws.SocialMessaging;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Simulator.Page.Phones;
using WhatsAppBuffer.Simulator.Page.Recording;

namespace WhatsAppBuffer.Simulator.Page.Hosting;

/// <summary>
/// The running simulator as the page sees it. Whoever looks is told at most ten times a second that something changed, and once a second in any case; while nobody looks,
/// nothing runs.
/// </summary>
/// <param name="clock">Real time.</param>
internal sealed class Live(TimeProvider clock) : IDisposable
{
    /// <summary>What the simulator's business is called on its customers' phones.</summary>
    public const string Business = "The Hat Shop";

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private const int TicksPerSecond = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _lastLines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _conversations = new(StringComparer.Ordinal);
    private AgentDesktop? _desktop;
    private CancellationTokenSource? _watch;
    private Action? _changed;
    private int _dirty;

    /// <summary>How often the stream is read, on the simulator's clock.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>The simulator; null until its pipeline is set up.</summary>
    public Simulation? Simulation { get; private set; }

    /// <summary>What became of each message.</summary>
    public Ledger Ledger { get; } = new();

    /// <summary>Real time.</summary>
    public TimeProvider Real => clock;

    /// <summary>What the simulator's clock shows.</summary>
    public DateTimeOffset Now => Simulation?.Clock.GetUtcNow() ?? clock.GetUtcNow();

    /// <summary>Raised when something may have changed.</summary>
    public event Action Changed
    {
        add
        {
            lock (_lock)
            {
                _changed += value;
                if (_watch is null)
                {
                    _watch = new CancellationTokenSource();
                    _ = WatchAsync(_watch.Token);
                }
            }
        }

        remove
        {
            lock (_lock)
            {
                _changed -= value;
                if (_changed is null)
                {
                    _watch?.Cancel();
                    _watch?.Dispose();
                    _watch = null;
                }
            }
        }
    }

    /// <summary>Begins to record, once there is a simulator.</summary>
    public async Task AttachAsync(Task<Simulation> coming)
    {
        Simulation simulation = await coming;
        var reader = new CallReader(Ledger, simulation.Resources.RawMessagesTable);
        simulation.WhatsApp.Written += (message, written) =>
        {
            Ledger.Wrote(message.Id, message.Customer, written, PhoneScreen.Summary(written), message.SentAt);
            Touch();
        };
        simulation.Cloud.Endpoint.CallCompleted += call =>
        {
            if (reader.Read(call, simulation.Cloud.Clock.GetUtcNow()))
            {
                Touch();
            }
        };
        simulation.Cloud.Mappings.HandedOver += batch =>
        {
            reader.Read(batch);
            Touch();
        };
        _desktop = simulation.Cloud.Connect.AgentDesktop;
        _desktop.TranscriptItemAdded += Hear;
        _desktop.ContactChanged += _ => Touch();
        simulation.Cloud.SocialMessaging.MessageSent += _ => Touch();
        simulation.Forgotten += () =>
        {
            Ledger.Clear();
            lock (_lock)
            {
                _lastLines.Clear();
                _conversations.Clear();
            }

            Touch();
        };
        Simulation = simulation;
        Touch();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _watch?.Cancel();
            _watch?.Dispose();
            _watch = null;
        }
    }

    /// <summary>Something changed.</summary>
    public void Touch() => Interlocked.Exchange(ref _dirty, 1);

    /// <summary>The last words in a chat; empty when nobody has said any.</summary>
    public string LastLine(string contactId)
    {
        lock (_lock)
        {
            return _lastLines.GetValueOrDefault(contactId, "");
        }
    }

    /// <summary>What a customer's phone shows.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="most">How many of what they wrote, the newest.</param>
    /// <returns>The lines, and how many messages are left out before them.</returns>
    public (IReadOnlyList<PhoneLine> Lines, int Earlier) Phone(string customer, int most)
    {
        if (Simulation is not { } simulation)
        {
            return ([], 0);
        }

        RecordedMessage[] all = [.. Ledger.All.Where(message => message.Customer == customer)];
        RecordedMessage[] written = [.. all.TakeLast(most)];
        HashSet<string> ids = [.. written.Select(message => message.Id)];
        IReadOnlyList<SentMessage> sent = simulation.Cloud.SocialMessaging.SentMessages;
        HashSet<string> answers = simulation.WhatsApp.Customers.Find(customer) is { } known ? [.. simulation.WhatsApp.Phones.Of(known, sent).Where(message => !message.FromCustomer).Select(message => message.Id)] : [];
        SentMessage[] received = [.. sent.Where(message => message.Type is "read" or "reaction" ? ids.Contains(message.About ?? "") : answers.Contains(message.WhatsAppMessageId))];
        return (PhoneScreen.Of(Business, written, received), all.Length - written.Length);
    }

    /// <summary>The key of a chat's conversation, as the functions have it.</summary>
    private static string ConversationOf(ContactSummary contact) =>
        $"{BusinessNumber.OfSystem(contact.Attributes.GetValueOrDefault("systemNumber")).PhoneNumberId}#{contact.Attributes.GetValueOrDefault("customerId")}";

    private string? Conversation(string contactId)
    {
        lock (_lock)
        {
            if (_conversations.TryGetValue(contactId, out string? known))
            {
                return known;
            }
        }

        if (_desktop?.Contacts.LastOrDefault(contact => contact.Id == contactId) is not { } contact)
        {
            return null;
        }

        lock (_lock)
        {
            return _conversations[contactId] = ConversationOf(contact);
        }
    }

    private void Hear(TranscriptItem item)
    {
        if (item.Type is "MESSAGE" or "ATTACHMENT")
        {
            string words = item.Attachments is [var file, ..] ? file.Name : item.Content ?? "";
            lock (_lock)
            {
                _lastLines[item.ContactId] = words;
            }

            if (item.Participant?.Role == "CUSTOMER" && Conversation(item.ContactId) is { } conversation)
            {
                Ledger.Said(conversation, words);
            }
        }

        Touch();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        int quiet = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (Interlocked.Exchange(ref _dirty, 0) == 1 || ++quiet >= TicksPerSecond)
                {
                    quiet = 0;
                    _changed?.Invoke();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody looks any more.
        }
    }
}
