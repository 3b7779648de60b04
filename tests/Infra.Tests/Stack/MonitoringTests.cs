using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Topology;

namespace Infra.Tests.Stack;

public class MonitoringTests
{
    [Fact]
    public void Everything_that_loses_or_delays_messages_has_an_alarm()
    {
        IEnumerable<string> expected =
        [
            "Waiting", "Stopped", "NothingIn", "Lost", "IteratorAge", "GivenUp", "NotificationAge", "EventAge", "ReplyAge", "CustomersFileAge", "AgentsFileAge", "OutboxAge", "ConnectErrors",
            .. FunctionSpecs.All.SelectMany(function => (string[])
                [.. function.DeadLetterQueue is null ? [$"{function.Project}Errors"] : new[] { $"{function.Project}DeadLetters", $"{function.Project}OldLetters" }, $"{function.Project}Throttles"]),
        ];

        Assert.Equal(expected.Select(name => $"WhatsAppBuffer-{name}"), Deployments.Default.OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm.Properties["AlarmName"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("IteratorAge", "AWS/Lambda", "IteratorAge", "Maximum", 100_000, 5)]
    [InlineData("NotificationAge", "AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", 300, 5)]
    [InlineData("EventAge", "AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", 300, 5)]
    [InlineData("ReplyAge", "AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", 300, 5)]
    [InlineData("CustomersFileAge", "AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", 300, 5)]
    [InlineData("AgentsFileAge", "AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", 300, 5)]
    [InlineData("GivenUp", "AWS/Lambda", "OnFailureDestinationDeliveredEventCount", "Sum", 0, 1)]
    [InlineData("OutboxAge", "WhatsAppBuffer", "message_aggregator/outbox-age", "Maximum", 900, 1)]
    [InlineData("ConnectErrors", "WhatsAppBuffer", "whatsapp_event_handler/connect-errors", "Sum", 10, 2)]
    [InlineData("Waiting", "WhatsAppBuffer", "ReceiptToAgent", "p95", 160, 12)]
    [InlineData("OnRawMessagesOldLetters", "AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", 604_800, 1)]
    [InlineData("SendWhatsAppMessageErrors", "AWS/Lambda", "Errors", "Sum", 0, 1)]
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
    public void Without_queues_what_Lambda_gives_up_and_no_destination_takes_is_lost_too()
    {
        string lost = Deployments.Guide["AlarmsLost"].Properties["Metrics"]![0]!["Expression"]!.GetValue<string>();

        Assert.Equal("FILL(dropped, 0) + FILL(redrive0, 0) + FILL(redrive1, 0) + FILL(failed0, 0) + FILL(failed1, 0) + FILL(failed2, 0)", lost);
        Assert.DoesNotContain(Deployments.Guide.OfType("AWS::CloudWatch::Alarm"), alarm => alarm.Id.EndsWith("Throttles", StringComparison.Ordinal));
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
    public void Pages_and_their_end_go_to_one_topic_and_tickets_to_another()
    {
        foreach (Resource alarm in Deployments.Batching.OfType("AWS::CloudWatch::Alarm"))
        {
            bool isPage = alarm.Properties["AlarmDescription"]!.GetValue<string>().StartsWith("[page]", StringComparison.Ordinal);
            Deployments.Batching.ShouldHave(alarm.Id, isPage
                ? """{ "AlarmActions": ["arn:aws:sns:eu-west-1:111122223333:oncall"], "OKActions": ["arn:aws:sns:eu-west-1:111122223333:oncall"] }"""
                : """{ "AlarmActions": ["arn:aws:sns:eu-west-1:111122223333:tickets"] }""");
            Assert.Equal(isPage, alarm.Properties.ContainsKey("OKActions"));
        }
    }

    [Fact]
    public void Without_a_target_of_their_own_tickets_go_where_pages_go()
    {
        Assert.All(
            Deployments.Scoped.OfType("AWS::CloudWatch::Alarm"),
            alarm => Deployments.Scoped.ShouldHave(alarm.Id, """{ "AlarmActions": ["${AlarmsTopic}"] }"""));
    }

    [Fact]
    public void Nobody_is_woken_for_less_than_what_customers_feel_or_lose()
    {
        string[] tickets = [.. Deployments.Default.OfType("AWS::CloudWatch::Alarm")
            .Where(alarm => alarm.Properties["AlarmDescription"]!.GetValue<string>().StartsWith("[ticket]", StringComparison.Ordinal)).Select(alarm => alarm.Id["Alarms".Length..])];

        Assert.All(tickets, name => Assert.Matches("FileAge$|OldLetters$|Throttles$|Errors$", name));
    }

    [Fact]
    public void Every_alarm_has_its_part_of_the_runbook_and_every_part_has_an_alarm()
    {
        string[] parts = [.. File.ReadLines(Repository.Path("docs", "runbook.md")).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..].ToLowerInvariant())];
        string[] named = [.. Deployments.Default.OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm.Properties["AlarmDescription"]!.GetValue<string>().Split("docs/runbook.md#")[1]).Distinct()];

        Assert.Equal(named.Order(StringComparer.Ordinal), parts.Order(StringComparer.Ordinal));
        Assert.All(
            Deployments.Batching.OfType("AWS::CloudWatch::Alarm"),
            alarm => Assert.Contains("https://wiki.example.com/runbook#", alarm.Properties["AlarmDescription"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    public void Alarms_are_mailed_through_a_topic_that_CloudWatch_may_publish_to()
    {
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
            "ReceiptToAgent", "NumberOfMessagesPublished", "IteratorAge", "OnFailureDestinationDeliveredEventCount", "ApproximateAgeOfOldestMessage", "NumberOfMessagesSent", "outbox-age", "SuccessfulRequestLatency", "ApproximateNumberOfMessagesVisible", "Errors", "Throttles", "connect-errors",
        ];
        Assert.All(figures, figure => Assert.Contains(figure, body, StringComparison.Ordinal));
        Assert.NotNull(JsonNode.Parse(body)!["widgets"]);
        Assert.All(Deployments.Default.OfType("AWS::CloudWatch::Alarm"), alarm => Assert.Contains($"${{{alarm.Id}.Arn}}", body, StringComparison.Ordinal));
        Assert.Contains("docs/runbook.md", body, StringComparison.Ordinal);
        Assert.Contains("https://wiki.example.com/runbook", Deployments.Batching["Dashboard"].Properties["DashboardBody"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dashboard_is_named_after_its_region_because_dashboards_are_an_accounts()
    {
        Deployments.Scoped.ShouldHave("Dashboard", """{ "DashboardName": "WhatsAppBuffer-test-${AWS::Region}" }""");
    }
}
