using System.Globalization;
using System.Text.Json.Nodes;
using WhatsAppBuffer.Simulator.App.Control;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>A message as WhatsApp's webhook has it.</summary>
/// <param name="Message">An item of <c>messages</c>.</param>
/// <param name="Contact">The item of <c>contacts</c>; null when there are none.</param>
internal sealed record WebhookMessage(JsonObject Message, JsonObject? Contact)
{
    /// <summary>What the key of a group's conversation begins with.</summary>
    public const string Group = "group:";

    /// <summary>Members that say who is meant; those of a <c>system</c> message say who somebody was and is.</summary>
    private static readonly string[] OfSender = ["from_user_id", "from"];
    private static readonly string[] OfChange = ["user_id", "previous_user_id", "wa_id", "new_wa_id"];
    private static readonly string[] OfContact = ["user_id", "wa_id"];

    /// <param name="request">What is asked for; its <c>message</c> and <c>contact</c> have the last word.</param>
    /// <param name="customer">Who writes.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="now">When it is written, unless the request says so.</param>
    /// <exception cref="ArgumentException">It cannot be a WhatsApp message; says why.</exception>
    public static WebhookMessage Of(SendMessageRequest request, Customer customer, string id, DateTimeOffset now)
    {
        try
        {
            WebhookMessage written = Write(request, customer, id, now);
            // JSON of others is read only now: half of a surrogate pair, a member that is there twice.
            _ = written.Message.ToJsonString(EumEnvelope.Readable);
            _ = written.Contact?.ToJsonString(EumEnvelope.Readable);
            return written;
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or ArgumentException { ParamName: not null })
        {
            throw new ArgumentException($"The message cannot be written as JSON: {unreadable.Message}", unreadable);
        }
    }

    private static WebhookMessage Write(SendMessageRequest request, Customer customer, string id, DateTimeOffset now)
    {
        if (request.Message?.ContainsKey("id") is true)
        {
            throw new ArgumentException("'message' has an 'id'; give the 'id' beside it, so that the message can be found again.");
        }

        JsonObject message = Sender(customer);
        message["id"] = id;
        message["timestamp"] = (request.Timestamp ?? now.ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture);
        message["type"] = request.Type;
        if ((request.Content ?? request.Message ?? (object?)request.Text) is null && SampleFiles.Of(request.Type) is null)
        {
            throw new ArgumentException("The message has neither 'text', 'content' nor 'message'.");
        }

        if (request.Content is not null || request.Text is not null)
        {
            message[request.Type] = request.Content?.DeepClone() ?? MessageContent.For(request.Type, request.Text!);
        }

        if (request.Context is not null)
        {
            message["context"] = request.Context.DeepClone();
        }

        MergePatch.Apply(message, request.Message);
        return new WebhookMessage(message, ContactOf(request, customer));
    }

    /// <summary>
    /// What the conversation may be known by: its group, or else every id of the customer that the message tells of. The message's own id when it tells of none.
    /// </summary>
    public IReadOnlyList<string> Ids
    {
        get
        {
            if (Text(Message, "group_id") is { } group)
            {
                return [$"{Group}{group}"];
            }

            string[] ids =
            [
                .. OfSender.Select(name => Text(Message, name)).OfType<string>(),
                .. OfChange.Select(name => Text(Message["system"] as JsonObject, name)).OfType<string>(),
                .. OfContact.Select(name => Text(Contact, name)).OfType<string>(),
            ];
            return ids.Length > 0 ? ids : [Text(Message, "id")!];
        }
    }

    /// <summary>An id of <see cref="Ids"/> as WhatsApp has it.</summary>
    public static string Plain(string id) => id.StartsWith(Group, StringComparison.Ordinal) ? id[Group.Length..] : id;

    /// <summary>What it says, if it is a text.</summary>
    public string? Body => Text(Message, "type") == "text" ? Text(Message["text"] as JsonObject, "body") : null;

    /// <summary>Whether it is a text to which nothing is added for the agent, but for the writer's name in a group.</summary>
    public bool IsPlain => Body is not null && Message.All(member => member.Key is "from" or "from_user_id" or "group_id" or "id" or "timestamp" or "type" or "text");

    /// <summary>WhatsApp's timestamp in seconds; null when it is none.</summary>
    public long? Timestamp => long.TryParse(Text(Message, "timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ? seconds : null;

    private static JsonObject Sender(Customer customer)
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

        return message;
    }

    private static JsonObject? ContactOf(SendMessageRequest request, Customer customer)
    {
        if (request.Contact is null)
        {
            return null;
        }

        var contact = new JsonObject { ["profile"] = new JsonObject { ["name"] = customer.Name } };
        if (customer.UserId is not null)
        {
            contact["user_id"] = customer.UserId;
        }

        if (customer.Phone is not null)
        {
            contact["wa_id"] = customer.Phone;
        }

        MergePatch.Apply(contact, request.Contact);
        return contact;
    }

    private static string? Text(JsonObject? json, string name) => json?[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;
}
