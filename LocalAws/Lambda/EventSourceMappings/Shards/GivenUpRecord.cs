using System.Globalization;
using System.Text.Json;
using LocalAws.Delivery;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;

namespace LocalAws.Lambda.EventSourceMappings.Shards;

/// <summary>What an on-failure destination is told about a batch given up: where its records are; only a bucket gets the records themselves, as the event they came in.</summary>
internal static class GivenUpRecord
{
    public static DeliveryMessage Write(GivenUp givenUp, MappingContext mapping, string shardId, DateTimeOffset now) =>
        mapping.Settings.OnFailure is { } destination && DestinationArn.IsOneOf(destination, "s3")
            ? new DeliveryMessage(Json(givenUp, mapping, shardId, now, withPayload: true)) { ObjectKey = ObjectKey(mapping.Id, shardId, now) }
            : new DeliveryMessage(Json(givenUp, mapping, shardId, now, withPayload: false));

    /// <summary>Seen on AWS: <c>aws/lambda/mapping/shard/2026/11/29/2026-11-29T10.00.00-uuid</c>.</summary>
    private static string ObjectKey(string mappingId, string shardId, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"aws/lambda/{mappingId}/{shardId}/{now.UtcDateTime:yyyy'/'MM'/'dd'/'yyyy-MM-dd'T'HH'.'mm'.'ss}-{Guid.NewGuid()}");

    private static string Json(GivenUp givenUp, MappingContext mapping, string shardId, DateTimeOffset now, bool withPayload) =>
        JsonText.Of(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("requestContext");
            writer.WriteString("requestId", givenUp.RequestId ?? Guid.NewGuid().ToString());
            writer.WriteString("functionArn", mapping.FunctionArn);
            writer.WriteString("condition", givenUp.Condition);
            writer.WriteNumber("approximateInvokeCount", givenUp.Attempts);
            writer.WriteEndObject();
            if (givenUp.RequestId is not null)
            {
                WriteResponse(writer, givenUp.FunctionError);
            }

            writer.WriteString("version", "1.0");
            writer.WriteString("timestamp", AwsTime.Milliseconds(now));
            WriteBatch(writer, givenUp.Call.Records, shardId, mapping.Settings.EventSourceArn);
            if (givenUp.Call.Kind != BatchKind.Records)
            {
                WriteWindow(writer, givenUp.Call);
            }

            if (withPayload)
            {
                writer.WriteString("payload", StreamEvent.Write(givenUp.Call, shardId, mapping.Settings.EventSourceArn).Span);
            }

            writer.WriteEndObject();
        });

    private static void WriteResponse(Utf8JsonWriter writer, string? functionError)
    {
        writer.WriteStartObject("responseContext");
        writer.WriteNumber("statusCode", 200);
        writer.WriteString("executedVersion", FunctionDefinition.Version);
        writer.WriteString("functionError", functionError);
        writer.WriteEndObject();
    }

    private static void WriteBatch(Utf8JsonWriter writer, IReadOnlyList<StreamEntry> records, string shardId, string streamArn)
    {
        writer.WriteStartObject("DDBStreamBatchInfo");
        writer.WriteString("shardId", shardId);
        if (records.Count > 0)
        {
            writer.WriteString("startSequenceNumber", records[0].SequenceNumber);
            writer.WriteString("endSequenceNumber", records[^1].SequenceNumber);
            writer.WriteString("approximateArrivalOfFirstRecord", AwsTime.Seconds(records[0].CreatedAt));
            writer.WriteString("approximateArrivalOfLastRecord", AwsTime.Seconds(records[^1].CreatedAt));
            writer.WriteNumber("batchSize", records.Count);
        }

        writer.WriteString("streamArn", streamArn);
        writer.WriteEndObject();
    }

    private static void WriteWindow(Utf8JsonWriter writer, ShardCall call)
    {
        writer.WriteStartObject("timeWindowInfo");
        writer.WriteStartObject("window");
        writer.WriteString("start", AwsTime.Seconds(call.Window!.Start));
        writer.WriteString("end", AwsTime.Seconds(call.Window.End));
        writer.WriteEndObject();
        writer.WriteBoolean("isFinalInvokeForWindow", true);
        writer.WriteBoolean("isWindowTerminatedEarly", call.Kind == BatchKind.WindowTerminatedEarly);
        writer.WriteEndObject();
    }
}
