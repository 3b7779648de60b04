using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Customers;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>One message of a scenario: when it is published, and what.</summary>
/// <param name="At">Seconds since the scenario's start at which it is published.</param>
/// <param name="WrittenAt">Seconds since the start at which the customer wrote it; before <paramref name="At"/> when it arrives late.</param>
/// <param name="Request">The message, but for its timestamp.</param>
/// <param name="ExpectedText">What of it the agent must see; null when only its delivery is judged.</param>
internal sealed record ScriptLine(double At, double WrittenAt, SendMessageRequest Request, string? ExpectedText)
{
    /// <summary>Whether that is all that the agent may see, but for the customer's name in a group.</summary>
    public bool IsPlain { get; init; } = true;

    /// <summary>WhatsApp's timestamp, where the scenario gives one; null = the moment of writing.</summary>
    public long? Timestamp { get; init; }
}

/// <summary>A scenario written out: every message at its moment. The same scenario gives the same script.</summary>
internal static class ScenarioScript
{
    private static readonly Customer Nobody = new("", null, null);

    public static IReadOnlyList<ScriptLine> Write(Scenario scenario) =>
        [.. scenario.Messages.Select(Line).Concat(scenario.Bursts.SelectMany(Lines)).OrderBy(line => line.At)];

    /// <summary>Why a message cannot be sent; null when it can.</summary>
    public static string? Problem(ScriptedMessage message) => Problem(() => Line(message));

    /// <summary>Why nobody can write so; null when somebody can.</summary>
    public static string? Problem(ExpectedTranscript transcript) => Problem(() => BusinessNumber.Of(transcript.Number));

    private static string? Problem(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (ArgumentException problem)
        {
            return problem.Message.TrimEnd('.');
        }
    }

    private static ScriptLine Line(ScriptedMessage message)
    {
        string? text = message.Text is null ? null : string.Concat(Enumerable.Repeat(message.Text, message.Repeat));
        var request = new SendMessageRequest
        {
            Customer = message.Customer,
            Phone = message.Phone,
            UserId = message.UserId,
            Number = BusinessNumber.Of(message.Number).DisplayPhoneNumber,
            Type = message.Type,
            Text = text,
            Content = message.Content,
            Context = message.Context,
            Message = message.Message,
            Contact = message.Contact,
            Id = message.Id ?? MessageId.New(message.Customer),
            Copies = message.Copies,
        };
        WebhookMessage shape = WebhookMessage.Of(request, Nobody, request.Id, DateTimeOffset.UnixEpoch);
        return new ScriptLine(message.At, message.At - message.WrittenBefore, request, shape.Body) { IsPlain = shape.IsPlain && (shape.Message["group_id"] is null || message.Contact is { Count: 0 }), Timestamp = message.Message?["timestamp"] is null ? null : shape.Timestamp };
    }

    private static IEnumerable<ScriptLine> Lines(BurstSpec burst, int burstNumber)
    {
        var random = new Random(burst.Seed);
        for (int customer = 1; customer <= burst.Customers; customer++)
        {
            string name = $"Customer {burstNumber + 1}-{customer}";
            var lines = new List<ScriptLine>();
            double at = burst.At + (random.NextDouble() * burst.Spread);
            for (int message = 1; message <= burst.MessagesPerCustomer; message++)
            {
                string type = Pick(burst.Types, random);
                string text = $"message {message} of {burst.MessagesPerCustomer} from {name}";
                var request = new SendMessageRequest
                {
                    Customer = name,
                    Type = type,
                    Text = text,
                    Id = MessageId.New(name),
                    Copies = random.NextDouble() < burst.Duplicates ? 2 : 1,
                };
                lines.Add(new ScriptLine(at, at, request, type is "sticker" or "reaction" or "audio" ? null : text) { IsPlain = type == "text" });
                at += burst.MinimumGap + (random.NextDouble() * (burst.MaximumGap - burst.MinimumGap));
            }

            foreach (ScriptLine line in Disorder(lines, burst.Disorder, random))
            {
                yield return line;
            }
        }
    }

    /// <summary>Some messages swap their moment of arrival with the next one; when they were written stays as it was.</summary>
    private static List<ScriptLine> Disorder(List<ScriptLine> lines, double share, Random random)
    {
        for (int i = 0; i + 1 < lines.Count; i++)
        {
            // Within one second WhatsApp's timestamps cannot tell the order, so nothing could put it right again.
            if (random.NextDouble() < share && Math.Floor(lines[i].WrittenAt) < Math.Floor(lines[i + 1].WrittenAt))
            {
                (lines[i], lines[i + 1]) = (lines[i] with { At = lines[i + 1].At }, lines[i + 1] with { At = lines[i].At });
                i++;
            }
        }

        return lines;
    }

    private static string Pick(IReadOnlyDictionary<string, double> weights, Random random)
    {
        double at = random.NextDouble() * weights.Values.Sum();
        foreach ((string type, double weight) in weights)
        {
            at -= weight;
            if (at < 0)
            {
                return type;
            }
        }

        return "text";
    }
}
