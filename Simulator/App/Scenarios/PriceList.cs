using System.Text.Json;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>Prices in US dollars; read from prices.json beside the scenarios, where each price's source stands.</summary>
internal sealed record PriceList
{
    public required string Region { get; init; }

    public required string AsOf { get; init; }

    public required double ConnectChatMessage { get; init; }

    public required double LambdaRequest { get; init; }

    public required double LambdaGigabyteSecond { get; init; }

    public required double DynamoDbWriteRequestUnit { get; init; }

    public required double DynamoDbReadRequestUnit { get; init; }

    public required IReadOnlyDictionary<string, string> Sources { get; init; }

    public static PriceList Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "scenarios", "prices.json");
        return JsonSerializer.Deserialize(File.ReadAllText(path), ScenarioJsonContext.Default.PriceList)
            ?? throw new ScenarioException($"{path} is empty.");
    }
}
