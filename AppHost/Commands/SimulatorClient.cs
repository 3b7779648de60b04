using System.Text.Json;

namespace WhatsAppBuffer.AppHost.Commands;

/// <summary>The simulator's control API.</summary>
/// <param name="simulator">Its endpoint.</param>
/// <param name="clock">Real time.</param>
internal sealed class SimulatorClient(EndpointReference simulator, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether a function can work, its process being one of the simulator's own or not.</summary>
    public async Task<bool> IsReadyAsync(string function, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = new Uri(simulator.Url), Timeout = Patience };
        try
        {
            using HttpResponseMessage health = await http.GetAsync(new Uri($"_wab/functions/{function}/health", UriKind.Relative), cancellationToken);
            return health.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>Sends a function again what it was sent last.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="id">Of the event; empty for the last one.</param>
    /// <param name="cancellationToken">Stops waiting for its answer.</param>
    public async Task<ExecuteCommandResult> ResendAsync(string function, string id, CancellationToken cancellationToken)
    {
        if (id.Length == 0)
        {
            ExecuteCommandResult events = await GetAsync($"functions/{function}/events", cancellationToken);
            if (!events.Success)
            {
                return events;
            }

            using JsonDocument list = JsonDocument.Parse(events.Data!.Value);
            if (list.RootElement.GetArrayLength() == 0)
            {
                return CommandResults.Failure($"{function} had no event yet: send a burst first.");
            }

            id = list.RootElement[0].GetProperty("id").GetString()!;
        }

        return await PostAsync($"functions/{function}/events/{id}/resend", cancellationToken);
    }

    /// <summary>Reads, and shows the answer.</summary>
    public Task<ExecuteCommandResult> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, cancellationToken);

    /// <summary>Posts, and shows the answer: a scenario's verdicts, or the sentence that says what is wrong.</summary>
    public Task<ExecuteCommandResult> PostAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, cancellationToken);

    private async Task<ExecuteCommandResult> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        // A scenario lasts several buffers; whoever waits can cancel.
        using var http = new HttpClient { BaseAddress = new Uri(simulator.Url), Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            if (!await AnswersAsync(http, cancellationToken))
            {
                return CommandResults.Failure("The simulator does not answer. See whether it runs, and start it.");
            }

            using var request = new HttpRequestMessage(method, new Uri($"_wab/{path}", UriKind.Relative));
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            string answer = await response.Content.ReadAsStringAsync(cancellationToken);
            return (response.IsSuccessStatusCode, answer.Length) switch
            {
                (true, 0) => CommandResults.Success("Done."),
                (true, _) when IsUnmetScenario(answer) => CommandResults.Failure("The scenario's expectations do not hold: see the verdicts.", answer, CommandResultFormat.Json),
                (true, _) => CommandResults.Success("Done.", answer, CommandResultFormat.Json),
                _ => CommandResults.Failure($"The simulator answered {(int)response.StatusCode}.", answer),
            };
        }
        catch (HttpRequestException e)
        {
            return CommandResults.Failure($"The simulator does not answer: {e.Message}");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
    }

    private static bool IsUnmetScenario(string answer)
    {
        using JsonDocument json = JsonDocument.Parse(answer);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("holds", out JsonElement holds) && !holds.GetBoolean();
    }

    /// <summary>Asked first, because Aspire's proxy takes a connection to a stopped resource too, and keeps it waiting.</summary>
    private async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using HttpResponseMessage health = await http.GetAsync(new Uri("_wab/health", UriKind.Relative), either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
