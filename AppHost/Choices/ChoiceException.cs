namespace WhatsAppBuffer.AppHost.Choices;

/// <summary>A choice that cannot be had here; the message says why and what to install or choose instead.</summary>
internal sealed class ChoiceException(string message) : Exception(message);
