namespace WhatsAppBuffer.Infra;

/// <summary>The deployment cannot be described; the message tells the user why and what to do.</summary>
internal sealed class DeploymentException(string message) : Exception(message);
