using System.Text;
using WhatsAppBuffer.Simulator.App.Control;

namespace EndToEnd.Tests;

/// <summary>Files on their whole way, with real function processes.</summary>
public sealed class FileTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    /// <summary>A canonical WAV file's.</summary>
    private const int HeaderBytes = 44;
    private const int BytesPerSecond = 2 * 16_000;

    [Fact]
    public async Task A_voice_note_arrives_as_a_recording_that_every_browser_plays()
    {
        await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Vera", Type = "audio", Text = "" }, TestContext.Current.CancellationToken);

        ChatFile file = await WhenFileAsync("Vera", "CUSTOMER");

        byte[] wave = await ReadAsync(file);
        Assert.Equal("audio/wav", file.ContentType);
        Assert.Equal(("RIFF", "WAVE"), (Encoding.ASCII.GetString(wave, 0, 4), Encoding.ASCII.GetString(wave, 8, 4)));
        Assert.Equal(HeaderBytes + (2 * BytesPerSecond), wave.Length);
        Assert.Contains(wave.AsSpan(HeaderBytes).ToArray(), sample => sample != 0);
    }

    [Fact]
    public async Task What_an_agent_attaches_is_on_the_customers_phone()
    {
        await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Bill", Text = "The bill, please" }, TestContext.Current.CancellationToken);
        ChatView chat = await simulator.WhenChatAsync("Bill", chat => chat.Transcript.Any(item => item.Role == "CUSTOMER"));

        await simulator.Control.SendAsAgentAsync(chat.ContactId, new AgentMessageRequest { Attach = "document" }, TestContext.Current.CancellationToken);

        await RunningSimulator.WhenAsync(
            () => simulator.Control.GetPhonesAsync(TestContext.Current.CancellationToken),
            phones => phones.Any(item => item is { Kind: "document", Text: "📎 document.pdf" }));
    }

    private async Task<ChatFile> WhenFileAsync(string customer, string role) =>
        (await simulator.WhenChatAsync(customer, chat => chat.Transcript.Any(item => item.Role == role && item.File is not null))).Transcript.First(item => item.File is not null).File!;

    private async Task<byte[]> ReadAsync(ChatFile file)
    {
        using var http = new HttpClient();
        return await http.GetByteArrayAsync(new Uri(simulator.Uri, $"/_wab/attachments/{file.Id}"), TestContext.Current.CancellationToken);
    }
}
