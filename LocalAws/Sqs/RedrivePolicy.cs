using System.Globalization;
using System.Text.Json;

namespace LocalAws.Sqs;

/// <summary>Where messages go that were received too often.</summary>
/// <param name="DeadLetterTargetArn">The dead-letter queue.</param>
/// <param name="MaxReceiveCount">1 to 1,000: the receive after this one finds the message moved.</param>
internal sealed record RedrivePolicy(string DeadLetterTargetArn, int MaxReceiveCount)
{
    private const int LargestCount = 1000;

    /// <exception cref="Endpoint.AwsException"><c>InvalidAttributeValue</c>.</exception>
    public static RedrivePolicy? Parse(string json)
    {
        if (json.Length == 0)
        {
            return null;
        }

        try
        {
            using JsonDocument document = ForeignJson.Document(json);
            string? arn = document.RootElement.GetProperty("deadLetterTargetArn").GetString();
            JsonElement count = document.RootElement.GetProperty("maxReceiveCount");
            int number = count.ValueKind == JsonValueKind.String ? int.Parse(count.GetString()!, CultureInfo.InvariantCulture) : count.GetInt32();
            return arn?.StartsWith("arn:aws:sqs:", StringComparison.Ordinal) == true && number is >= 1 and <= LargestCount
                ? new RedrivePolicy(arn, number)
                : throw SqsError.InvalidAttributeValue("RedrivePolicy");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw SqsError.InvalidAttributeValue("RedrivePolicy");
        }
    }

    public string ToJson() => $$"""{"deadLetterTargetArn":"{{DeadLetterTargetArn}}","maxReceiveCount":{{MaxReceiveCount}}}""";
}
