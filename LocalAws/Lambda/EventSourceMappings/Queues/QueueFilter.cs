using System.Text.Json;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings.Filters;

namespace LocalAws.Lambda.EventSourceMappings.Queues;

/// <summary>
/// One filter of a queue's mapping. A pattern for the body looks into JSON or at plain text; a body of the other format never passes it. Source:
/// Lambda developer guide, "Using event filtering with an Amazon SQS event source".
/// </summary>
internal sealed class QueueFilter
{
    /// <summary>A body nests as deep as the parser goes, and stands one level deeper in the record.</summary>
    private const int OneDeeper = ForeignJson.MaxDepth + 1;

    private readonly FilterPattern _pattern;
    private readonly BodyFormat _wanted;

    private QueueFilter(FilterPattern pattern, BodyFormat wanted) => (_pattern, _wanted) = (pattern, wanted);

    /// <exception cref="AwsException"><c>InvalidParameterValueException</c>.</exception>
    public static QueueFilter Parse(string pattern)
    {
        FilterPattern parsed = FilterPattern.Parse(pattern);
        using JsonDocument json = ForeignJson.Document(pattern);
        BodyFormat wanted = !json.RootElement.TryGetProperty("body", out JsonElement body) ? BodyFormat.Any
            : body.ValueKind == JsonValueKind.Object ? BodyFormat.Json
            : BodyFormat.Text;
        return new QueueFilter(parsed, wanted);
    }

    public bool Passes(QueueRecord record)
    {
        string body = record.Received.Message.Body;
        BodyFormat format = IsJson(body) ? BodyFormat.Json : BodyFormat.Text;
        if (_wanted != BodyFormat.Any && _wanted != format)
        {
            return false;
        }

        using JsonDocument seen = ForeignJson.Document(format == BodyFormat.Json ? WithBody(record, body) : record.Json, OneDeeper);
        return _pattern.Matches(seen.RootElement);
    }

    /// <summary>Whether it is a JSON object: only into one can a pattern look.</summary>
    private static bool IsJson(string body)
    {
        try
        {
            using JsonDocument json = ForeignJson.Document(body);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadOnlyMemory<byte> WithBody(QueueRecord record, string body) => JsonText.Bytes(writer =>
    {
        using JsonDocument json = ForeignJson.Document(record.Json);
        writer.WriteStartObject();
        foreach (JsonProperty member in json.RootElement.EnumerateObject().Where(member => member.Name != "body"))
        {
            member.WriteTo(writer);
        }

        writer.WritePropertyName("body");
        writer.WriteRawValue(body, skipInputValidation: true);
        writer.WriteEndObject();
    });

    private enum BodyFormat
    {
        Any,
        Text,
        Json,
    }
}
