using System.Diagnostics;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.Page.Hosting;

namespace EndToEnd.Tests;

/// <summary>A simulator with real function processes, shared by the tests of a class: a window of 5 seconds at twice the speed of life.</summary>
public sealed class RunningSimulator : IAsyncLifetime
{
    private SimulatorHost? _host;
    private HttpClient? _http;

    internal Uri Uri => _host!.Uri;

    internal ControlClient Control => new(_http!);

    public async ValueTask InitializeAsync()
    {
        _host = await SimulatorHost.StartAsync(new SimulatorOptions { Port = 0, BufferSeconds = 5, Speed = 2, Page = new BlazorPage() }, TimeProvider.System, CancellationToken.None);
        await _host.WhenReadyAsync(CancellationToken.None);
        _http = new HttpClient { BaseAddress = _host.Uri };
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    /// <summary>The chat of a customer once it is as described; fails after two minutes with what it was instead.</summary>
    internal async Task<ChatView> WhenChatAsync(string customerName, Func<ChatView, bool> holds) =>
        (await WhenAsync(async () => (await Control.GetChatsAsync(CancellationToken.None)).Where(chat => chat.CustomerName == customerName).ToList(), chats => chats.Exists(c => holds(c))))
        .First(holds);

    internal static async Task<T> WhenAsync<T>(Func<Task<T>> look, Predicate<T> holds, TimeSpan? within = null)
    {
        TimeSpan patience = within ?? TimeSpan.FromMinutes(2);
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            T seen = await look();
            if (holds(seen))
            {
                return seen;
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < patience, $"After {patience.TotalSeconds:0} seconds it still was: {System.Text.Json.JsonSerializer.Serialize(seen)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
