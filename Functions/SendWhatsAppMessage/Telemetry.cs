using System.Diagnostics.Metrics;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.SendWhatsAppMessage;

/// <summary>Metrics of this function.</summary>
internal static class Telemetry
{
    private static readonly Meter Meter = new(Conventions.SourcePrefix + "SendWhatsAppMessage");

    private static readonly Counter<long> Templates = Meter.CreateCounter<long>("whatsapp.templates", "{template}", "Templates that flows asked for, by what became of them.");

    public static void Count(string status) => Templates.Add(1, new KeyValuePair<string, object?>("status", status));
}
