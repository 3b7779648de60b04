using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using LocalAws.Endpoint;
using LocalAws.Lambda.Sandboxes;

namespace LocalAws.Lambda.RuntimeApi;

/// <summary>
/// The Runtime API of attached functions on the cloud's own endpoint: <c>/_runtime/{function}[/{slot}]/2018-06-01/…</c>. Some runtimes take no path
/// (Node's): where only one function is attached, <c>/2018-06-01/…</c> is its slot 0.
/// </summary>
internal sealed class AttachedRuntimeApi(LambdaEngine functions) : IHttpService
{
    /// <summary>What its paths begin with, also in <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public const string Prefix = "/_runtime";

    /// <summary>The value of <c>AWS_LAMBDA_RUNTIME_API</c> for a slot of a function.</summary>
    public static string AddressOf(Uri endpoint, string functionName, int slot) =>
        $"{endpoint.Authority}{Prefix}/{functionName}{(slot == 0 ? "" : $"/{slot}")}";

    public bool Owns(PathString path) => path.StartsWithSegments(Prefix) || path.StartsWithSegments($"/{RuntimeApiApplication.Version}");

    public async Task HandleAsync(HttpContext context)
    {
        if (functions.IsDisposed)
        {
            // No answer is better than a wrong one: when the server closes the connection, runtimes and proxies look for the next cloud here.
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        // A process that stands at a breakpoint neither sends nor reads.
        context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = null;
        context.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate = null;
        try
        {
            (AttachedSandbox slot, context.Request.Path) = Find(context.Request.Path.Value!);
            await new RuntimeApiApplication(slot).ProcessRequestAsync(context);
        }
        catch (AwsException e)
        {
            await RuntimeApiApplication.AnswerAsync(context, e.StatusCode, PlatformErrors.Error(e.Code, e.Message).Payload);
        }
    }

    /// <summary>The slot that a path names, and the rest of the path.</summary>
    private (AttachedSandbox Slot, string Path) Find(string path)
    {
        if (!path.StartsWith($"{Prefix}/", StringComparison.Ordinal))
        {
            return (OnlyOne().Slot(0), path);
        }

        string[] parts = path[Prefix.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        string name = parts is [var first, ..] ? first : "";
        bool hasSlot = parts is [_, not RuntimeApiApplication.Version, ..];
        int slot = 0;
        if (hasSlot && !(int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out slot) && slot < AttachedFleet.MaxSlots))
        {
            throw NotFound($"'{parts[1]}' is no slot. Slots are 0 to {AttachedFleet.MaxSlots - 1}: AWS_LAMBDA_RUNTIME_API=host:port{Prefix}/{name}/1; without a number it is slot 0.");
        }

        return (FleetOf(name).Slot(slot), $"/{string.Join('/', parts.Skip(hasSlot ? 2 : 1))}");
    }

    private AttachedFleet FleetOf(string name) => functions.TryFind(name) switch
    {
        { Fleet: AttachedFleet fleet } => fleet,
        null => throw NotFound($"There is no function '{name}'. {AttachedFunctions}"),
        _ => throw NotFound($"The function '{name}' runs in processes of this local cloud's own; it takes none from elsewhere unless it is created as an attached one (up --attach {name}). {AttachedFunctions}"),
    };

    private AttachedFleet OnlyOne() => functions.AttachedFunctions is [var only]
        ? FleetOf(only)
        : throw NotFound($"AWS_LAMBDA_RUNTIME_API has to say which function it is, with host:port{Prefix}/name; only where one is attached, host and port will do. {AttachedFunctions}");

    private string AttachedFunctions => functions.AttachedFunctions is { Count: > 0 } names ? $"Attached functions: {string.Join(", ", names)}." : "No function is attached.";

    private static AwsException NotFound(string message) => new("ResourceNotFoundException", message, StatusCodes.Status404NotFound);
}
