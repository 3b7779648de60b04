using LocalAws.Connect.Attachments;
using LocalAws.Endpoint;

namespace LocalAws.Connect;

/// <summary>One message or event of a chat.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ContactId">The chat.</param>
/// <param name="Time">When it was accepted.</param>
/// <param name="Type"><c>MESSAGE</c>, <c>EVENT</c> or <c>ATTACHMENT</c>.</param>
/// <param name="ContentType">Such as <c>text/plain</c> or <c>application/vnd.amazonaws.connect.event.chat.ended</c>.</param>
/// <param name="Content">The text; null for most events.</param>
/// <param name="Participant">Who sent it; null when it is nobody's, as the end of the chat.</param>
public sealed record TranscriptItem(
    string Id,
    string ContactId,
    DateTimeOffset Time,
    string Type,
    string ContentType,
    string? Content,
    Participant? Participant)
{
    /// <summary>The files of an <c>ATTACHMENT</c>, which has exactly one; else empty.</summary>
    public IReadOnlyList<ChatAttachment> Attachments { get; init; } = [];

    /// <summary>The time as the API answers it: UTC, milliseconds, <c>Z</c>.</summary>
    public string AbsoluteTime => AwsTime.Milliseconds(Time);
}

/// <summary>Someone in a chat.</summary>
/// <param name="Id">The participant's id.</param>
/// <param name="Role"><c>CUSTOMER</c> or <c>AGENT</c>.</param>
/// <param name="DisplayName">The name the others see.</param>
public sealed record Participant(string Id, string Role, string DisplayName);
