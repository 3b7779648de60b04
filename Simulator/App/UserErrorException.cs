namespace WhatsAppBuffer.Simulator.App;

/// <summary>Something the user can mend; the message says what happened, where, and what to do next.</summary>
internal sealed class UserErrorException(string message, Exception? inner = null) : Exception(message, inner);
