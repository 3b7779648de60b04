using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Settings;

namespace WhatsAppBuffer.SendWhatsAppMessage.Templates;

/// <summary>
/// The SSM parameter with the templates: the guide's JSON, with one template under <c>message.template</c>, and beside it or instead of it any number under <c>templates</c>.
/// </summary>
/// <param name="SystemNumber"><c>ORIGINATION_PHONE_NUMBER_ID</c>: the business number that sends unless the flow names one.</param>
/// <param name="MetaApiVersion"><c>META_API_VERSION</c>; <c>v23.0</c> when missing.</param>
/// <param name="AnswerDays"><c>answer_days</c>: how long a chat that the customer opens counts as an answer; 7 when missing.</param>
/// <param name="Templates">By the name that flows use.</param>
internal sealed record TemplateSettings(string SystemNumber, string MetaApiVersion, int AnswerDays, IReadOnlyDictionary<string, ApprovedTemplate> Templates)
{
    private const string Number = "ORIGINATION_PHONE_NUMBER_ID";

    /// <summary>These settings, as a parameter holds them.</summary>
    public static SettingsSource<TemplateSettings> SourceIn(IParameterStore store, string parameter, TimeProvider clock, ILogger log) =>
        new(store, parameter, $"{Number} and templates", Parse, clock, log);

    /// <exception cref="ConfigurationException">Names the parameter and everything that is wrong with it.</exception>
    public static TemplateSettings Parse(string parameter, string json)
    {
        var settings = SettingsReader.OfParameter(parameter, json);
        List<string> problems = [];
        Dictionary<string, ApprovedTemplate> templates = [];
        string? number = Try(() => NumberIn(settings), problems);
        string? version = Try(() => settings.Text("META_API_VERSION", most: 10) ?? "v23.0", problems);
        int days = Try(() => settings.Whole("answer_days", least: 1, most: 30), problems) ?? 7;
        if (Try(() => settings.Within("message")?.Within("template"), problems) is { } guides && Try(() => ApprovedTemplate.Read(guides, name: null), problems) is { } one)
        {
            templates[one.Name] = one;
        }

        foreach (string name in Try(() => settings.NamesIn("templates"), problems) ?? [])
        {
            if (Try(() => settings.Within("templates")!.Within(name) is { } own ? ApprovedTemplate.Read(own, name) : null, problems) is { } template)
            {
                templates[name] = template;
            }
        }

        if (problems.Count == 0 && templates.Count == 0)
        {
            problems.Add($"SSM parameter {parameter}: templates is missing or empty: write the templates that flows may send.");
        }

        return problems.Count == 0 ? new TemplateSettings(number!, version!, days, templates) : throw new ConfigurationException(string.Join(' ', problems));
    }

    private static string NumberIn(SettingsReader settings)
    {
        string number = settings.Required(Number, "write the id of the business number, phone-number-id-…, from the console of End User Messaging Social", most: 115);
        return Addresses.SystemNumberOf(number) ?? throw settings.Wrong(Number, "is no id of a business number: write phone-number-id-… or its ARN");
    }

    private static T? Try<T>(Func<T?> read, List<string> problems)
    {
        try
        {
            return read();
        }
        catch (ConfigurationException problem)
        {
            problems.Add(problem.Message);
            return default;
        }
    }
}
