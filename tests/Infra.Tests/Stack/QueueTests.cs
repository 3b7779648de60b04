using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Topology;

namespace Infra.Tests.Stack;

/// <summary>Where work waits, and for how long.</summary>
public class QueueTests
{
    public static TheoryData<string, FunctionSpec> Queues => new() { { "Notifications", FunctionSpecs.OnRawMessages }, { "WakeUps", FunctionSpecs.WhatsAppEventHandler } };

    [Theory]
    [MemberData(nameof(Queues))]
    public void Work_waits_encrypted_for_a_week_and_is_given_to_its_function_a_thousand_times(string id, FunctionSpec function)
    {
        Deployments.Default.ShouldHave($"{id}Queue", $$"""
            {
              "QueueName": "{{function.Queue!.Name}}",
              "MessageRetentionPeriod": 604800,
              "VisibilityTimeout": {{function.Queue.VisibilityTimeoutSeconds}},
              "SqsManagedSseEnabled": true,
              "RedrivePolicy": { "deadLetterTargetArn": "${{{function.Project}}DeadLettersQueue.Arn}", "maxReceiveCount": 1000 }
            }
            """);
        Deployments.Default.ShouldHave($"{id}Mapping", $$"""
            {
              "EventSourceArn": "${{{id}}Queue.Arn}",
              "FunctionName": "${{{function.Project}}Function}",
              "BatchSize": {{function.Queue.BatchSize}},
              "FunctionResponseTypes": ["ReportBatchItemFailures"],
              "ScalingConfig": { "MaximumConcurrency": {{function.Concurrency}} }
            }
            """);
        Deployments.Default.ShouldBe($"{id}Queue", """{ "DeletionPolicy": "Retain" }""");
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public void A_message_comes_again_only_after_the_function_had_its_time(string id, FunctionSpec function)
    {
        // AWS refuses less than the time-out; a margin keeps what is still worked on from being given to another sandbox.
        Assert.True(function.Queue!.VisibilityTimeoutSeconds >= 1.5 * function.TimeoutSeconds, id);
    }

    [Fact]
    public void What_the_event_handler_cannot_deliver_is_tried_for_a_day()
    {
        Assert.True(TimeSpan.FromSeconds(FunctionSpecs.WhatsAppEventHandler.Queue!.VisibilityTimeoutSeconds * QueueSpec.MaxReceiveCount) >= TimeSpan.FromHours(24));
        Assert.InRange(QueueSpec.MaxReceiveCount, 1, 1_000);
    }

    [Fact]
    public void Only_the_topic_may_send_notifications()
    {
        JsonArray statements = Deployments.Default["NotificationsQueuePolicy"].Properties["PolicyDocument"]!["Statement"]!.AsArray();

        Assert.Equal(
            ["Deny sqs:* ", "Allow sqs:SendMessage ${WhatsAppInTopic}"],
            statements.Select(statement => $"{statement!["Effect"]} {statement["Action"]} {statement["Condition"]!["ArnEquals"]?["aws:SourceArn"]}"));
    }

    [Fact]
    public void Every_five_minutes_the_aggregator_sweeps_and_a_sweep_that_failed_is_soon_forgotten()
    {
        Deployments.Default.ShouldHave("SweepRule", """
            { "ScheduleExpression": "rate(5 minutes)", "State": "ENABLED", "Targets": [{ "Arn": "${MessageAggregatorFunction.Arn}" }] }
            """);
        Resource config = Assert.Single(Deployments.Default.OfType("AWS::Lambda::EventInvokeConfig"));
        Assert.Null(JsonText.FirstDifference(config.Properties, JsonNode.Parse("""
            { "FunctionName": "${MessageAggregatorFunction}", "MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 300 }
            """), ""));
        Assert.False(config.Properties.ContainsKey("DestinationConfig"));
    }

    [Fact]
    public void The_guides_form_has_no_queue_but_those_for_dead_letters()
    {
        Assert.Equal(
            FunctionSpecs.All.Select(function => function.DeadLetterQueue).Order(),
            Deployments.Guide.OfType("AWS::SQS::Queue").Select(queue => queue.Properties["QueueName"]!.GetValue<string>()).Order());
        Assert.Single(Deployments.Guide.OfType("AWS::Lambda::EventSourceMapping"));
    }
}
