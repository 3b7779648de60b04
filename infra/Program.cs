using Amazon.CDK;
using WhatsAppBuffer.Infra;
using WhatsAppBuffer.Infra.Packaging;
using WhatsAppBuffer.Infra.Settings;
using Environment = System.Environment;

NodeWarnings.Silence();
try
{
    var settings = DeploymentSettings.Parse(CliContext.Parse(Environment.GetEnvironmentVariable(CliContext.Variable)));
    string artifacts = Artifacts.Above(Directory.GetCurrentDirectory());
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
