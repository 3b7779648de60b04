namespace LocalAws.Connect;

/// <summary>What has happened so far; every message in or out is billed by AWS.</summary>
/// <param name="ChatsStarted">Chats started.</param>
/// <param name="ActiveChats">Chats that have not ended.</param>
/// <param name="MessagesIn">Customers' messages, texts and files, each counted once.</param>
/// <param name="MessagesOut">Agents' messages, texts and files.</param>
/// <param name="RepeatsAnswered">Calls that a client token showed to be repeats.</param>
/// <param name="Throttled">Calls refused by a request quota.</param>
/// <param name="StreamingFailures">Items that could not be published to a topic.</param>
public sealed record ConnectStatistics(
    long ChatsStarted, long ActiveChats, long MessagesIn, long MessagesOut, long RepeatsAnswered, long Throttled, long StreamingFailures);
