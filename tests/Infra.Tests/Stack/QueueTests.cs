using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Topology;

namespace Infra.Tests.Stack;

/// <summary>Where work waits, and for how long.</summary>
public class QueueTests
{
    public static TheoryData<string, FunctionSpec, QueueSpec> Queues => new()
    {
        { "Notifications", FunctionSpecs.OnRawMessages, FunctionSpecs.OnRawMessages.Queue! },
        { "WakeUps", FunctionSpecs.WhatsAppEventHandler, FunctionSpecs.WhatsAppEventHandler.Queue! },
        { "CustomersFiles", FunctionSpecs.WhatsAppEventHandler, FunctionSpecs.WhatsAppEventHandler.FilesQueue! },
        { "Replies", FunctionSpecs.ConnectEventHandler, FunctionSpecs.ConnectEventHandler.Queue! },
        { "AgentsFiles", FunctionSpecs.ConnectEventHandler, FunctionSpecs.ConnectEventHandler.FilesQueue! },
    };

    [Theory]
    [MemberData(nameof(Queues))]
    public void Work_waits_encrypted_for_a_week_and_is_given_to_its_function_a_thousand_times(string id, FunctionSpec function, QueueSpec queue)
    {
        Deployments.Default.ShouldHave($"{id}Queue", $$"""
            {
              "QueueName": "{{queue.Name}}",
              "MessageRetentionPeriod": 604800,
              "VisibilityTimeout": {{queue.VisibilityTimeoutSeconds}},
              "SqsManagedSseEnabled": true,
              "RedrivePolicy": { "deadLetterTargetArn": "${{{function.Project}}DeadLettersQueue.Arn}", "maxReceiveCount": 1000 }
            }
            """);
        Deployments.Default.ShouldHave($"{id}Mapping", $$"""
            {
              "EventSourceArn": "${{{id}}Queue.Arn}",
              "FunctionName": "${{{function.Project}}Function}",
              "BatchSize": {{queue.BatchSize}},
              "FunctionResponseTypes": ["ReportBatchItemFailures"],
              "ScalingConfig": { "MaximumConcurrency": {{queue.Concurrency}} }
            }
            """);
        Deployments.Default.ShouldBe($"{id}Queue", """{ "DeletionPolicy": "RetainExceptOnCreate" }""");
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public void A_message_comes_again_only_after_the_function_had_its_time(string id, FunctionSpec function, QueueSpec queue)
    {
        // AWS refuses less than the time-out; a margin keeps what is still worked on from being given to another sandbox.
        Assert.True(queue.VisibilityTimeoutSeconds >= 1.5 * function.TimeoutSeconds, id);
    }

    [Fact]
    public void Files_never_hold_more_than_half_of_the_sandboxes() => Assert.All(
        FunctionSpecs.All.Where(function => function.FilesQueue is not null),
        function => Assert.InRange(function.FilesQueue!.Concurrency, 2, function.Queue!.Concurrency));

    [Theory]
    [InlineData("whatsapp_event_handler")]
    [InlineData("connect_event_handler")]
    public void What_cannot_be_delivered_is_tried_for_a_day(string function)
    {
        Assert.True(TimeSpan.FromSeconds(FunctionSpecs.All.Single(spec => spec.Name == function).Queue!.VisibilityTimeoutSeconds * QueueSpec.MaxReceiveCount) >= TimeSpan.FromHours(24));
        Assert.InRange(QueueSpec.MaxReceiveCount, 1, 1_000);
    }

    [Theory]
    [InlineData("Notifications", "WhatsAppIn")]
    [InlineData("Replies", "WhatsAppOut")]
    [InlineData("AgentsFiles", "WhatsAppOut")]
    public void Only_the_topic_may_send_what_it_is_subscribed_for(string queue, string topic)
    {
        JsonArray statements = Deployments.Default[$"{queue}QueuePolicy"].Properties["PolicyDocument"]!["Statement"]!.AsArray();

        Assert.Equal(
            ["Deny sqs:* ", $"Allow sqs:SendMessage ${{{topic}Topic}}"],
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
            FunctionSpecs.All.Select(function => function.DeadLetterQueue).OfType<string>().Order(),
            Deployments.Guide.OfType("AWS::SQS::Queue").Select(queue => queue.Properties["QueueName"]!.GetValue<string>()).Order());
        Assert.Single(Deployments.Guide.OfType("AWS::Lambda::EventSourceMapping"));
    }
}
