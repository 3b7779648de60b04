namespace LocalAws.Connect;

/// <summary>What StartChatContact answers.</summary>
/// <param name="ContactId">The chat.</param>
/// <param name="ParticipantId">The customer's id in it.</param>
/// <param name="ParticipantToken">Opens connections as the customer for as long as the chat lasts.</param>
public sealed record StartedChat(string ContactId, string ParticipantId, string ParticipantToken);
