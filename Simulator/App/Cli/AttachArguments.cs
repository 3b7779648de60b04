using System.CommandLine;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Cli;

/// <summary>The command line's words for functions whose processes somebody else starts.</summary>
internal sealed class AttachArguments
{
    private const string All = "all";

    private static readonly string Names = string.Join(", ", FunctionSpecs.All.Select(function => function.Name));

    private readonly Option<string[]> _attach = new("--attach")
    {
        Description = $"Functions whose processes you start yourself, such as in a debugger: {Names} or {All}; several with commas, or by repeating the option.",
        HelpName = "function",
    };

    private readonly Option<bool> _enforceTimeouts = new("--enforce-timeouts")
    {
        Description = "Attached functions have their own timeouts too; otherwise an invocation may last 15 minutes, for breakpoints.",
    };

    public void AddTo(Command command, Option lambdaEndpoint)
    {
        command.Options.Add(_attach);
        command.Options.Add(_enforceTimeouts);
        _attach.Validators.Add(result =>
        {
            foreach (string name in result.Tokens.SelectMany(token => Split(token.Value)).Where(name => name != All && FunctionSpecs.All.All(function => function.Name != name)))
            {
                result.AddError($"--attach {name}: there is no such function. Functions: {Names}, or {All}.");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(_attach) is { Tokens.Count: > 0 } && result.GetResult(lambdaEndpoint) is { Tokens.Count: > 0 })
            {
                result.AddError("--attach and --lambda-endpoint exclude each other: the functions are either yours to start or behind that endpoint.");
            }

            if (result.GetResult(_enforceTimeouts) is { Implicit: false } && result.GetResult(_attach) is null)
            {
                result.AddError("--enforce-timeouts is for attached functions; those that the simulator starts have their own timeouts anyway. Say which are attached: --attach all");
            }
        });
    }

    public SimulatorOptions Read(ParseResult parsed, SimulatorOptions options)
    {
        HashSet<string> names = [.. (parsed.GetValue(_attach) ?? []).SelectMany(Split)];
        return options with
        {
            Attached = names.Contains(All) ? FunctionSpecs.All.Select(function => function.Name).ToHashSet() : names,
            EnforceTimeouts = parsed.GetValue(_enforceTimeouts),
        };
    }

    private static string[] Split(string value) => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
