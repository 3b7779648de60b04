namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>A scenario that cannot be played; the message says which member of which file, and what it takes.</summary>
internal sealed class ScenarioException(string message, Exception? inner = null) : Exception(message, inner);
