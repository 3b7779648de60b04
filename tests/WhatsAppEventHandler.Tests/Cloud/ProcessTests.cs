using System.Reflection;
using System.Text;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts;
using LocalAws.Lambda;
using LocalAws.Lambda.Functions;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests.Cloud;

/// <summary>
/// The function as Lambda runs it: a process of its own that speaks the Runtime API. <c>EVENT_HANDLER_PROGRAM</c> names another build of it,
/// such as the Native AOT one.
/// </summary>
[Collection(nameof(CloudFixture))]
public class ProcessTests(CloudFixture cloud)
{
    private readonly string _customer = $"569{Guid.NewGuid():N}";

    [Fact]
    public async Task The_program_delivers_an_event()
    {
        string function = CreateFunction(("TABLE_NAME", CloudFixture.Table), ("TOPIC_ARN", "arn:aws:sns:us-east-1:123456789012:whatsapp_out"));
        AggregatedEvent value = Events.Foreign(Events.Text(Events.Burst, 1, _customer));

        InvocationResult result = await InvokeAsync(function, CloudWorld.Json(value));

        Assert.True(result.FunctionError is null, Text(result, function));
        Assert.Equal([[Events.Burst]], cloud.ChatsOf(_customer));
        Assert.Equal("read", Assert.Single(cloud.Services.SocialMessaging.SentMessages, sent => sent.About == $"wamid.{_customer}.1").Type);
        Assert.DoesNotContain(cloud.Services.Lambda.GetLog(function), line => line.Text.Contains(_customer, StringComparison.Ordinal) || line.Text.Contains("P12345", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_program_reports_bad_settings_as_the_functions_error()
    {
        string function = CreateFunction(("TABLE_NAME", CloudFixture.Table), ("CONFIG_PARAM_NAME", "/no/such/parameter"));

        InvocationResult result = await InvokeAsync(function, CloudWorld.Json(Events.Foreign(Events.Text("kept", 1, _customer))));

        Assert.Equal("Unhandled", result.FunctionError);
        Assert.Contains("/no/such/parameter does not exist", Text(result, function), StringComparison.Ordinal);
        Assert.Single(await new DynamoDbOutbox(new ConversationTable(cloud.DynamoDb, CloudFixture.Table, cloud.Time))
            .WaitingAsync(EventJson.Conversation(Events.Text("kept", 1, _customer)).ToString(), default));
    }

    private static string Program => Environment.GetEnvironmentVariable("EVENT_HANDLER_PROGRAM")
        ?? typeof(ProcessTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "EventHandlerProgram").Value
        + (OperatingSystem.IsWindows() ? ".exe" : "");

    private string CreateFunction(params (string Name, string Value)[] environment)
    {
        string name = $"handler-{Guid.NewGuid():N}";
        cloud.Services.Lambda.CreateFunction(new FunctionDefinition
        {
            Name = name,
            Code = new FunctionCode.Program(Program),
            Timeout = TimeSpan.FromSeconds(60),
            Environment = environment.Append(("AWS_ENDPOINT_URL", cloud.Uri.ToString())).ToDictionary(),
        });
        return name;
    }

    private Task<InvocationResult> InvokeAsync(string function, string json) =>
        cloud.Services.Lambda.InvokeAsync(function, Encoding.UTF8.GetBytes(json), TestContext.Current.CancellationToken);

    private string Text(InvocationResult result, string function) =>
        $"{Encoding.UTF8.GetString(result.Payload.Span)}\n{string.Join('\n', cloud.Services.Lambda.GetLog(function).Select(line => line.Text))}";
}
