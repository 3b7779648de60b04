using System.Text;
using System.Text.Json.Nodes;
using WhatsAppBuffer.WhatsAppEventHandler;

namespace WhatsAppEventHandler.Tests;

public class WaitMetricTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 30, TimeSpan.Zero);

    [Fact]
    public void A_line_of_the_log_is_a_metric_to_CloudWatch()
    {
        string line = Encoding.UTF8.GetString(WaitMetric.Line("test_whatsapp_event_handler", Now.AddSeconds(-21.5), Now).Span);

        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(line), JsonNode.Parse("""
            {
              "_aws": {
                "Timestamp": 1796040030000,
                "CloudWatchMetrics": [
                  { "Namespace": "WhatsAppBuffer", "Dimensions": [["FunctionName"]], "Metrics": [{ "Name": "ReceiptToAgent", "Unit": "Seconds" }] }
                ]
              },
              "FunctionName": "test_whatsapp_event_handler",
              "ReceiptToAgent": 21.5
            }
            """)), line);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-8 * 86_400)]
    public void A_time_that_cannot_be_right_is_no_metric(int seconds) => Assert.True(WaitMetric.Line("f", Now.AddSeconds(seconds), Now).IsEmpty);
}
