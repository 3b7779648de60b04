using System.Text;
using System.Text.Json.Nodes;
using LocalAws.Endpoint;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Deployment;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>A contact flow of Amazon Connect, as far as its block "Invoke AWS Lambda function" goes.</summary>
internal static class ContactFlow
{
    /// <summary>The event that the function gets. Source: Amazon Connect administrator guide, "Grant Amazon Connect access to your Lambda functions".</summary>
    public static byte[] Event(AwsAccount account, Customer customer, FlowRequest request)
    {
        string contactId = request.ContactId ?? Guid.NewGuid().ToString();
        var parameters = new JsonObject([.. request.Values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value))]);
        if (customer.Phone is { } phone)
        {
            parameters.TryAdd("phoneNumber", $"+{phone}");
        }
        else
        {
            parameters.TryAdd("userId", customer.UserId);
        }

        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["Details"] = new JsonObject
            {
                ["ContactData"] = new JsonObject
                {
                    ["Attributes"] = new JsonObject { ["customerName"] = customer.Name },
                    ["Channel"] = "VOICE",
                    ["ContactId"] = contactId,
                    ["InitialContactId"] = contactId,
                    ["PreviousContactId"] = contactId,
                    ["InitiationMethod"] = "API",
                    ["InstanceARN"] = account.Arn("connect", $"instance/{ContactCentre.InstanceId}"),
                    ["CustomerEndpoint"] = null,
                    ["SystemEndpoint"] = null,
                    ["Queue"] = null,
                },
                ["Parameters"] = parameters,
            },
            ["Name"] = "ContactFlowEvent",
        }.ToJsonString());
    }
}
