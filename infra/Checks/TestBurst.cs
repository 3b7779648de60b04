using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Checks;

/// <summary>One burst through everything, marked as a test: published as End User Messaging would, read in the chat, and the chat ended.</summary>
/// <param name="aws">The account.</param>
/// <param name="settings">The deployment.</param>
/// <param name="time">The clock.</param>
internal sealed class TestBurst(IAws aws, DeploymentSettings settings, TimeProvider time)
{
    /// <summary>What no WhatsApp number has: without a number's ARN nothing is sent to a phone, no read mark and no reaction.</summary>
    private const string PhoneNumberId = "wab-check";

    private const int Messages = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostPatience = TimeSpan.FromMinutes(3);

    /// <summary>What it causes, for whoever is asked.</summary>
    public static string Causes(string from) =>
        $"This publishes {Messages} messages in the name of {from} to the deployment's topic. They open a chat in Amazon Connect, which an agent may see and which is billed, with one message in it that is marked as a test; "
        + "then the chat is ended. Nothing is sent to a phone. Rows stay in the tables until they expire.";

    /// <param name="from">A phone number, digits only: the operator's own.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What the agent read, and how long it took.</returns>
    public async Task<Finding> RunAsync(string from, CancellationToken cancellationToken)
    {
        const string what = "Test burst";
        DateTimeOffset began = time.GetUtcNow();
        string run = began.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string topic = (await aws.AskAsync(cancellationToken, "sns", "list-topics")).GetProperty("Topics").EnumerateArray()
            .Select(each => each.GetProperty("TopicArn").GetString()!).First(arn => arn.EndsWith($":{settings.NameOf(Topics.WhatsAppIn)}", StringComparison.Ordinal));
        string[] texts = [.. Enumerable.Range(1, Messages).Select(number => $"[Test {run} of WhatsAppBuffer, {number} of {Messages}]")];
        // All at once: they are one burst whatever ends it.
        var entries = new JsonArray([.. texts.Index().Select(text => new JsonObject { ["Id"] = $"{text.Index}", ["Message"] = Envelope(from, $"wamid.check-{run}-{text.Index}", text.Item, began) })]);
        await aws.AskAsync(cancellationToken, "sns", "publish-batch", "--topic-arn", topic, "--publish-batch-request-entries", entries.ToJsonString());

        long start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < MostPatience)
        {
            await Task.Delay(Pause, time, cancellationToken);
            if (await ConnectionTokenAsync(from, cancellationToken) is not { } token)
            {
                continue;
            }

            JsonElement transcript = (await aws.AskAsync(cancellationToken, "connectparticipant", "get-transcript", "--connection-token", token, "--max-results", "100", "--sort-order", "ASCENDING")).GetProperty("Transcript");
            string[] read = [.. transcript.EnumerateArray().Select(item => item.TryGetProperty("Content", out JsonElement content) ? content.GetString() ?? "" : "").Where(content => content.Contains($"[Test {run} ", StringComparison.Ordinal))];
            if (texts.All(text => read.Any(message => message.Contains(text, StringComparison.Ordinal))))
            {
                TimeSpan took = time.GetUtcNow() - began;
                await aws.AskAsync(cancellationToken, "connectparticipant", "disconnect-participant", "--connection-token", token);
                return new Finding(what, Health.Good, string.Create(CultureInfo.InvariantCulture, $"{Messages} messages reached the chat as {read.Length}, {took.TotalSeconds:0} s after they were sent; the chat is ended"));
            }
        }

        return new Finding(what, Health.Missing, $"after {MostPatience.TotalMinutes:0} minutes the agent's chat had not all of it", "the logs, in the way's order: on_raw_messages, message_aggregator, whatsapp_event_handler; dead letters: ./wab.cs redrive --dry-run");
    }

    /// <summary>Of the chat that the event handler holds for the conversation; null while there is none.</summary>
    private async Task<string?> ConnectionTokenAsync(string from, CancellationToken cancellationToken)
    {
        string key = new JsonObject
        {
            [Tables.ActiveConnections.PartitionKey] = new JsonObject { ["S"] = $"{PhoneNumberId}#{from}" },
            [Tables.ActiveConnections.SortKey!] = new JsonObject { ["S"] = "chat" },
        }.ToJsonString();
        JsonElement found = await aws.AskAsync(cancellationToken, "dynamodb", "get-item", "--table-name", settings.NameOf(Tables.ActiveConnections.Name), "--key", key, "--consistent-read");
        return found.TryGetProperty("Item", out JsonElement item) && item.TryGetProperty("connectionToken", out JsonElement token) ? token.GetProperty("S").GetString() : null;
    }

    private static string Envelope(string from, string id, string text, DateTimeOffset at)
    {
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["display_phone_number"] = "test", ["phone_number_id"] = PhoneNumberId },
            ["contacts"] = new JsonArray(new JsonObject { ["profile"] = new JsonObject { ["name"] = "[Test]" }, ["wa_id"] = from }),
            ["messages"] = new JsonArray(new JsonObject
            {
                ["from"] = from,
                ["id"] = id,
                ["timestamp"] = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                ["type"] = "text",
                ["text"] = new JsonObject { ["body"] = text },
            }),
        };
        var entry = new JsonObject { ["id"] = "test", ["changes"] = new JsonArray(new JsonObject { ["value"] = value, ["field"] = "messages" }) };
        return new JsonObject
        {
            ["context"] = new JsonObject(),
            ["whatsAppWebhookEntry"] = entry.ToJsonString(),
            ["message_timestamp"] = at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        }.ToJsonString();
    }
}
