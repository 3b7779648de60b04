using System.Diagnostics.Metrics;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.ConnectEventHandler;

/// <summary>Metrics of this function.</summary>
internal static class Telemetry
{
    private static readonly Meter Meter = new(Conventions.SourcePrefix + "ConnectEventHandler");

    private static readonly Counter<long> Sent = Meter.CreateCounter<long>("whatsapp.replies.sent", "{message}", "WhatsApp messages sent for agents, bots and the system.");
    private static readonly Counter<long> Repeated = Meter.CreateCounter<long>("whatsapp.replies.repeated", "{message}", "WhatsApp messages sent again because nobody told what became of them.");
    private static readonly Counter<long> DeadLettered = Meter.CreateCounter<long>("whatsapp.replies.dead_lettered", "{message}", "Answers put aside because they can never be sent.");

    private static readonly Counter<long> Told = Meter.CreateCounter<long>("whatsapp.replies.told", "{message}", "Answers that are not delivered, and whose agent was told so.");
    private static readonly Counter<long> Untold = Meter.CreateCounter<long>("whatsapp.replies.untold", "{message}", "Answers that are not delivered, and of which no agent could be told.");

    private static readonly Counter<long> Outside = Meter.CreateCounter<long>("whatsapp.replies.outside_window", "{message}", "Answers that were not sent because the customer last wrote more than 24 hours before.");

    private static readonly Counter<long> NoReceipts = Meter.CreateCounter<long>("whatsapp.replies.receipts_lost", "{receipt}", "Receipts that Amazon Connect did not take; each is tried once.");

    private static readonly Counter<long> FilesNotSent = Meter.CreateCounter<long>("whatsapp.replies.files_not_sent", "{file}", "Files of agents that WhatsApp does not take, or that could not be read.");

    private static readonly Counter<long> Late = Meter.CreateCounter<long>("whatsapp.replies.late", "{message}", "Answers sent after one that was written later: they came too late for their place.");

    public static void CountLate() => Late.Add(1);

    public static void CountFileNotSent(string reason) => FilesNotSent.Add(1, new KeyValuePair<string, object?>(Conventions.ErrorType, reason));

    public static void CountNoReceipt(string reason) => NoReceipts.Add(1, new KeyValuePair<string, object?>(Conventions.ErrorType, reason));

    public static void CountOutsideTheWindow() => Outside.Add(1);

    public static void CountTold(string cause) => Told.Add(1, new KeyValuePair<string, object?>("whatsapp.cause", cause));

    public static void CountUntold(string reason) => Untold.Add(1, new KeyValuePair<string, object?>(Conventions.ErrorType, reason));

    public static void CountSent(int parts) => Sent.Add(parts);

    public static void CountRepeated() => Repeated.Add(1);

    public static void CountDeadLettered(string errorCode) => DeadLettered.Add(1, new KeyValuePair<string, object?>(Conventions.ErrorType, errorCode));
}
