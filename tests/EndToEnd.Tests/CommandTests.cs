using System.Net.Http.Json;
using System.Text.Json;
using WhatsAppBuffer.Simulator.App.Control;

namespace EndToEnd.Tests;

/// <summary>What a dashboard's commands ask of the control API.</summary>
public class CommandTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    [Fact]
    public async Task The_guides_burst_is_sent_in_one_call_and_its_chat_ended_in_another()
    {
        using var http = new HttpClient { BaseAddress = simulator.Uri };

        using JsonDocument sent = await PostAsync(http, "burst?customer=Bursty");
        await simulator.WhenChatAsync("Bursty", chat => chat.Transcript.Any(item => item.Content.EndsWith("P12345", StringComparison.Ordinal)));
        using JsonDocument ended = await PostAsync(http, "chats/end?customer=Bursty");

        Assert.Equal(4, sent.RootElement.GetArrayLength());
        Assert.Equal(1, ended.RootElement.GetProperty("ended").GetInt32());
        ChatView chat = await simulator.WhenChatAsync("Bursty", chat => chat.EndedAt is not null);
        Assert.Equal("ended", chat.State);
        await RunningSimulator.WhenAsync(() => simulator.Control.GetStatusAsync(CancellationToken.None), status => status.Idle);
    }

    [Fact]
    public async Task A_scenario_is_played_and_judged_in_one_call_and_an_unknown_one_refused_with_those_there_are()
    {
        using var http = new HttpClient { BaseAddress = simulator.Uri };

        using JsonDocument outcome = await PostAsync(http, "scenarios/duplicates");
        using HttpResponseMessage refusal = await http.PostAsync(new Uri("_wab/scenarios/..%2Fsecret", UriKind.Relative), null);

        JsonElement chats = outcome.RootElement.GetProperty("verdicts").EnumerateArray().First(verdict => verdict.GetProperty("what").GetString()!.StartsWith("20 chats", StringComparison.Ordinal));
        Assert.True(chats.GetProperty("holds").GetBoolean(), outcome.RootElement.ToString());
        Assert.Equal(400, (int)refusal.StatusCode);
        Assert.Contains("rapid-burst", await refusal.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<JsonDocument> PostAsync(HttpClient http, string path)
    {
        using HttpResponseMessage response = await http.PostAsync(new Uri($"_wab/{path}", UriKind.Relative), null);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonDocument>())!;
    }
}
