using System.CommandLine;
using WhatsAppBuffer.Simulator.App.Cli;

ParseResult parsed = CommandLine.Create(TimeProvider.System).Parse(args);
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = CommandLine.TimeToEnd(parsed) });
