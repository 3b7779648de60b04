using WhatsAppBuffer.Simulator.App.Control;

namespace WhatsAppBuffer.Simulator.Page.Desktop;

/// <summary>A line of a transcript, as an agent sees it.</summary>
/// <param name="Id">Connect's id of it.</param>
/// <param name="At">When Connect took it.</param>
/// <param name="Writer">Who it is of.</param>
/// <param name="Text">What it says; of a file its name.</param>
public sealed record TranscriptItemView(string Id, DateTimeOffset At, Writer Writer, string Text)
{
    /// <summary>Id of the file; null for anything else.</summary>
    public string? FileId { get; init; }

    /// <summary>The file's type, such as <c>image/png</c>.</summary>
    public string FileType { get; init; } = "";

    /// <summary>What keeps the file from being shown; empty when nothing does.</summary>
    public string FileState { get; init; } = "";

    /// <summary>What its writer sees of it: <c>delivered</c>, <c>read</c>, or nothing.</summary>
    public string Receipt { get; init; } = "";

    /// <summary>How many messages of the customer it was made of; less than two for one that is as it was written.</summary>
    public int Joined { get; init; }

    /// <summary>A line of the control API's; null for what agents do not see.</summary>
    internal static TranscriptItemView? Of(ChatItem item, int joined) => item switch
    {
        { File: { } file } => new(item.Id, item.At, WriterOf(item), file.Name)
        {
            FileId = file.Id,
            FileType = file.ContentType,
            FileState = file.Status == "APPROVED" ? "" : file.Status.ToLowerInvariant().Replace('_', ' '),
            Receipt = item.Receipt ?? "",
        },
        { ContentType: "text/plain" or "text/markdown" } => new(item.Id, item.At, WriterOf(item), item.Content) { Receipt = item.Receipt ?? "", Joined = joined },
        _ => EventOf(item) is { } words ? new(item.Id, item.At, Writer.Nobody, words) : null,
    };

    private static Writer WriterOf(ChatItem item) => item.Role switch
    {
        "CUSTOMER" => Writer.Customer,
        "AGENT" => Writer.Agent,
        _ => Writer.Nobody,
    };

    private static string? EventOf(ChatItem item) => item.ContentType.Split('.') switch
    {
        [.., "participant", "joined"] => item.Role == "AGENT" ? "The agent joined" : "The customer joined",
        [.., "participant", "left"] => item.Role == "AGENT" ? "The agent left" : "The customer left",
        [.., "chat", "ended"] => "Chat ended",
        _ => null,
    };
}

/// <summary>Who wrote something in a chat.</summary>
public enum Writer
{
    /// <summary>It happened.</summary>
    Nobody,

    /// <summary>The customer.</summary>
    Customer,

    /// <summary>The agent.</summary>
    Agent,
}
