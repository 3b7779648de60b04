using System.Collections;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.ServiceDefaults.Logging;

/// <summary>A value on every log line within.</summary>
public sealed class LogScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <summary>The one value that is never masked: it is the platform's own, and may be all digits.</summary>
    internal const string RequestId = "requestId";

    private readonly KeyValuePair<string, object?> _pair;

    private LogScope(string name, object? value) => _pair = new(name, value);

    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => index == 0 ? _pair : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Lines carry the request id of the invocation.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="requestId">Lambda's.</param>
    public static IDisposable? OfRequest(ILogger logger, string requestId) => logger.BeginScope(new LogScope(RequestId, requestId));

    /// <summary>Lines carry the pseudonym of a conversation.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="conversation">The conversation's key.</param>
    public static IDisposable? OfConversation(ILogger logger, string conversation) =>
        logger.BeginScope(new LogScope("conversation", Pseudonym.Of(conversation)));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return _pair;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_pair.Key}:{_pair.Value}";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
