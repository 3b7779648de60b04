using System.Diagnostics;
using LocalAws;
using LocalAws.Delivery;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Observation;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>WhatsApp, Meta and End User Messaging in one: takes what customers write and publishes it as End User Messaging does.</summary>
/// <param name="cloud">Where it is published.</param>
/// <param name="topicArn">The event destination.</param>
/// <param name="journal">Notes when.</param>
internal sealed class WhatsApp(LocalCloud cloud, string topicArn, Journal journal)
{
    private static readonly ActivitySource Source = new("WhatsAppBuffer.Customers");

    private readonly Lock _lock = new();
    private DateTimeOffset _latest;
    private long _sent;

    /// <summary>Raised when a customer has written, before it is published; handlers must be quick.</summary>
    public event Action<CustomerMessage, WebhookMessage>? Written;

    public CustomerDirectory Customers { get; } = new();

    public PhoneHistory Phones { get; } = new();

    /// <summary>Messages published, without repeated deliveries.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <inheritdoc cref="Send(IReadOnlyList{SendMessageRequest})"/>
    public CustomerMessage Send(SendMessageRequest request) => Send([request])[0];

    /// <summary>
    /// Sends messages one after the other. They are one trace, which begins here, at the customer, who knows nothing of the request to the
    /// simulator that made them write: its root is the span <c>customer sends</c>, with a producer span for each message beneath.
    /// </summary>
    /// <exception cref="ArgumentException">A request cannot be a WhatsApp message; says why.</exception>
    public IReadOnlyList<CustomerMessage> Send(IReadOnlyList<SendMessageRequest> requests)
    {
        Activity? caller = Activity.Current;
        Activity.Current = null;
        try
        {
            using Activity? trace = Source.StartActivity("customer sends");
            return [.. requests.Select(SendOne)];
        }
        finally
        {
            Activity.Current = caller;
        }
    }

    private CustomerMessage SendOne(SendMessageRequest request)
    {
        if (request.Customer.Length == 0)
        {
            throw new ArgumentException("'customer' is empty; give the profile name of whoever writes.");
        }

        if (request.Copies is < 1 or > 100)
        {
            throw new ArgumentException($"'copies' is {request.Copies}; it must be 1 to 100.");
        }

        BusinessNumber number = BusinessNumber.Of(request.Number);
        Customer customer = Customers.Get(request.Customer, request.Phone, request.UserId);
        string id = request.Id ?? MessageId.New(customer.Key);
        using Activity? span = Source.StartActivity($"send {Topics.WhatsAppIn}", ActivityKind.Producer)
            ?.SetTag("messaging.system", "aws.sns")
            .SetTag("messaging.operation.name", "publish")
            .SetTag("messaging.operation.type", "send")
            .SetTag("messaging.destination.name", Topics.WhatsAppIn)
            .SetTag("messaging.message.id", id);
        DateTimeOffset now = NextMoment();
        WebhookMessage written = WebhookMessage.Of(request, customer, id, now);
        if (request.Content is null && request.Message is null && SampleFiles.Of(request.Type) is { } file)
        {
            written.Message[request.Type]!["id"] = Keep(number, file);
        }

        IReadOnlyList<string> ids = written.Ids;
        string envelope = EumEnvelope.Wrap(cloud.Account, number, written, now);
        journal.Sent(id, now);
        Phones.Add(customer.Name, new PhoneMessage(id, FromCustomer: true, OnPhone(request), now), [.. ids.Select(WebhookMessage.Plain)]);
        Interlocked.Increment(ref _sent);
        var taken = new CustomerMessage(id, customer.Name, [.. ids.Distinct()], now);
        Written?.Invoke(taken, written);
        var message = new DeliveryMessage(envelope) { Attributes = TraceOf(span) };
        for (int copy = 0; copy < request.Copies; copy++)
        {
            cloud.Sns.Publish(topicArn, message);
        }

        return taken;
    }

    /// <summary>As the customer's own phone shows it.</summary>
    private static string OnPhone(SendMessageRequest request) => (request.Type, request.Text) switch
    {
        ("text", { } text) => text,
        ("audio", _) => "🎤 voice note",
        ("image" or "video" or "document" or "sticker", null or "") => $"📎 {request.Type}",
        ("image" or "video" or "document" or "sticker", var caption) => $"📎 {request.Type}\n{caption}",
        (_, { Length: > 0 } text) => text,
        _ => $"({request.Type})",
    };

    /// <summary>A customer uploads a file, which WhatsApp keeps for the number it is sent to.</summary>
    /// <returns>The media id that its message names.</returns>
    public string Keep(BusinessNumber number, SampleFile file) => cloud.SocialMessaging.ReceiveMedia(number.AwsId, file.MimeType, file.Content);

    /// <summary>No two messages arrive at the same moment, not even on a frozen clock: it is what tells their order within a second.</summary>
    private DateTimeOffset NextMoment()
    {
        lock (_lock)
        {
            DateTimeOffset now = cloud.Clock.GetUtcNow();
            _latest = now > _latest ? now : _latest.AddTicks(1);
            return _latest;
        }
    }

    private static Dictionary<string, DeliveryAttribute> TraceOf(Activity? span) =>
        span?.Id is { } id ? new() { ["traceparent"] = new DeliveryAttribute("String", id) } : [];
}
