using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.DeadLetters;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>
/// Records of the stream that can never be handed over go into the dead-letter queue, with all that is in them, so that they hold up nobody:
/// <c>{"Records": […]}</c>, as the mapping hands them over.
/// </summary>
internal sealed class RefusedRecords(DeadLetterQueue queue, ILogger log)
{
    private const string Begin = "{\"Records\":[";
    private const string End = "]}";

    /// <exception cref="Amazon.SQS.AmazonSQSException">The queue did not take all of them.</exception>
    public async Task SendAsync(IReadOnlyCollection<string> records, string reason, string errorCode, string conversation, CancellationToken cancellationToken)
    {
        var attributes = new Dictionary<string, string>
        {
            [LetterAttributes.Reason] = reason,
            [LetterAttributes.ErrorCode] = errorCode,
            [LetterAttributes.Conversation] = conversation,
        };
        foreach (string body in Bodies(records))
        {
            await queue.SendAsync(body, attributes, cancellationToken);
        }

        log.PutAside(records.Count, errorCode);
        Telemetry.CountPutAside(records.Count, errorCode);
    }

    private static IEnumerable<string> Bodies(IEnumerable<string> records)
    {
        List<string> together = [];
        int bytes = 0;
        foreach (string record in records)
        {
            string content = Encoding.UTF8.GetByteCount(record) > DeadLetterQueue.MaxBodyBytes - Begin.Length - End.Length ? WithoutImage(record) : record;
            int own = Encoding.UTF8.GetByteCount(content) + ",".Length;
            if (together.Count > 0 && bytes + own > DeadLetterQueue.MaxBodyBytes - Begin.Length - End.Length)
            {
                yield return Begin + string.Join(',', together) + End;
                (together, bytes) = ([], 0);
            }

            together.Add(content);
            bytes += own;
        }

        if (together.Count > 0)
        {
            yield return Begin + string.Join(',', together) + End;
        }
    }

    /// <summary>An item of 400 KB whose JSON is larger than a letter: its keys tell where it lies in the raw table.</summary>
    private static string WithoutImage(string record)
    {
        JsonObject json = ForeignJson.Node(record)!.AsObject();
        (json["dynamodb"] as JsonObject)?.Remove("NewImage");
        return json.ToJsonString();
    }
}
