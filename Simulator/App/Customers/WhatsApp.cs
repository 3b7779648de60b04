using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Observation;
using WhatsAppBuffer.Simulator.Delivery;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>WhatsApp, Meta and End User Messaging in one: takes what customers write and publishes it as End User Messaging does.</summary>
/// <param name="cloud">Where it is published.</param>
/// <param name="topicArn">The event destination.</param>
/// <param name="journal">Notes when.</param>
/// <param name="traces">Begins the trace of each burst.</param>
internal sealed class WhatsApp(LocalCloud cloud, string topicArn, Journal journal, BurstTraces traces)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _latest;
    private long _sent;

    public CustomerDirectory Customers { get; } = new();

    public PhoneHistory Phones { get; } = new();

    /// <summary>Messages published, without repeated deliveries.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <exception cref="ArgumentException">The request cannot be a WhatsApp message; says why.</exception>
    public SentMessage Send(SendMessageRequest request)
    {
        if (request.Customer.Length == 0)
        {
            throw new ArgumentException("'customer' is empty; give the profile name of whoever writes.");
        }

        if (request.Copies is < 1 or > 100)
        {
            throw new ArgumentException($"'copies' is {request.Copies}; it must be 1 to 100.");
        }

        Customer customer = Customers.Get(request.Customer, request.Phone, request.UserId);
        DateTimeOffset now = NextMoment();
        string id = request.Id ?? MessageId.New(customer.Key);
        string envelope = EumEnvelope.Wrap(cloud.Account, BusinessNumber.Default, customer, Message(request, customer, id, now), now);
        journal.Sent(id, now);
        Phones.Add(customer.Name, new PhoneMessage(id, FromCustomer: true, request.Text ?? $"({request.Type})", now));
        Interlocked.Increment(ref _sent);
        using Activity? span = traces.Send(customer.Key, id);
        var message = new DeliveryMessage(envelope) { Attributes = TraceOf(span) };
        for (int copy = 0; copy < request.Copies; copy++)
        {
            cloud.Sns.Publish(topicArn, message);
        }

        return new SentMessage(id, customer.Name, customer.Key, now);
    }

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

    private static JsonObject Message(SendMessageRequest request, Customer customer, string id, DateTimeOffset now)
    {
        var message = new JsonObject();
        if (customer.Phone is not null)
        {
            message["from"] = customer.Phone;
        }

        if (customer.UserId is not null)
        {
            message["from_user_id"] = customer.UserId;
        }

        message["id"] = id;
        message["timestamp"] = (request.Timestamp ?? now.ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture);
        message["type"] = request.Type;
        message[request.Type] = request.Content?.DeepClone() ?? MessageContent.For(
            request.Type, request.Text ?? throw new ArgumentException("The message has neither 'text' nor 'content'."));
        if (request.Context is not null)
        {
            message["context"] = request.Context.DeepClone();
        }

        return message;
    }
}
