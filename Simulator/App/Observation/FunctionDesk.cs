using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Deployment;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using LocalAws.Lambda.Functions;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Observation;

/// <summary>The functions as their developer sees them.</summary>
/// <param name="lambda">Where they are.</param>
/// <param name="endpoint">Where the cloud listens.</param>
/// <param name="elsewhere">The Lambda endpoint that runs them, or null.</param>
internal sealed class FunctionDesk(LambdaEngine lambda, Uri endpoint, Uri? elsewhere)
{
    /// <summary>Whether no process of a function is started ahead: flows send templates now and then, and an idle process is not free.</summary>
    public static bool StartsLate(string name) => name.EndsWith(FunctionSpecs.SendWhatsAppMessage.Name, StringComparison.Ordinal);

    public IEnumerable<PartStatus> Parts => lambda.Functions.Select(Of);

    public PartStatus Part(string name) => Of(lambda.GetStatus(Known(name)));

    public IReadOnlyList<string> Log(string name) => [.. lambda.GetLog(Known(name)).Select(line => $"{line.At:HH:mm:ss.fff} {line.Text}")];

    /// <summary>The variables with which a process attaches; its telemetry goes where this process's goes, and the slot is its instance there.</summary>
    public IReadOnlyDictionary<string, string> Environment(string name, int slot) => new Dictionary<string, string>(
        [.. lambda.GetAttachedEnvironment(Known(name), endpoint, slot), KeyValuePair.Create("OTEL_RESOURCE_ATTRIBUTES", $"service.instance.id={slot}"), .. ExportVariables()]);

    /// <summary>For each attached function, how to start its process; a shell takes the last line as it is.</summary>
    public IEnumerable<string> HowToAttach() =>
        from function in lambda.Functions
        where lambda.GetFunction(function.Name).Code is FunctionCode.Attached
        from line in new[]
        {
            $"{function.Name} runs where you start it, with the variables that {EnvironmentOf(function.Name)} lists:",
            $"  {LambdaEngine.RuntimeApiVariable}={AddressOf(function.Name)}",
            $"  env $(curl -s {EnvironmentOf(function.Name)}) dotnet run --no-launch-profile --project Functions/{ProjectOf(function.Name)}",
        }
        select line;

    public IReadOnlyList<FunctionEventView> Events(string name) => [.. lambda.GetEvents(Known(name)).Reverse().Select(FunctionEventView.Of)];

    public async Task<FunctionAnswer> ResendAsync(string name, string id, CancellationToken cancellationToken) =>
        FunctionAnswer.Of(await lambda.ResendAsync(Known(name), id, cancellationToken));

    private PartStatus Of(FunctionStatus function) => (elsewhere, lambda.GetFunction(function.Name).Code) switch
    {
        ({ } uri, _) => new PartStatus(function.Name, PartState.Elsewhere, $"at {uri}, as {RemoteFunctionInvoker.NameThere(function.Name)}"),
        (_, FunctionCode.Attached) => FunctionPart.OfAttached(function, AddressOf(function.Name)),
        _ => FunctionPart.Of(function, StartsLate(function.Name)),
    };

    private Uri EnvironmentOf(string name) => new(endpoint, $"_wab/functions/{name}/environment");

    private string AddressOf(string name) => lambda.GetAttachedEnvironment(name, endpoint)[LambdaEngine.RuntimeApiVariable];

    /// <summary>A template's names may have a prefix.</summary>
    private static string ProjectOf(string name) => FunctionSpecs.All.FirstOrDefault(function => name.EndsWith(function.Name, StringComparison.Ordinal))?.Project ?? name;

    private string Known(string name) => lambda.Functions.Any(function => function.Name == name)
        ? name
        : throw new AwsException("ResourceNotFoundException", $"There is no function '{name}'. Functions: {string.Join(", ", lambda.Functions.Select(function => function.Name))}.", 404);

    private static IEnumerable<KeyValuePair<string, string>> ExportVariables() =>
        from variable in System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
        let name = (string)variable.Key
        where name.StartsWith("OTEL_EXPORTER_OTLP_", StringComparison.Ordinal) || name is "OTEL_BSP_SCHEDULE_DELAY" or "OTEL_BLRP_SCHEDULE_DELAY" or "OTEL_METRIC_EXPORT_INTERVAL"
        orderby name
        select KeyValuePair.Create(name, (string)variable.Value!);
}
