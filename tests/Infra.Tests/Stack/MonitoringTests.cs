using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Topology;

namespace Infra.Tests.Stack;

public class MonitoringTests
{
    [Fact]
    public void Everything_that_loses_delays_or_repeats_messages_has_an_alarm()
    {
        IEnumerable<string> expected =
        [
            "WhatsAppBuffer-IteratorAge", "WhatsAppBuffer-GivenUp", "WhatsAppBuffer-NotificationAge", "WhatsAppBuffer-EventAge", "WhatsAppBuffer-ReplyAge", "WhatsAppBuffer-CustomersFileAge", "WhatsAppBuffer-AgentsFileAge", "WhatsAppBuffer-OutboxAge", "WhatsAppBuffer-ConnectErrors", "WhatsAppBuffer-RawToAggregatedRatio",
            .. FunctionSpecs.All.SelectMany(function => (string[])
                [.. function.DeadLetterQueue is null ? Array.Empty<string>() : [$"WhatsAppBuffer-{function.Project}DeadLetters"], $"WhatsAppBuffer-{function.Project}Errors", $"WhatsAppBuffer-{function.Project}Throttles"]),
        ];

        Assert.Equal(expected, Deployments.Default.OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm.Properties["AlarmName"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("IteratorAge", "AWS/Lambda", "IteratorAge", "Maximum", 100_000, 3)]
    [InlineData("NotificationAge", "AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", 300, 3)]
    [InlineData("EventAge", "AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", 300, 3)]
    [InlineData("ReplyAge", "AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", 300, 3)]
    [InlineData("CustomersFileAge", "AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", 300, 3)]
    [InlineData("AgentsFileAge", "AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", 300, 3)]
    [InlineData("GivenUp", "AWS/Lambda", "OnFailureDestinationDeliveredEventCount", "Sum", 0, 1)]
    [InlineData("OutboxAge", "WhatsAppBuffer", "message_aggregator/outbox-age", "Maximum", 900, 1)]
    [InlineData("ConnectErrors", "WhatsAppBuffer", "whatsapp_event_handler/connect-errors", "Sum", 10, 2)]
    [InlineData("OnRawMessagesDeadLetters", "AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", 0, 1)]
    [InlineData("MessageAggregatorErrors", "AWS/Lambda", "Errors", "Sum", 0, 1)]
    [InlineData("WhatsAppEventHandlerThrottles", "AWS/Lambda", "Throttles", "Sum", 0, 3)]
    public void An_alarm_rises_above_its_threshold(string alarm, string @namespace, string metric, string statistic, int threshold, int periods)
    {
        Deployments.Default.ShouldHave($"Alarms{alarm}", $$"""
            {
              "Metrics": [{ "MetricStat": { "Metric": { "Namespace": "{{@namespace}}", "MetricName": "{{metric}}" }, "Stat": "{{statistic}}" } }],
              "ComparisonOperator": "GreaterThanThreshold",
              "Threshold": {{threshold}},
              "EvaluationPeriods": {{periods}},
              "TreatMissingData": "notBreaching"
            }
            """);
    }

    [Theory]
    [InlineData("NotificationAge")]
    [InlineData("EventAge")]
    [InlineData("ReplyAge")]
    public void Without_queues_Lambda_tells_how_long_events_wait(string alarm)
    {
        Deployments.Guide.ShouldHave($"Alarms{alarm}", """
            { "Metrics": [{ "MetricStat": { "Metric": { "Namespace": "AWS/Lambda", "MetricName": "AsyncEventAge" } } }], "Threshold": 300000 }
            """);
        Assert.DoesNotContain(Deployments.Guide.OfType("AWS::CloudWatch::Alarm"), it => it.Id is "AlarmsOutboxAge" or "AlarmsCustomersFileAge" or "AlarmsAgentsFileAge");
    }

    [Fact]
    public void What_the_streams_mapping_gives_up_is_counted_by_the_mapping_itself()
    {
        Deployments.Default.ShouldHave("BufferMapping", """{ "MetricsConfig": { "Metrics": ["EventCount"] } }""");
        Deployments.Default.ShouldHave("AlarmsGivenUp", """
            { "Metrics": [{ "MetricStat": { "Metric": { "Dimensions": [{ "Name": "EventSourceMappingUUID", "Value": "${BufferMapping}" }] } } }] }
            """);
    }

    [Fact]
    public void The_age_that_is_too_old_grows_with_the_buffer()
    {
        Deployments.Batching.ShouldHave("AlarmsIteratorAge", """{ "Threshold": 660000 }""");
    }

    [Fact]
    public void Fewer_raw_messages_than_events_and_messages_without_events_raise_an_alarm()
    {
        Deployments.Default.ShouldHave("AlarmsRawToAggregatedRatio", """
            {
              "ComparisonOperator": "LessThanThreshold",
              "Threshold": 1,
              "Metrics": [
                { "Expression": "IF(FILL(raw, 0) > 0, IF(FILL(aggregated, 0) > 0, raw / aggregated, 0), 1)" },
                {
                  "Id": "raw",
                  "MetricStat": {
                    "Metric": {
                      "Namespace": "AWS/DynamoDB",
                      "MetricName": "SuccessfulRequestLatency",
                      "Dimensions": [{ "Name": "Operation", "Value": "PutItem" }, { "Name": "TableName", "Value": "${RawMessagesTable}" }]
                    },
                    "Stat": "SampleCount"
                  }
                },
                {
                  "Id": "aggregated",
                  "MetricStat": {
                    "Metric": {
                      "MetricName": "NumberOfMessagesSent",
                      "Dimensions": [{ "Name": "QueueName", "Value": "${WakeUpsQueue.QueueName}" }]
                    },
                    "Stat": "Sum"
                  }
                }
              ]
            }
            """);
    }

    [Fact]
    public void Calls_that_Connect_refuses_are_counted_in_the_event_handlers_log()
    {
        Deployments.Default.ShouldHave("WhatsAppEventHandlerConnectErrors", $$"""
            {
              "LogGroupName": "${WhatsAppEventHandlerLog}",
              "FilterPattern": "{ ($.eventId = {{LogEvents.CallFailed}}) || ($.eventId = {{LogEvents.DeadLettered}}) }",
              "MetricTransformations": [
                { "MetricNamespace": "WhatsAppBuffer", "MetricName": "whatsapp_event_handler/connect-errors", "MetricValue": "1", "DefaultValue": 0 }
              ]
            }
            """);
    }

    [Fact]
    public void Alarms_go_nowhere_unless_told()
    {
        Assert.All(Deployments.Default.OfType("AWS::CloudWatch::Alarm"), alarm => Assert.False(alarm.Properties.ContainsKey("AlarmActions")));
    }

    [Fact]
    public void Alarms_and_their_end_go_to_the_given_topic()
    {
        Assert.All(Deployments.Batching.OfType("AWS::CloudWatch::Alarm"), alarm => Deployments.Batching.ShouldHave(alarm.Id, """
            { "AlarmActions": ["arn:aws:sns:eu-west-1:111122223333:oncall"], "OKActions": ["arn:aws:sns:eu-west-1:111122223333:oncall"] }
            """));
    }

    [Fact]
    public void Alarms_are_mailed_through_a_topic_that_CloudWatch_may_publish_to()
    {
        Assert.All(
            Deployments.Scoped.OfType("AWS::CloudWatch::Alarm"),
            alarm => Deployments.Scoped.ShouldHave(alarm.Id, """{ "AlarmActions": ["${AlarmsTopic}"], "OKActions": ["${AlarmsTopic}"] }"""));
        Resource subscription = Assert.Single(Deployments.Scoped.OfType("AWS::SNS::Subscription"), it => it.Properties["Protocol"]!.GetValue<string>() == "email");
        Assert.Equal("oncall@example.com", subscription.Properties["Endpoint"]!.GetValue<string>());
        JsonNode statement = Deployments.Scoped["AlarmsTopicPolicy"].Properties["PolicyDocument"]!["Statement"]![0]!;
        Assert.Equal("cloudwatch.amazonaws.com", statement["Principal"]!["Service"]!.GetValue<string>());
    }

    [Fact]
    public void The_dashboard_shows_every_figure_that_has_an_alarm()
    {
        string body = Deployments.Default["Dashboard"].Properties["DashboardBody"]!.GetValue<string>();

        string[] figures =
        [
            "IteratorAge", "OnFailureDestinationDeliveredEventCount", "ApproximateAgeOfOldestMessage", "NumberOfMessagesSent", "outbox-age", "SuccessfulRequestLatency", "ApproximateNumberOfMessagesVisible", "Errors", "Throttles", "connect-errors",
        ];
        Assert.All(figures, figure => Assert.Contains(figure, body, StringComparison.Ordinal));
        Assert.NotNull(JsonNode.Parse(body)!["widgets"]);
    }
}
