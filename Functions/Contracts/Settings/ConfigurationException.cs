namespace WhatsAppBuffer.Contracts.Settings;

/// <summary>A setting is missing or unusable; the message names it and says what to do. Nothing has been dropped.</summary>
/// <param name="message">One sentence: where, what, and what to write instead.</param>
/// <param name="cause">What was wrong underneath, or null.</param>
public sealed class ConfigurationException(string message, Exception? cause = null) : Exception(message, cause);
