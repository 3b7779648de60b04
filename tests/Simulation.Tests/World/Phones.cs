using System.Text.Json;
using WhatsAppBuffer.ConnectEventHandler.WhatsApp;
using WhatsAppBuffer.Contracts.WhatsApp;

namespace Simulation.Tests.World;

/// <summary>WhatsApp on the customers' phones.</summary>
internal sealed class Phones(Cloud cloud, Customers customers)
{
    /// <summary>What arrived, in order: to whom, and which text.</summary>
    public List<(string To, string Text)> Received { get; } = [];

    private readonly HashSet<string> _media = [];

    /// <summary>Answers that WhatsApp does not deliver, by Connect's id.</summary>
    public HashSet<string> Undelivered { get; } = [];

    /// <summary>How likely WhatsApp does not deliver an answer; it always does by default.</summary>
    public double Reluctance { get; set; }

    /// <summary>How long WhatsApp needs for a file.</summary>
    public Func<TimeSpan> UploadTime { get; set; } = () => TimeSpan.Zero;

    /// <summary>How long a status is on its way.</summary>
    public Func<TimeSpan> StatusDelay { get; set; } = () => TimeSpan.FromMilliseconds(cloud.Random.Next(200, 3_000));

    /// <summary>A message arrives; End User Messaging publishes a status of it.</summary>
    public void Receive(byte[] message)
    {
        using JsonDocument json = JsonDocument.Parse(message);
        JsonElement root = json.RootElement;
        string to = root.TryGetProperty("to", out JsonElement number) ? number.GetString()!.TrimStart('+') : root.GetProperty("recipient").GetString()!;
        string callbackData = root.GetProperty("biz_opaque_callback_data").GetString()!;
        string messageId = CallbackData.Read(callbackData)!.Value.MessageId;
        bool isDelivered = !Undelivered.Contains(messageId) && (Reluctance == 0 || cloud.Random.NextDouble() >= Reluctance);
        if (isDelivered)
        {
            Received.Add((to, root.TryGetProperty("document", out JsonElement document) ? NameOf(document) : root.GetProperty("text").GetProperty("body").GetString()!));
        }
        else
        {
            Undelivered.Add(messageId);
        }

        cloud.After(StatusDelay(), () => customers.PublishStatus(to, callbackData, isDelivered));
    }

    private string NameOf(JsonElement document)
    {
        string mediaId = document.GetProperty("id").GetString()!;
        return _media.Contains(mediaId) ? document.GetProperty("filename").GetString()! : throw cloud.Break($"WhatsApp has no file {mediaId}.");
    }

    /// <summary>Amazon's client within a sandbox.</summary>
    public IWhatsApp Client(Sandbox sandbox) => new SandboxWhatsApp(this, sandbox);

    private sealed class SandboxWhatsApp(Phones phones, Sandbox sandbox) : IWhatsApp
    {
        public async Task<SendOutcome> SendAsync(string systemNumber, byte[] message, CancellationToken cancellationToken)
        {
            bool done = false;
            try
            {
                await sandbox.CallAsync("SendWhatsAppMessage", Receive, () => new NotSent(), () => new NoAnswer(), cancellationToken);
                return SendOutcome.Sent;
            }
            catch (NotSent)
            {
                return SendOutcome.NotSent;
            }
            catch (NoAnswer)
            {
                return SendOutcome.Unknown;
            }

            // The SDK repeats nothing.
            Task<bool> Receive()
            {
                if (!done)
                {
                    phones.Receive(message);
                }

                return Task.FromResult(done = true);
            }
        }

        public async Task<string?> UploadAsync(string systemNumber, Uri file, string contentType, CancellationToken cancellationToken)
        {
            await sandbox.Cloud.DelayAsync(phones.UploadTime(), cancellationToken);
            try
            {
                return await sandbox.CallAsync("PostWhatsAppMessageMedia", Take, () => new NotSent(), () => new NoAnswer(), cancellationToken);
            }
            catch (Exception failure) when (failure is NotSent or NoAnswer)
            {
                return null;
            }

            Task<string> Take()
            {
                string mediaId = $"media {phones._media.Count + 1}";
                phones._media.Add(mediaId);
                return Task.FromResult(mediaId);
            }
        }
    }

    private sealed class NotSent : Exception;

    private sealed class NoAnswer : Exception;
}
