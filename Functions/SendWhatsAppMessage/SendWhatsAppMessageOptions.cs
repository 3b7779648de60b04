using WhatsAppBuffer.Contracts.Settings;

namespace WhatsAppBuffer.SendWhatsAppMessage;

/// <summary>Settings of the function.</summary>
/// <param name="TableName"><c>TABLE_NAME</c>: name or ARN of the table of conversations.</param>
/// <param name="TemplateParameter"><c>TEMPLATE_PARAM_NAME</c>: name of the SSM parameter with the templates.</param>
internal sealed record SendWhatsAppMessageOptions(string TableName, string TemplateParameter)
{
    /// <param name="variable">Gives the value of a variable, or null.</param>
    /// <exception cref="ConfigurationException">A setting is missing or wrong; the message says which and what to do.</exception>
    public static SendWhatsAppMessageOptions Read(Func<string, string?> variable)
    {
        var environment = SettingsReader.OfEnvironment(variable);
        return new SendWhatsAppMessageOptions(
            environment.Required("TABLE_NAME", "give the function the name of the table of conversations"),
            environment.Text("TEMPLATE_PARAM_NAME") ?? SettingsSource.TemplateParameter);
    }
}
