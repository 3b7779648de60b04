using Amazon.CDK;
using WhatsAppBuffer.Infra;
using WhatsAppBuffer.Infra.Checks;
using WhatsAppBuffer.Infra.Packaging;
using WhatsAppBuffer.Infra.Settings;
using Environment = System.Environment;

NodeWarnings.Silence();
try
{
    string artifacts = Artifacts.Above(Directory.GetCurrentDirectory());
    string root = Path.GetDirectoryName(artifacts)!;
    if (args is ["settings", .. var arguments])
    {
        return new SettingsCommand(root, Console.Out, Console.Error.WriteLine).Run(arguments);
    }

    if (args is ["check", .. var checking])
    {
        return await new CheckCommand(root, Console.Out, Console.In, options => new AwsCommandLine(options), TimeProvider.System).RunAsync(checking, CancellationToken.None);
    }

    IReadOnlyDictionary<string, string> given = CliContext.Parse(Environment.GetEnvironmentVariable(CliContext.Variable));
    var settings = DeploymentSettings.Parse(Context.Of(given, root, line => Console.Error.WriteLine($"By hand: {line}")));
    var app = new App();
    _ = new WhatsAppBufferStack(app, settings, IFunctionPackages.Create(settings.Packaging, artifacts, settings.Architecture));
    app.Synth();
    return 0;
}
catch (DeploymentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
