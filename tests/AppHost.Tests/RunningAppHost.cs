using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using LocalAws.Testing;

namespace AppHost.Tests;

/// <summary>
/// The composition under Aspire's real orchestrator, without containers: that works wherever this is built. Started once for all tests of a class,
/// with a clock that stands: what a test sees does not depend on how fast the machine is.
/// </summary>
/// <param name="resources">What gets healthy, in the order in which it is waited for.</param>
/// <param name="arguments">What the developer chose.</param>
public abstract class RunningAppHost(string[] resources, params string[] arguments) : IAsyncLifetime
{
    /// <summary>For whatever a healthy system does in seconds, on a machine that is busy with other things.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private DistributedApplication? _app;
    private HttpClient? _http;

    public DistributedApplication Application => _app!;

    public IReadOnlyList<string> Resources => resources;

    public async ValueTask InitializeAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        IDistributedApplicationTestingBuilder builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(arguments, patience.Token);
        // Aspire's CLI finds a running application by this path: under another one it takes this one for no other's, and stops it for none.
        builder.Configuration["AppHost:FilePath"] = Path.Combine(AppContext.BaseDirectory, $"{Guid.NewGuid():N}.csproj");
        builder.Configuration["Logging:LogLevel:Default"] = "Warning";
        _app = await builder.BuildAsync(patience.Token);
        await _app.StartAsync(patience.Token);
        foreach (string resource in resources)
        {
            await _app.ResourceNotifications.WaitForResourceHealthyAsync(resource, patience.Token);
        }

        _http = _app.CreateHttpClient("simulator", "http");
        await WarmUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// A cold function on a busy machine may fail at its first event, which the queue shows again later; while the clock stands, that is never. So the first events come
    /// while the clock is stepped.
    /// </summary>
    private async Task WarmUpAsync()
    {
        await CommandAsync("freeze-clock");
        await CommandAsync("send-burst", "customer", "Whoever comes first");
        await SeenAsync("Whoever comes first", seen => seen.SelectMany(text => text.Split('\n')).Count() == 4);
        await CommandAsync("reset");
        await CommandAsync("freeze-clock");
    }

    /// <summary>Runs a command of the dashboard.</summary>
    public async Task<ExecuteCommandResult> TryCommandAsync(string command, params (string Name, string Value)[] arguments)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        InteractionInput[] inputs = [.. arguments.Select(argument => new InteractionInput { Name = argument.Name, InputType = InputType.Text, Value = argument.Value })];
        return inputs.Length == 0
            ? await Application.ResourceCommands.ExecuteCommandAsync("simulator", command, patience.Token)
            : await Application.ResourceCommands.ExecuteCommandAsync("simulator", command, new InteractionInputCollection(inputs), patience.Token);
    }

    /// <summary>Runs one that succeeds, with one argument.</summary>
    /// <returns>What it answered.</returns>
    public Task<JsonElement> CommandAsync(string command, string name, string value) => CommandAsync(command, (name, value));

    /// <summary>Stops or starts a function.</summary>
    public async Task OfFunctionAsync(string resource, string command)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        ExecuteCommandResult result = await Application.ResourceCommands.ExecuteCommandAsync(resource, command, patience.Token);
        Assert.True(result.Success, $"{command} {resource}: {result.Message}");
    }

    /// <summary>Waits until a resource is healthy.</summary>
    public async Task WhenHealthyAsync(string resource)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await Application.ResourceNotifications.WaitForResourceHealthyAsync(resource, patience.Token);
    }

    /// <summary>Runs one that succeeds.</summary>
    /// <returns>What it answered.</returns>
    public async Task<JsonElement> CommandAsync(string command, params (string Name, string Value)[] arguments)
    {
        ExecuteCommandResult result = await TryCommandAsync(command, arguments);
        Assert.True(result.Success, $"{command}: {result.Message} {result.Data?.Value}");
        return result.Data is { } data ? Parse(data.Value) : default;
    }

    /// <summary>Reads from the control API.</summary>
    public async Task<JsonElement> GetAsync(string path) => Parse(await _http!.GetStringAsync(new Uri($"/_wab/{path}", UriKind.Relative), TestContext.Current.CancellationToken));

    /// <summary>What the agent sees of a customer.</summary>
    public async Task<string[]> SeenAsync(string customer) =>
    [
        .. (await GetAsync("chats")).EnumerateArray()
            .Where(chat => chat.GetProperty("customerName").GetString() == customer)
            .SelectMany(chat => chat.GetProperty("transcript").EnumerateArray())
            .Where(item => item.GetProperty("role").GetString() == "CUSTOMER" && item.GetProperty("contentType").GetString() == "text/plain")
            .Select(item => item.GetProperty("content").GetString()!),
    ];

    /// <summary>
    /// A customer writes the guide's burst. When this returns, its four messages are in the table, whatever else an earlier test has left on its way; their buffer does not end before the clock is
    /// stepped.
    /// </summary>
    public async Task WriteBurstAsync(string customer)
    {
        HashSet<string> burst = [.. (await CommandAsync("send-burst", "customer", customer)).EnumerateArray().Select(message => message.GetProperty("id").GetString()!)];
        await Eventually.IsTrueAsync(
            async () => burst.IsSubsetOf((await GetAsync("messages")).EnumerateArray()
                .Where(message => message.GetProperty("storedAt").ValueKind == JsonValueKind.String)
                .Select(message => message.GetProperty("id").GetString()!)),
            $"All of the burst is stored: {string.Join(", ", burst)}.",
            limit: Patience);
    }

    /// <summary>Steps the clock past the end of the buffer, and on until the agent sees what was stored.</summary>
    public Task<string[]> SeenOnceTheBufferEndsAsync(string customer) => SeenAsync(customer, seen => seen.Length > 0);

    private async Task<string[]> SeenAsync(string customer, Func<string[], bool> isEnough)
    {
        string[] seen = [];
        await Eventually.IsTrueAsync(
            async () =>
            {
                await CommandAsync("step-clock", "seconds", "5");
                return isEnough(seen = await SeenAsync(customer));
            },
            "The agent sees what was stored.",
            limit: Patience);
        return seen;
    }

    /// <summary>A choice as the dashboard shows it.</summary>
    public async Task<string?> ParameterAsync(string name) =>
        await Application.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ParameterResource>()
            .Single(parameter => parameter.Name == name).GetValueAsync(TestContext.Current.CancellationToken);

    private static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
