using System.Security.Cryptography;
using System.Text;
using WhatsAppBuffer.Contracts.WhatsApp;
using WhatsAppBuffer.SendWhatsAppMessage.Flows;

namespace WhatsAppBuffer.SendWhatsAppMessage.Templates;

/// <summary>A template for somebody, complete.</summary>
/// <param name="ContactId">The contact whose flow sends it.</param>
/// <param name="Template">The template, as flows call it.</param>
/// <param name="Reference">What the flow calls the occasion; null when it gives nothing.</param>
/// <param name="SystemNumber">The business number that sends it.</param>
/// <param name="Recipient">Whoever gets it.</param>
/// <param name="MetaApiVersion">Version of Meta's API.</param>
/// <param name="AnswerLifetime">How long a chat that the customer opens counts as an answer.</param>
internal sealed record TemplateMessage(
    string ContactId, string Template, string? Reference, string SystemNumber, Recipient Recipient, string MetaApiVersion, TimeSpan AnswerLifetime)
{
    private const int LongestReference = 256;
    private const int LongestValue = 1_024;

    /// <summary>WhatsApp refuses a parameter with one of these.</summary>
    private static readonly string[] Unfit = ["\n", "\r", "\t", "     "];

    /// <summary>
    /// What makes it one and the same: contact, template, recipient, number, and the occasion. A flow that sends a template twice in one contact gives two references.
    /// </summary>
    public string SendingId
    {
        get
        {
            var text = new StringBuilder();
            foreach (string part in (string[])[ContactId, Template, SystemNumber, Recipient.Id, Reference ?? ""])
            {
                text.Append(part.Length).Append(':').Append(part);
            }

            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }

    /// <summary>The request to Meta's Cloud API.</summary>
    public required byte[] Request { get; init; }

    /// <exception cref="TemplateRefusedException">The flow asks for what is not there, or does not say enough.</exception>
    public static TemplateMessage Of(FlowEvent flow, TemplateSettings settings)
    {
        (string name, ApprovedTemplate template) = TemplateOf(flow, settings);
        Recipient recipient = RecipientOf(flow);
        string number = flow.Value("systemNumber") is not { } given ? settings.SystemNumber
            : Addresses.SystemNumberOf(given) ?? throw new TemplateRefusedException("systemNumber is no id of a business number: give phone-number-id-…, its ARN, or nothing.");
        string? reference = flow.Value("reference");
        if (reference?.Length > LongestReference)
        {
            throw new TemplateRefusedException($"reference is longer than {LongestReference} characters.");
        }

        if (template.Missing(flow.Values) is { Count: > 0 } missing)
        {
            throw new TemplateRefusedException($"The template {Shown(name)} needs what the flow does not give: {string.Join(", ", missing)}.");
        }

        foreach (string taken in template.Taken(flow.Values))
        {
            string value = flow.Values[taken];
            if (value.Length > LongestValue)
            {
                throw new TemplateRefusedException($"{taken} is longer than {LongestValue} characters.");
            }

            if (Unfit.Any(unfit => value.Contains(unfit, StringComparison.Ordinal)))
            {
                throw new TemplateRefusedException($"{taken} has a line break, a tab or more than four blanks in a row, which WhatsApp takes in no template.");
            }
        }

        var message = new TemplateMessage(flow.ContactId, name, reference, number, recipient, settings.MetaApiVersion, TimeSpan.FromDays(settings.AnswerDays)) { Request = [] };
        return message with { Request = CloudApiRequest.Template(recipient, CallbackData.OfTemplate(message.SendingId), writer => template.Write(writer, flow.Values)) };
    }

    /// <summary>Numbers and words are personal.</summary>
    public override string ToString() => $"template {Template}";

    private static (string Name, ApprovedTemplate Template) TemplateOf(FlowEvent flow, TemplateSettings settings)
    {
        if (flow.Value("template") is not { } name)
        {
            return settings.Templates.Count == 1
                ? (settings.Templates.Keys.Single(), settings.Templates.Values.Single())
                : throw new TemplateRefusedException($"The flow does not say which template: give template, one of {Known(settings)}.");
        }

        return settings.Templates.TryGetValue(name, out ApprovedTemplate? template) ? (name, template) : throw new TemplateRefusedException($"There is no template {Shown(name)}: give one of {Known(settings)}.");
    }

    private static Recipient RecipientOf(FlowEvent flow)
    {
        // phoneNumber and whatsapp are the guide's names.
        if ((flow.Value("phoneNumber") ?? flow.Value("whatsapp")) is { } number)
        {
            return Addresses.PhoneNumberOf(number) is { } digits
                ? new Recipient(digits, IsGroup: false)
                : throw new TemplateRefusedException("phoneNumber is no phone number: give it with its country's code, such as +49 1512 3456789.");
        }

        return flow.Value("userId") is not { } id ? throw new TemplateRefusedException("The flow does not say to whom: give phoneNumber or userId.")
            : Addresses.IsUserId(id) ? new Recipient(id, IsGroup: false)
            : throw new TemplateRefusedException("userId is no business-scoped user id of WhatsApp, such as DE.1234567890.");
    }

    private static string Known(TemplateSettings settings) => string.Join(", ", settings.Templates.Keys.Order(StringComparer.Ordinal).Select(Shown));

    private static string Shown(string name) => name.Length <= 60 ? name : $"{name.AsSpan(0, char.IsHighSurrogate(name[58]) ? 58 : 59)}…";
}
