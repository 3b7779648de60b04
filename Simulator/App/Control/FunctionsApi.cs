using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using LocalAws.Lambda;
using LocalAws.Lambda.Functions;

namespace WhatsAppBuffer.Simulator.App.Control;

/// <summary>An event that a function was invoked with.</summary>
internal sealed record FunctionEventView
{
    [Description("The invocation's request id.")]
    public required string Id { get; init; }

    [Description("When the function was first invoked with it, on the simulator's clock.")]
    public required DateTimeOffset At { get; init; }

    [Description("How often it was invoked with it.")]
    public required int Attempts { get; init; }

    [Description("Whether the function is at work on it.")]
    public required bool UnderWay { get; init; }

    [Description("What the last attempt failed with.")]
    public string? Error { get; init; }

    [Description("The event.")]
    public required JsonElement Payload { get; init; }

    [Description("The caller's client context, JSON.")]
    public string? ClientContext { get; init; }

    public static FunctionEventView Of(FunctionEvent e) => new()
    {
        Id = e.Id,
        At = e.At,
        Attempts = e.Attempts,
        UnderWay = e.UnderWay,
        Error = e.Error,
        Payload = FunctionAnswer.Read(e.Payload),
        ClientContext = e.ClientContext,
    };
}

/// <summary>What a function answered to an event that was sent again.</summary>
/// <param name="RequestId">The new request id.</param>
/// <param name="FunctionError">Null on success, else <c>Unhandled</c>.</param>
/// <param name="Payload">The answer, or the error object.</param>
internal sealed record FunctionAnswer(string RequestId, string? FunctionError, JsonElement Payload)
{
    public static FunctionAnswer Of(InvocationResult result) => new(result.RequestId, result.FunctionError, Read(result.Payload));

    /// <summary>JSON as it is; what is none, because a runtime may answer anything, as a string.</summary>
    public static JsonElement Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using JsonDocument json = ForeignJson.Document(payload);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(System.Text.Encoding.UTF8.GetString(payload.Span), ControlJsonContext.Default.String);
        }
    }
}

/// <summary>The functions: their health, log, environment and last events.</summary>
internal static class FunctionsApi
{
    public static void MapFunctions(this RouteGroupBuilder api, Task<Simulation> simulation)
    {
        RouteGroupBuilder function = api.MapGroup("/functions/{name}");
        function.MapGet("/log", async (string name) => Results.Text(string.Join('\n', (await simulation).Functions.Log(name)))).WithSummary("The last lines a function wrote.");
        function.MapGet("/health", async (string name) =>
        {
            PartStatus part = (await simulation).Functions.Part(name);
            return TypedResults.Json(part, ControlJsonContext.Default.PartStatus, statusCode: part.State == PartState.Ready ? 200 : 503);
        }).WithSummary("200 when a function can work, 503 before; an attached one can while a process of it has asked for work.");
        function.MapPost("/warm-up", async Task<NoContent> (string name, [Description("How many there are to be; at most as many as may work at once.")] int processes) =>
        {
            await (await simulation).WarmUpAsync(name, processes);
            return TypedResults.NoContent();
        }).WithSummary("Start processes of a function ahead; answers when they wait for work. Nothing where somebody else starts them.");
        function.MapGet("/environment", async (string name, int? slot) =>
            Results.Text(string.Concat((await simulation).Functions.Environment(name, slot ?? 0).Select(variable => $"{variable.Key}={variable.Value}\n"))))
            .WithSummary("The environment variables with which a process attaches to a function, NAME=value a line; slot 0 unless another is given.");
        function.MapGet("/events", async (string name) => TypedResults.Ok((await simulation).Functions.Events(name)))
            .WithSummary("The last events that a function was invoked with, the newest first: 50 at the most, and 8 MB.");
        function.MapPost("/events/{id}/resend", async (string name, string id, CancellationToken cancellationToken) =>
            TypedResults.Ok(await (await simulation).Functions.ResendAsync(name, id, cancellationToken)))
            .WithSummary("Invoke a function once more with an event it had: same payload and client context, a new request id. Answers when the function has; nothing is retried.");
    }
}
