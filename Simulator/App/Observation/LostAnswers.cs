using System.Collections.Concurrent;
using System.Text.Json;
using LocalAws.Endpoint;

namespace WhatsAppBuffer.Simulator.App.Observation;

/// <summary>Messages to customers whose sender was told nothing, because a fault lost the answer: only they may be sent again, and be on a phone twice.</summary>
internal sealed class LostAnswers
{
    private readonly ConcurrentDictionary<string, byte> _callbackData = new(StringComparer.Ordinal);

    /// <param name="callbackData"><c>biz_opaque_callback_data</c>; null when there is none.</param>
    public bool Contains(string? callbackData) => callbackData is not null && _callbackData.ContainsKey(callbackData);

    public void Clear() => _callbackData.Clear();

    public void OnCall(AwsCall call)
    {
        if (call is { Service: "socialmessaging", Operation: "SendWhatsAppMessage", IsAnswerLost: true } && CallbackDataOf(call.Request.Body) is { } callbackData)
        {
            _callbackData.TryAdd(callbackData, 0);
        }
    }

    private static string? CallbackDataOf(ReadOnlyMemory<byte> request)
    {
        using JsonDocument json = ForeignJson.Document(request);
        using JsonDocument message = ForeignJson.Document(json.RootElement.GetProperty("message").GetBytesFromBase64());
        return message.RootElement.TryGetProperty("biz_opaque_callback_data", out JsonElement data) ? data.GetString() : null;
    }
}
