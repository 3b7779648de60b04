namespace WhatsAppBuffer.AppHost.Commands;

/// <summary>The simulator's control API.</summary>
/// <param name="simulator">Its endpoint.</param>
internal sealed class ControlApi(EndpointReference simulator)
{
    /// <summary>Posts, and shows the answer: a scenario's verdicts, or the sentence that says what is wrong.</summary>
    public async Task<ExecuteCommandResult> PostAsync(string path, CancellationToken cancellationToken)
    {
        // A scenario lasts several buffers; whoever waits can cancel.
        using var http = new HttpClient { BaseAddress = new Uri(simulator.Url), Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            using HttpResponseMessage response = await http.PostAsync(new Uri($"_wab/{path}", UriKind.Relative), content: null, cancellationToken);
            string answer = await response.Content.ReadAsStringAsync(cancellationToken);
            return (response.IsSuccessStatusCode, answer.Length) switch
            {
                (true, 0) => CommandResults.Success("Done."),
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
}
