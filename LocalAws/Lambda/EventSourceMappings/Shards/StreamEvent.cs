using System.Buffers;
using System.Text;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;

namespace LocalAws.Lambda.EventSourceMappings.Shards;

/// <summary>Writes the event of a call. The records come ready made from the stream and are only put side by side.</summary>
internal static class StreamEvent
{
    private const int EnvelopeBytes = 512;

    public static ReadOnlyMemory<byte> Write(ShardCall call, string shardId, string eventSourceArn)
    {
        var json = new ArrayBufferWriter<byte>(EnvelopeBytes + call.State.Length + call.Records.Sum(r => r.Json.Length + 1));
        json.Write("{\"Records\":["u8);
        for (int i = 0; i < call.Records.Count; i++)
        {
            StreamEntry record = call.Records[i];
            json.Write(i == 0 ? default : ","u8);
            json.Write(record.Json.Span);
        }

        json.Write("]"u8);
        if (call.Window is { } window)
        {
            WriteWindow(json, call, window, shardId, eventSourceArn);
        }

        json.Write("}"u8);
        return json.WrittenMemory;
    }

    // Shard ids and ARNs hold no character that JSON would escape.
    private static void WriteWindow(ArrayBufferWriter<byte> json, ShardCall call, TimeWindow window, string shardId, string eventSourceArn)
    {
        Write(json, $$""","window":{"start":"{{AwsTime.Seconds(window.Start)}}","end":"{{AwsTime.Seconds(window.End)}}"},"state":""");
        json.Write(call.State.Span);
        string final = Bool(call.Kind != BatchKind.Records);
        string early = Bool(call.Kind == BatchKind.WindowTerminatedEarly);
        Write(
            json,
            $$""","shardId":"{{shardId}}","eventSourceARN":"{{eventSourceArn}}","isFinalInvokeForWindow":{{final}},"isWindowTerminatedEarly":{{early}}""");
    }

    private static string Bool(bool value) => value ? "true" : "false";

    private static void Write(ArrayBufferWriter<byte> json, string text) => Encoding.UTF8.GetBytes(text, json);
}
