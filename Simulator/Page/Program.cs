using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.Page.Hosting;

return await CommandLine.RunAsync(args, new BlazorPage(), TimeProvider.System);
