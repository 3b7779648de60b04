using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using LocalAws.Endpoint;
using LocalAws.Faults;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Deployment;
using WhatsAppBuffer.Topology;

namespace EndToEnd.Tests;

/// <summary>The rights that functions need when things go wrong; those of every day are looked at where scenarios are played.</summary>
public class FunctionRightsTests
{
    private const string Topics = "arn:aws:sns:us-east-1:123456789012:";

    [Fact]
    public async Task What_functions_call_when_things_go_wrong_is_what_their_policies_allow()
    {
        await using SimulatorHost simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions { Port = 0, BufferSeconds = 5, Speed = 10, Statuses = true, Rights = true }, TimeProvider.System, CancellationToken.None);
        await simulator.WhenReadyAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        var control = new ControlClient(http);
        using var sns = new AmazonSimpleNotificationServiceClient(
            new BasicAWSCredentials("any", "any"), new AmazonSimpleNotificationServiceConfig { ServiceURL = simulator.Uri.ToString(), AuthenticationRegion = "us-east-1" });

        await FindOutThatTwoAreOneAsync(control);
        await RefuseAsync(control, "connectparticipant", "SendMessage", () => control.SendAsync(new SendMessageRequest { Customer = "Kike", Phone = "15550030001", Text = "Connect does not like this" }, CancellationToken.None), FunctionSpecs.WhatsAppEventHandler);
        await RefuseAsync(control, "socialmessaging", "SendWhatsAppMessage", () => control.RunFlowAsync(
            new FlowRequest { Customer = "Ada", Phone = "15550030002", Values = new Dictionary<string, string> { ["template"] = "order_ready", ["order"] = "P12345" } }, CancellationToken.None));
        await sns.PublishAsync($"{Topics}whatsapp_in", "nothing that WhatsApp sends");
        await sns.PublishAsync($"{Topics}whatsapp_out", "nothing that Connect sends");
        await StoreWhatNoOutboxTakesAsync(simulator.Uri);
        ChatView chat = (await control.GetChatsAsync(CancellationToken.None))[0];
        await control.SendAsAgentAsync(chat.ContactId, new AgentMessageRequest { Text = "An answer, which has statuses" }, CancellationToken.None);
        simulator.Simulation.Clock.Step(TimeSpan.FromMinutes(SweepSettings.IntervalMinutes + 1));

        // The last of them to come may be any.
        await RunningSimulator.WhenAsync(
            async () => (await control.GetStatisticsAsync(CancellationToken.None)).Rights, seen => Rights.Table.Where(right => right.SeenIn == "what fails").All(right => seen.Any(right.Allows)));
        Rights.ShouldBeAllowedAndNeeded((await control.GetStatisticsAsync(CancellationToken.None)).Rights, "what fails");
    }

    private static async Task FindOutThatTwoAreOneAsync(ControlClient control)
    {
        await control.SendAsync(new SendMessageRequest { Customer = "By number", Phone = "15550030003", Text = "One" }, CancellationToken.None);
        await control.SendAsync(new SendMessageRequest { Customer = "By id", UserId = "US.two", Text = "Two" }, CancellationToken.None);
        await RunningSimulator.WhenAsync(() => control.GetChatsAsync(CancellationToken.None), chats => chats.Count == 2);
        await control.SendAsync(new SendMessageRequest { Customer = "Both", Phone = "15550030003", UserId = "US.two", Text = "One and two" }, CancellationToken.None);
    }

    /// <summary>A fault for as long as it takes to be met.</summary>
    private static async Task RefuseAsync(ControlClient control, string service, string operation, Func<Task> act, FunctionSpec? letterOf = null)
    {
        await control.SetFaultsAsync(
            new FaultPlan { Rules = [new FaultRule { Service = service, Operation = operation, Effect = FaultEffect.Error, Code = "ValidationException", Status = 400 }] }, CancellationToken.None);
        await act();
        if (letterOf is not null)
        {
            await RunningSimulator.WhenAsync(() => control.GetDeadLettersAsync(CancellationToken.None), letters => letters.Any(letter => letter.Queue == letterOf.DeadLetterQueue));
        }

        await control.SetFaultsAsync(FaultPlan.None, CancellationToken.None);
    }

    /// <summary>A row as large as rows may be: with what an outbox adds to it, it is larger.</summary>
    private static async Task StoreWhatNoOutboxTakesAsync(Uri endpoint)
    {
        using AmazonDynamoDBClient dynamoDb = CloudDeployer.DynamoDbAt(endpoint, new AwsAccount());
        await dynamoDb.PutItemAsync(new PutItemRequest
        {
            TableName = Tables.RawMessages.Name,
            Item = new()
            {
                [Tables.RawMessages.PartitionKey] = new("15550030004"),
                [Tables.RawMessages.SortKey!] = new("wamid.nobody"),
                // A text is divided.
                ["type"] = new("order"),
                ["order"] = new() { M = new() { ["text"] = new(new string('x', 409_450)) } },
            },
        });
    }
}
