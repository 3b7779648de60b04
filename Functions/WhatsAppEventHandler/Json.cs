using System.Text.Json.Serialization;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler.Release;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>Source-generated: no reflection at run time.</summary>
[JsonSerializable(typeof(AggregatedEvent))]
[JsonSerializable(typeof(Seal))]
internal sealed partial class Json : JsonSerializerContext;
