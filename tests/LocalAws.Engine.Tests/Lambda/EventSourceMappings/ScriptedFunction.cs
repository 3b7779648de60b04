using System.Text;
using System.Text.Json;
using LocalAws.Lambda;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

/// <summary>A function that notes each call and answers by script.</summary>
internal sealed class ScriptedFunction(TimeProvider clock) : IFunctionInvoker
{
    public const string Ok = "null";

    private int _requests;

    /// <summary>Answers a call; by default with the state it got, nothing failed.</summary>
    public Func<FunctionCall, string> Answer { get; set; } = call => call.State is null ? Ok : $$"""{"state":{{call.State}}}""";

    public List<FunctionCall> Calls { get; } = [];

    public Task<InvocationResult> InvokeAsync(string functionName, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var call = new FunctionCall(clock.GetUtcNow(), JsonDocument.Parse(payload).RootElement, payload.Length);
        Calls.Add(call);
        string requestId = $"request-{++_requests}";
        try
        {
            return Task.FromResult(new InvocationResult(requestId, null, Encoding.UTF8.GetBytes(Answer(call))));
        }
        catch (FunctionErrorException e)
        {
            string error = $$"""{"errorType":"Error","errorMessage":"{{e.Message}}"}""";
            return Task.FromResult(new InvocationResult(requestId, "Unhandled", Encoding.UTF8.GetBytes(error)));
        }
    }
}

/// <summary>Makes a scripted function fail as a thrown exception would.</summary>
internal sealed class FunctionErrorException(string message) : Exception(message);

/// <summary>One call of a scripted function.</summary>
internal sealed record FunctionCall(DateTimeOffset At, JsonElement Event, int Bytes)
{
    /// <summary>The records' keys, joined: <c>a b c</c>.</summary>
    public string Ids => string.Join(' ', Event.GetProperty("Records").EnumerateArray()
        .Select(r => r.GetProperty("dynamodb").GetProperty("Keys").GetProperty("id").GetProperty("S").GetString()));

    public int Count => Event.GetProperty("Records").GetArrayLength();

    public string? State => Event.TryGetProperty("state", out JsonElement state) ? state.GetRawText() : null;

    public bool IsFinal => Event.TryGetProperty("isFinalInvokeForWindow", out JsonElement final) && final.GetBoolean();

    public bool IsEarly => Event.TryGetProperty("isWindowTerminatedEarly", out JsonElement early) && early.GetBoolean();

    public string? WindowStart => Event.TryGetProperty("window", out JsonElement window) ? window.GetProperty("start").GetString() : null;

    /// <summary>The sequence number of the record with this key.</summary>
    public string SequenceNumberOf(string key) => Event.GetProperty("Records").EnumerateArray()
        .Select(r => r.GetProperty("dynamodb"))
        .First(d => d.GetProperty("Keys").GetProperty("id").GetProperty("S").GetString() == key)
        .GetProperty("SequenceNumber").GetString()!;
}
