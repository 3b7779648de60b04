using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Infra;
using WhatsAppBuffer.Infra.Checks;
using WhatsAppBuffer.Infra.Settings;

namespace Infra.Tests.Checks;

/// <summary>What is missing between a deployed stack and a first message, each with the step that mends it.</summary>
public class CheckTests
{
    private const string Disabled = """{ "EventSourceMappings": [{ "UUID": "u-1", "State": "Disabled", "EventSourceArn": "arn:aws:sqs:eu-west-1:111122223333:q" }] }""";
    private const string Problem = """{ "EventSourceMappings": [{ "UUID": "u-1", "State": "Enabled", "LastProcessingResult": "PROBLEM: Function call failed", "EventSourceArn": "a:q" }] }""";

    [Fact]
    public async Task In_an_account_that_is_ready_everything_is_ok_and_nothing_was_sent()
    {
        var aws = new FakeAws();

        Assert.All(await LookAsync(aws), finding => Assert.Equal(Health.Good, finding.Health));
        Assert.DoesNotContain(aws.Asked, asked => asked.Contains("publish", StringComparison.Ordinal) || asked.Contains("put-", StringComparison.Ordinal) || asked.Contains("update-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cloudformation describe-stacks", """{ "Stacks": [{ "StackStatus": "UPDATE_ROLLBACK_COMPLETE" }] }""", "Stack", "CloudFormation console")]
    [InlineData("sns list-topics", """{ "Topics": [] }""", "Topic for WhatsApp", "is it the region")]
    [InlineData("sns get-topic-attributes", """{ "Attributes": { "Policy": "nobody" } }""", "Topic policy and key", "./wab.cs deploy")]
    [InlineData("kms describe-key", """{ "KeyMetadata": { "KeyState": "Disabled" } }""", "Topic policy and key", "aws kms enable-key --key-id key-1")]
    [InlineData("kms get-key-policy", """{ "Policy": "nobody" }""", "Topic policy and key", "./wab.cs deploy")]
    [InlineData("sns list-subscriptions-by-topic", """{ "Subscriptions": [] }""", "Subscription", "./wab.cs deploy")]
    [InlineData("socialmessaging list-linked-whatsapp-business-accounts", """{ "linkedAccounts": [] }""", "Event destination", "Add WhatsApp Business Account")]
    [InlineData("socialmessaging list-linked-whatsapp-business-accounts", """{ "linkedAccounts": [{ "id": "waba-1", "wabaName": "Care", "registrationStatus": "COMPLETE", "eventDestinations": [] }] }""", "Event destination", $"put-whatsapp-business-account-event-destinations --id waba-1 --event-destinations eventDestinationArn={FakeAws.Topic}")]
    [InlineData("socialmessaging list-linked-whatsapp-business-accounts", $$"""{ "linkedAccounts": [{ "wabaName": "Care", "registrationStatus": "INCOMPLETE", "eventDestinations": [{ "eventDestinationArn": "{{FakeAws.Topic}}" }] }] }""", "Event destination", "complete the registration")]
    [InlineData("lambda list-event-source-mappings", Disabled, "Mappings of message_aggregator", "update-event-source-mapping --uuid u-1 --enabled")]
    [InlineData("lambda list-event-source-mappings", Problem, "Mappings of message_aggregator", "docs/runbook.md#stopped")]
    [InlineData("lambda list-event-source-mappings", """{ "EventSourceMappings": [] }""", "Mappings of message_aggregator", "./wab.cs deploy")]
    [InlineData("ssm get-parameter", """{ "Parameter": { "Value": "{\"instance_id\":\"<your-connect-instance-id>\"}" } }""", "Parameter", "aws ssm put-parameter --overwrite")]
    [InlineData("ssm get-parameter", """{ "Parameter": { "Value": "not JSON" } }""", "Parameter", "aws ssm put-parameter --overwrite")]
    [InlineData("connect describe-contact-flow", """{ "ContactFlow": { "Name": "Inbound", "Type": "CONTACT_FLOW", "State": "ACTIVE", "Status": "SAVED" } }""", "Contact flow", "Publish")]
    [InlineData("connect list-instance-storage-configs", """{ "StorageConfigs": [] }""", "Attachments", "Data storage")]
    [InlineData("sqs get-queue-attributes", """{ "Attributes": { "ApproximateNumberOfMessages": "3" } }""", "Dead letters in on_raw_messages_dead_letters", "./wab.cs redrive")]
    [InlineData("lambda get-account-settings", """{ "AccountLimit": { "UnreservedConcurrentExecutions": 10 } }""", "Concurrency", "Service Quotas")]
    [InlineData("cloudwatch describe-alarms", """{ "MetricAlarms": [{ "AlarmName": "WhatsAppBuffer-Stopped", "StateValue": "ALARM", "AlarmActions": ["arn"] }] }""", "Alarms", "docs/runbook.md")]
    [InlineData("cloudwatch describe-alarms", """{ "MetricAlarms": [{ "AlarmName": "a", "StateValue": "OK", "AlarmActions": [] }] }""", "Alarms", "alarmEmail")]
    public async Task What_is_missing_is_named_with_the_step_that_mends_it(string operation, string answer, string what, string mend)
    {
        Finding finding = Assert.Single(await LookAsync(new FakeAws().With(operation, answer)), finding => finding.What == what);

        Assert.Equal(Health.Missing, finding.Health);
        Assert.Contains(mend, finding.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_not_be_asked_is_unknown_and_everything_else_is_looked_at()
    {
        IReadOnlyList<Finding> findings = await LookAsync(new FakeAws().With("connect describe-contact-flow", null));

        Finding unknown = Assert.Single(findings, finding => finding.Health != Health.Good);
        Assert.Equal(("Contact flow", Health.Unknown), (unknown.What, unknown.Health));
        Assert.Contains("AccessDeniedException", unknown.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_for_another_instance_than_the_stages_is_named()
    {
        var settings = new DeploymentSettings { InstanceId = Deployments.InstanceId };

        Finding finding = Assert.Single(await LookAsync(new FakeAws(), settings), finding => finding.What == "Parameter");

        Assert.Contains($"instance_id of /whatsapp_eum_connect_chat/config is i-1; the deployment is for {Deployments.InstanceId}", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_burst_is_sent_only_with_a_word_read_in_the_chat_and_the_chat_is_ended()
    {
        string sent = "";
        var aws = new FakeAws
        {
            Otherwise = arguments => (arguments[0], arguments[1]) switch
            {
                ("sns", "publish-batch") => Publish(arguments[^1]),
                ("dynamodb", "get-item") => """{ "Item": { "connectionToken": { "S": "token-1" } } }""",
                ("connectparticipant", "get-transcript") => new JsonObject { ["Transcript"] = new JsonArray(new JsonObject { ["Content"] = sent }) }.ToJsonString(),
                ("connectparticipant", "disconnect-participant") => "{}",
                _ => null,
            },
        };

        (int exit, string output) = await RunAsync(aws, "y", "--send", "--from", "4915112345678");

        Assert.Equal(0, exit);
        Assert.Contains("They open a chat in Amazon Connect, which an agent may see and which is billed", output, StringComparison.Ordinal);
        Assert.Contains("3 messages reached the chat as 1", output, StringComparison.Ordinal);
        Assert.Contains("connectparticipant disconnect-participant --connection-token token-1", aws.Asked);
        string published = Assert.Single(aws.Asked, asked => asked.StartsWith("sns publish-batch", StringComparison.Ordinal));
        // Without the ARN of a number nobody can send a read mark or a reaction.
        Assert.DoesNotContain("MetaPhoneNumberIds", published, StringComparison.Ordinal);

        string Publish(string entries)
        {
            sent = string.Join('\n', JsonNode.Parse(entries)!.AsArray().Select(entry => TextOf(entry!["Message"]!.GetValue<string>())));
            return "{}";
        }
    }

    [Theory]
    [InlineData("n")]
    [InlineData("")]
    public async Task Without_that_word_nothing_is_sent(string answer)
    {
        var aws = new FakeAws();

        (_, string output) = await RunAsync(aws, answer, "--send", "--from", "4915112345678");

        Assert.Contains("Test burst: not sent", output, StringComparison.Ordinal);
        Assert.DoesNotContain(aws.Asked, asked => asked.Contains("publish", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_burst_needs_somebodys_own_number() =>
        Assert.Contains("--send needs --from NUMBER", (await Assert.ThrowsAsync<DeploymentException>(() => RunAsync(new FakeAws(), "y", "--send"))).Message, StringComparison.Ordinal);

    private static async Task<IReadOnlyList<Finding>> LookAsync(FakeAws aws, DeploymentSettings? settings = null)
    {
        List<Finding> findings = [];
        await foreach (Finding finding in new StackCheck(aws, settings ?? new DeploymentSettings()).RunAsync(TestContext.Current.CancellationToken))
        {
            findings.Add(finding);
        }

        return findings;
    }

    private static async Task<(int Exit, string Output)> RunAsync(FakeAws aws, string answer, params string[] arguments)
    {
        using var output = new StringWriter();
        using var input = new StringReader(answer);
        int exit = await new CheckCommand(Repository.Root, output, input, _ => aws, TimeProvider.System).RunAsync(arguments, TestContext.Current.CancellationToken);
        return (exit, output.ToString());
    }

    private static string TextOf(string envelope) =>
        JsonNode.Parse(JsonNode.Parse(envelope)!["whatsAppWebhookEntry"]!.GetValue<string>())!["changes"]![0]!["value"]!["messages"]![0]!["text"]!["body"]!.GetValue<string>();
}
