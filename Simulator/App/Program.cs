using System.CommandLine;
using WhatsAppBuffer.Simulator.App.Cli;

ParseResult parsed = CommandLine.Create(TimeProvider.System).Parse(args);
if (CommandLine.Problem(parsed) is { } problem)
{
    // 2, as for whatever else a user can mend: 1 says that a scenario did not hold.
    Console.Error.WriteLine($"wab: {problem}");
    return 2;
}

return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = CommandLine.TimeToEnd(parsed) });
