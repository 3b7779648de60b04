using Amazon.CDK;
using WhatsAppBuffer.Infra;
using WhatsAppBuffer.Infra.Packaging;
using WhatsAppBuffer.Infra.Settings;
using Environment = System.Environment;

NodeWarnings.Silence();
try
{
    var settings = DeploymentSettings.Parse(CliContext.Parse(Environment.GetEnvironmentVariable(CliContext.Variable)));
    var app = new App();
    _ = new WhatsAppBufferStack(app, settings, IFunctionPackages.Create(settings.Packaging, Artifacts.Above(Directory.GetCurrentDirectory()), settings.Architecture));
    app.Synth();
    return 0;
}
catch (DeploymentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
