using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Topology;

namespace Infra.Tests.Stack;

public class BufferTests
{
    [Fact]
    public void The_buffer_is_a_tumbling_and_a_batching_window_over_the_stream_without_a_filter()
    {
        Deployments.Default.ShouldHave("BufferMapping", """
            {
              "EventSourceArn": "${RawMessagesTable.StreamArn}",
              "FunctionName": "${MessageAggregatorFunction}",
              "StartingPosition": "TRIM_HORIZON",
              "BatchSize": 10000,
              "MaximumBatchingWindowInSeconds": 20,
              "TumblingWindowInSeconds": 20,
              "BisectBatchOnFunctionError": true,
              "MaximumRetryAttempts": -1,
              "MaximumRecordAgeInSeconds": 82800,
              "FunctionResponseTypes": ["ReportBatchItemFailures"],
              "DestinationConfig": { "OnFailure": { "Destination": "${MediaBucket.Arn}" } }
            }
            """);
        Assert.False(Deployments.Default["BufferMapping"].Properties.ContainsKey("FilterCriteria"));
    }

    [Fact]
    public void Without_the_tumbling_window_only_new_messages_reach_the_aggregator()
    {
        JsonObject mapping = Deployments.Batching["BufferMapping"].Properties;

        Assert.False(mapping.ContainsKey("TumblingWindowInSeconds"));
        Assert.Equal(300, mapping["MaximumBatchingWindowInSeconds"]!.GetValue<int>());
        JsonNode filter = Assert.Single(mapping["FilterCriteria"]!["Filters"]!.AsArray())!;
        Assert.Equal("""{"eventName":["INSERT"]}""", filter["Pattern"]!.GetValue<string>());
    }

    [Fact]
    public void Where_the_customer_ends_a_burst_the_buffer_waits_no_longer_than_it_must_and_the_clock_cuts_nothing()
    {
        JsonObject mapping = Deployments.Quiet["BufferMapping"].Properties;

        Assert.False(mapping.ContainsKey("TumblingWindowInSeconds"));
        Assert.Equal(1, mapping["MaximumBatchingWindowInSeconds"]!.GetValue<int>());
        Assert.Equal("""{"eventName":["INSERT"]}""", Assert.Single(mapping["FilterCriteria"]!["Filters"]!.AsArray())!["Pattern"]!.GetValue<string>());
    }

    [Fact]
    public void Where_the_customer_ends_a_burst_what_may_not_go_yet_waits_in_the_queue_of_its_wake_up()
    {
        Deployments.Quiet.ShouldHave("MessageAggregatorFunction", """{ "Environment": { "Variables": { "RELEASE_POLICY": "quiet", "WAKE_UP_QUEUE_URL": "${WakeUpsQueue}" } } }""");
        Deployments.Quiet.ShouldHave("WhatsAppEventHandlerFunction", """{ "Environment": { "Variables": { "WAKE_UP_QUEUE_URL": "${WakeUpsQueue}" } } }""");
        Deployments.Default.ShouldHave("MessageAggregatorFunction", """{ "Environment": { "Variables": { "RELEASE_POLICY": "window" } } }""");
    }

    [Theory]
    [MemberData(nameof(Deployments.All), MemberType = typeof(Deployments))]
    public void A_filter_and_a_tumbling_window_never_come_together_and_shards_are_never_split(string deployment)
    {
        // AWS refuses both (recorded on AWS; see docs/how-it-works.md).
        JsonObject mapping = Deployments.Named(deployment)["BufferMapping"].Properties;

        Assert.False(mapping.ContainsKey("TumblingWindowInSeconds") && mapping.ContainsKey("FilterCriteria"));
        Assert.False(mapping.ContainsKey("ParallelizationFactor"));
    }

    [Fact]
    public void The_buffer_is_that_of_the_shared_definition()
    {
        JsonObject mapping = Deployments.Default["BufferMapping"].Properties;

        Assert.Equal(
            (BufferSettings.DefaultSeconds, BufferSettings.BatchSize, BufferSettings.MaximumRetryAttempts, BufferSettings.MaximumRecordAgeInSeconds),
            (Number("MaximumBatchingWindowInSeconds"), Number("BatchSize"), Number("MaximumRetryAttempts"), Number("MaximumRecordAgeInSeconds")));

        int Number(string property) => mapping[property]!.GetValue<int>();
    }
}
