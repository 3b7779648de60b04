using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LocalAws.Faults;
using WhatsAppBuffer.Simulator.App.Agents;

namespace WhatsAppBuffer.Simulator.App.Control;

/// <summary>The control API of a running simulator, as scenarios and commands use it.</summary>
/// <param name="http">A client whose base address is the simulator's endpoint.</param>
internal sealed class ControlClient(HttpClient http)
{
    private static ControlJsonContext Json => ControlJsonContext.Default;

    public Task<StatusView> GetStatusAsync(CancellationToken cancellationToken) => GetAsync("status", Json.StatusView, cancellationToken);

    public Task<StatisticsView> GetStatisticsAsync(CancellationToken cancellationToken) => GetAsync("statistics", Json.StatisticsView, cancellationToken);

    public Task<IReadOnlyList<ChatView>> GetChatsAsync(CancellationToken cancellationToken) => GetAsync("chats", Json.IReadOnlyListChatView, cancellationToken);

    public Task<IReadOnlyList<MessageTimes>> GetTimesAsync(CancellationToken cancellationToken) => GetAsync("messages", Json.IReadOnlyListMessageTimes, cancellationToken);

    public Task<IReadOnlyList<DeadLetterView>> GetDeadLettersAsync(CancellationToken cancellationToken) =>
        GetAsync("dead-letters", Json.IReadOnlyListDeadLetterView, cancellationToken);

    public async Task<CustomerMessage> SendAsync(SendMessageRequest request, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync(Path("messages"), request, Json.SendMessageRequest, cancellationToken);
        return await ReadAsync(response, Json.CustomerMessage, cancellationToken);
    }

    public async Task EndChatAsync(string contactId, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsync(Path($"chats/{contactId}/end"), null, cancellationToken);
        await ThrowOnErrorAsync(response, cancellationToken);
    }

    public async Task SendAsAgentAsync(string contactId, AgentMessageRequest request, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync(Path($"chats/{contactId}/messages"), request, Json.AgentMessageRequest, cancellationToken);
        await ThrowOnErrorAsync(response, cancellationToken);
    }

    public Task<IReadOnlyList<NoticeView>> GetNoticesAsync(CancellationToken cancellationToken) => GetAsync("notices", Json.IReadOnlyListNoticeView, cancellationToken);

    public async Task<FunctionAnswer> RunFlowAsync(FlowRequest request, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync(Path("flows"), request, Json.FlowRequest, cancellationToken);
        return await ReadAsync(response, Json.FunctionAnswer, cancellationToken);
    }

    public Task<IReadOnlyList<PhoneItem>> GetPhonesAsync(CancellationToken cancellationToken) => GetAsync("phones", Json.IReadOnlyListPhoneItem, cancellationToken);

    public async Task TypeAsAgentAsync(string contactId, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsync(Path($"chats/{contactId}/typing"), null, cancellationToken);
        await ThrowOnErrorAsync(response, cancellationToken);
    }

    public Task<IReadOnlyList<PhoneMessage>> GetPhoneAsync(string customer, CancellationToken cancellationToken) =>
        GetAsync($"phones/{Uri.EscapeDataString(customer)}", Json.IReadOnlyListPhoneMessage, cancellationToken);

    public async Task<RedriveView> RedriveAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsync(Path("dead-letters/redrive"), null, cancellationToken);
        return await ReadAsync(response, Json.RedriveView, cancellationToken);
    }

    public async Task SetAnswersAsync(AnswerPlan plan, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PutAsJsonAsync(Path("agents/answers"), plan, Json.AnswerPlan, cancellationToken);
        await ThrowOnErrorAsync(response, cancellationToken);
    }

    public Task<FaultsView> GetFaultsAsync(CancellationToken cancellationToken) => GetAsync("faults", Json.FaultsView, cancellationToken);

    public async Task SetFaultsAsync(FaultPlan plan, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PutAsJsonAsync(Path("faults"), plan, Json.FaultPlan, cancellationToken);
        await ThrowOnErrorAsync(response, cancellationToken);
    }

    public async Task WarmUpAsync(string functionName, int processes, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsync(Path($"functions/{functionName}/warm-up?processes={processes}"), null, cancellationToken);
        await ThrowOnErrorAsync(response, cancellationToken);
    }

    private static Uri Path(string path) => new($"_wab/{path}", UriKind.Relative);

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.GetAsync(Path(path), cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await ThrowOnErrorAsync(response, cancellationToken);
        return await response.Content.ReadFromJsonAsync(type, cancellationToken)
            ?? throw new ControlException(response.StatusCode, "The simulator answered null.");
    }

    private static async Task ThrowOnErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new ControlException(response.StatusCode, SentenceOf(await response.Content.ReadAsStringAsync(cancellationToken)));
        }
    }

    private static string SentenceOf(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, Json.ErrorView)?.Error ?? body;
        }
        catch (JsonException)
        {
            return body;
        }
    }
}

/// <summary>The control API refused a request, or what answers is not a simulator.</summary>
internal sealed class ControlException(HttpStatusCode statusCode, string sentence)
    : Exception($"The simulator answered {(int)statusCode}: {sentence}");
