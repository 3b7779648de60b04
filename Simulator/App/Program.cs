using WhatsAppBuffer.Simulator.App.Cli;

return await CommandLine.RunAsync(args, page: null, TimeProvider.System);
