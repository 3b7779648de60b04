using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.Lambda;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.SendWhatsAppMessage.Templates;
using WhatsAppBuffer.SendWhatsAppMessage.WhatsApp;
using WhatsAppBuffer.Topology;

namespace Simulation.Tests.World;

/// <summary>Contact flows that send templates, and invoke twice when they please.</summary>
internal sealed class Flows(Cloud cloud) : IParameterStore
{
    private const string Settings = """{"ORIGINATION_PHONE_NUMBER_ID":"phone-number-id-976c","templates":{"ready":{"language":"en"}}}""";

    /// <summary>What each flow was told, by contact; null where the invocation failed.</summary>
    public List<(string ContactId, string? Status)> Answers { get; } = [];

    /// <summary>Templates on phones, by the contact whose flow sent them.</summary>
    public List<string> Received { get; } = [];

    Task<string?> IParameterStore.GetAsync(string name, CancellationToken cancellationToken) => Task.FromResult<string?>(Settings);

    /// <summary>A flow invokes the function.</summary>
    public void Invoke(string contactId, string phoneNumber) => cloud.Begin(async () =>
    {
        byte[] flow = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["Details"] = new JsonObject
            {
                ["ContactData"] = new JsonObject { ["ContactId"] = contactId },
                ["Parameters"] = new JsonObject { ["template"] = "ready", ["phoneNumber"] = phoneNumber, ["input1"] = contactId },
            },
        }.ToJsonString());
        try
        {
            InvocationResult result = await cloud.Lambda.InvokeAsync(FunctionSpecs.SendWhatsAppMessage.Name, flow, CancellationToken.None);
            using JsonDocument? answer = result.FunctionError is null ? JsonDocument.Parse(result.Payload) : null;
            Answers.Add((contactId, answer?.RootElement.GetProperty("status").GetString()));
        }
        catch (LocalAws.Endpoint.AwsException)
        {
            Answers.Add((contactId, null));
        }
    });

    /// <summary>Amazon's client within a sandbox.</summary>
    public IWhatsAppSender Client(Sandbox sandbox) => new SandboxSender(this, sandbox);

    private void Receive(TemplateMessage message)
    {
        using JsonDocument json = JsonDocument.Parse(message.Request);
        Received.Add(message.ContactId);
        string callbackData = json.RootElement.GetProperty("biz_opaque_callback_data").GetString()!;
        cloud.After(cloud.Phones.StatusDelay(), () => cloud.Customers.PublishStatus(message.Recipient.Id, callbackData, isDelivered: true));
    }

    private sealed class SandboxSender(Flows flows, Sandbox sandbox) : IWhatsAppSender
    {
        public async Task<SendResult> SendAsync(TemplateMessage message, CancellationToken cancellationToken)
        {
            bool done = false;
            try
            {
                return await sandbox.CallAsync("SendWhatsAppMessage", Receive, () => new TimeoutException("throttled"), () => new IOException("no answer"), cancellationToken);
            }
            catch (TimeoutException)
            {
                return new SendResult.HeldBack("ThrottledRequestException");
            }
            catch (Exception failure) when (failure is IOException or OperationCanceledException)
            {
                return new SendResult.Unknown();
            }

            // The SDK repeats nothing.
            Task<SendResult> Receive()
            {
                if (!done)
                {
                    flows.Receive(message);
                }

                done = true;
                return Task.FromResult<SendResult>(new SendResult.Sent("message"));
            }
        }
    }
}
