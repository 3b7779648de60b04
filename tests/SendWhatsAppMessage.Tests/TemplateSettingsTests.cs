using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.SendWhatsAppMessage;
using WhatsAppBuffer.SendWhatsAppMessage.Templates;

namespace SendWhatsAppMessage.Tests;

public class TemplateSettingsTests
{
    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        var problem = Assert.Throws<ConfigurationException>(() => TemplateSettings.Parse("/p", """
            {
              "ORIGINATION_PHONE_NUMBER_ID": "<your-origination-phone-number-id>",
              "answer_days": 100,
              "message": { "template": { "language": "en" } },
              "templates": {
                "a": { "language": {} },
                "b": { "language": "en", "components": {} },
                "c": { "language": "en", "components": [{ "parameters": [] }] },
                "d": { "language": "en", "components": [{ "type": "body", "parameters": [{ "type": "text", "parameter_name": "x", "text": "" }, { "type": "text", "text": "" }] }] },
                "e": 7
              }
            }
            """));

        Assert.All(
            [
                "SSM parameter /p: ORIGINATION_PHONE_NUMBER_ID is still the placeholder <your-origination-phone-number-id>: write the id of the business number",
                "SSM parameter /p: answer_days is 100: write a whole number from 1 to 30.",
                "SSM parameter /p: message.template.name is missing or empty: write the name of an approved template.",
                "SSM parameter /p: templates.a.language.code is missing or empty: write the template's language, such as en_US.",
                "SSM parameter /p: templates.b.components is {}: write a list of objects.",
                "SSM parameter /p: templates.c.components[0].type is missing or empty: write header, body or button.",
                "SSM parameter /p: templates.d.components[0].parameters has some with parameter_name and some without: a template has names for all or for none.",
                "SSM parameter /p: templates.e is 7: write an object.",
            ],
            sentence => Assert.Contains(sentence, problem.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"ORIGINATION_PHONE_NUMBER_ID":"phone-number-id-1"}""", "templates is missing or empty")]
    [InlineData("""{"ORIGINATION_PHONE_NUMBER_ID":"12345","templates":{"a":{"language":"en"}}}""", "ORIGINATION_PHONE_NUMBER_ID is no id of a business number")]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("{", "is not JSON")]
    public void What_is_missing_is_named(string json, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<ConfigurationException>(() => TemplateSettings.Parse("/p", json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_number_may_be_given_by_its_ARN()
    {
        var settings = TemplateSettings.Parse("/p", """{"ORIGINATION_PHONE_NUMBER_ID":"arn:aws:social-messaging:eu-west-1:123456789012:phone-number-id/976c","templates":{"a":{"language":"en"}}}""");

        Assert.Equal(("phone-number-id-976c", "v23.0", 7), (settings.SystemNumber, settings.MetaApiVersion, settings.AnswerDays));
    }

    [Fact]
    public void Without_a_table_the_function_does_not_start()
    {
        Assert.Contains("TABLE_NAME is not set", Assert.Throws<ConfigurationException>(() => SendWhatsAppMessageOptions.Read(_ => null)).Message, StringComparison.Ordinal);
        Assert.Equal("/whatsapp_template/config", SendWhatsAppMessageOptions.Read(name => name == "TABLE_NAME" ? "t" : null).TemplateParameter);
    }
}
