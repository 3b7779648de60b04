using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Topology;

namespace Infra.Tests.Stack;

/// <summary>What the guide's stack gets wrong, and this one must not; the functions' part is tested beside them, by the same numbers.</summary>
public class DefectsOfTheSampleTests
{
    private static Template Stack => Deployments.Default;

    [Fact]
    public void D10_D11_Rows_expire_by_an_attribute_of_their_own_that_the_functions_write_as_a_number()
    {
        foreach (Resource table in Stack.OfType("AWS::DynamoDB::Table"))
        {
            string attribute = table.Properties["TimeToLiveSpecification"]!["AttributeName"]!.GetValue<string>();

            // WhatsApp's own timestamp is a string and lies in the past; the guide's "date" is never written.
            Assert.Equal("expiresAt", attribute);
            Assert.DoesNotContain(table.Properties["AttributeDefinitions"]!.AsArray(), key => key!["AttributeName"]!.GetValue<string>() == attribute);
        }
    }

    [Fact]
    public void D13_Tables_outlive_the_stack_and_can_be_restored()
    {
        foreach (Resource table in Stack.OfType("AWS::DynamoDB::Table"))
        {
            Stack.ShouldBe(table.Id, """
                { "DeletionPolicy": "RetainExceptOnCreate", "Properties": { "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": true } } }
                """);
        }
    }

    [Fact]
    public void D14_A_poison_record_neither_blocks_its_shard_for_a_day_nor_vanishes()
    {
        Stack.ShouldHave("BufferMapping", """
            {
              "BisectBatchOnFunctionError": true,
              "MaximumRetryAttempts": -1,
              "MaximumRecordAgeInSeconds": 82800,
              "FunctionResponseTypes": ["ReportBatchItemFailures"],
              "DestinationConfig": { "OnFailure": { "Destination": "${MediaBucket.Arn}" } }
            }
            """);
    }

    [Fact]
    public void D15_What_fails_for_good_is_kept_and_topics_take_messages_for_this_account_only()
    {
        Assert.Equal(
            ["${ConnectEventHandlerDeadLettersQueue.Arn}", "${OnRawMessagesDeadLettersQueue.Arn}", "${WhatsAppEventHandlerDeadLettersQueue.Arn}"],
            Stack.OfType("AWS::SQS::Queue").Select(it => it.Properties["RedrivePolicy"]?["deadLetterTargetArn"]!.GetValue<string>()).OfType<string>().Distinct().Order(StringComparer.Ordinal));
        Assert.All(Stack.OfType("AWS::SNS::Subscription"), subscription => Assert.NotNull(subscription.Properties["RedrivePolicy"]));
        Assert.All(Stack.OfType("AWS::SNS::TopicPolicy"), policy => Assert.All(Allowing(policy), statement => Assert.NotNull(statement["Condition"]!["StringEquals"]!["aws:SourceAccount"])));
    }

    [Fact]
    public void D16_Functions_have_the_time_and_memory_they_need_and_the_aggregator_no_right_to_raw_messages()
    {
        foreach (FunctionSpec function in FunctionSpecs.All)
        {
            Stack.ShouldHave($"{function.Project}Function", $$"""{ "Timeout": {{function.TimeoutSeconds}}, "MemorySize": {{function.MemoryMegabytes}} }""");
            Assert.InRange(function.TimeoutSeconds, 1, 120);
        }

        IEnumerable<string> statements = Stack.OfType("AWS::IAM::Policy")
            .Where(policy => policy.Id.StartsWith("MessageAggregator", StringComparison.Ordinal))
            .SelectMany(policy => policy.Properties["PolicyDocument"]!["Statement"]!.AsArray().Select(statement => statement!["Resource"]!.ToJsonString()));
        Assert.NotEmpty(statements);
        Assert.DoesNotContain(statements, resource => resource.Contains("${RawMessagesTable.Arn}\"", StringComparison.Ordinal));
    }

    private static IEnumerable<JsonNode> Allowing(Resource policy) =>
        policy.Properties["PolicyDocument"]!["Statement"]!.AsArray().Where(statement => statement!["Effect"]!.GetValue<string>() == "Allow")!;
}
