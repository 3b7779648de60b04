using System.Text.Json.Serialization;
using Amazon.Lambda.SNSEvents;

namespace WhatsAppBuffer.OnRawMessages;

[JsonSerializable(typeof(SNSEvent))]
internal sealed partial class Json : JsonSerializerContext;
