using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws;
using WhatsAppBuffer.Simulator.App.Customers;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>
/// The templates that WhatsApp has approved. Where the parameter still has its placeholder and no template, number and two examples are filled in: by hand on AWS.
/// </summary>
internal static class TemplateBook
{
    private const string Number = "ORIGINATION_PHONE_NUMBER_ID";
    private const string Templates = "templates";

    private const string Examples = """
        {
          "order_ready": {
            "language": { "code": "en_US" },
            "components": [
              {
                "type": "body",
                "parameters": [
                  { "type": "text", "parameter_name": "customer", "text": "{{customerName}}" },
                  { "type": "text", "parameter_name": "order", "text": "{{order}}" }
                ]
              }
            ]
          },
          "appointment": { "language": { "code": "en_US" } }
        }
        """;

    /// <exception cref="UserErrorException">The parameter is no JSON object.</exception>
    public static void SetUp(LocalCloud cloud, string? parameter)
    {
        if (parameter is null)
        {
            return;
        }

        JsonObject book = Parse(parameter, cloud.Ssm.GetParameter(parameter).Value);
        if (book[Number] is not JsonValue given || given.GetValueKind() != JsonValueKind.String || given.GetValue<string>().StartsWith('<'))
        {
            book[Number] = $"phone-number-id-{BusinessNumber.Default.AwsId}";
        }

        if (book["message"] is null && book[Templates] is not JsonObject { Count: > 0 })
        {
            book[Templates] = ForeignJson.Node(Examples);
        }

        cloud.Ssm.PutParameter(parameter, book.ToJsonString(), overwrite: true);
    }

    private static JsonObject Parse(string parameter, string value)
    {
        try
        {
            return ForeignJson.Node(value) as JsonObject ?? throw new JsonException("it is no object");
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"The parameter {parameter} must be a JSON object with {Number} and {Templates}: {e.Message}", e);
        }
    }
}
