using OpenTelemetry;
using OpenTelemetry.Logs;

namespace WhatsAppBuffer.ServiceDefaults.Logging;

/// <summary>Masks what is exported, as <see cref="ConsoleLoggerProvider"/> masks what is printed.</summary>
public sealed class MaskingProcessor : BaseProcessor<LogRecord>
{
    /// <inheritdoc/>
    public override void OnEnd(LogRecord data)
    {
        data.FormattedMessage = data.FormattedMessage is { } message ? Masking.Mask(message) : null;
        List<KeyValuePair<string, object?>> attributes = [.. (data.Attributes ?? []).Select(pair => KeyValuePair.Create(pair.Key, Masking.Mask(pair.Value)))];
        if (data.Exception is { } exception)
        {
            // The exporter would write the exception as it is; so its words go out as attributes instead, masked.
            attributes.Add(new("exception.type", exception.GetType().FullName));
            attributes.Add(new("exception.message", Masking.Mask(exception.Message)));
            attributes.Add(new("exception.stacktrace", Masking.Mask(exception.ToString())));
            data.Exception = null;
        }

        data.Attributes = attributes;
    }
}
