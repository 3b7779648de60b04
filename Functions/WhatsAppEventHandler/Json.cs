using System.Text.Json.Serialization;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>Source-generated: no reflection at run time.</summary>
[JsonSerializable(typeof(AggregatedEvent))]
internal sealed partial class Json : JsonSerializerContext;
