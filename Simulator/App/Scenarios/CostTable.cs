using WhatsAppBuffer.Simulator.App.Control;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>One line of the cost table, in US dollars.</summary>
internal sealed record CostRow(string Component, double Without, double With);

/// <summary>
/// The guide's cost table, from what a run counted: without buffering, every WhatsApp message would be a chat message. As in the guide, what
/// WhatsApp itself costs is left out: each message comes in once, buffered or not.
/// </summary>
internal static class CostTable
{
    public static IReadOnlyList<CostRow> Of(StatisticsView counted, PriceList prices)
    {
        double dynamoDb = (counted.WriteRequestUnits * prices.DynamoDbWriteRequestUnit) + (counted.ReadRequestUnits * prices.DynamoDbReadRequestUnit);
        double lambda = counted.Functions.Values.Sum(f => (f.Invocations * prices.LambdaRequest) + (f.GigabyteSeconds * prices.LambdaGigabyteSecond));
        return
        [
            new("DynamoDB (reading the stream is free for Lambda)", 0, dynamoDb),
            new("Lambda, all functions", 0, lambda),
            new("Connect chat, customer's messages", counted.WhatsAppMessagesIn * prices.ConnectChatMessage, counted.ConnectMessagesIn * prices.ConnectChatMessage),
        ];
    }
}
