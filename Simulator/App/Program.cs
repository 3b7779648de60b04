using System.CommandLine;
using WhatsAppBuffer.Simulator.App.Cli;

// Ctrl+C ends functions and dashboard one after the other; cut short, it would leave processes behind.
var patience = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
return await CommandLine.Create(TimeProvider.System).Parse(args).InvokeAsync(patience);
