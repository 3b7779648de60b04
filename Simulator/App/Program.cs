using WhatsAppBuffer.Simulator.App.Cli;

return await CommandLine.Create(TimeProvider.System).Parse(args).InvokeAsync();
