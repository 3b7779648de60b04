namespace WhatsAppBuffer.WhatsAppEventHandler.Settings;

/// <summary>A setting is missing or unusable; the message names it and says what to do. Nothing has been dropped.</summary>
internal sealed class ConfigurationException(string message, Exception? cause = null) : Exception(message, cause);
