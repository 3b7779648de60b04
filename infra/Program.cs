using Amazon.CDK;
using WhatsAppBuffer.Infra;
using WhatsAppBuffer.Infra.Packaging;
using WhatsAppBuffer.Infra.Settings;
using Environment = System.Environment;

// The CDK library talks to Node.js, and warns about releases of it that are younger or older than itself.
foreach (string warning in (string[])["DEPRECATED", "END_OF_LIFE", "UNTESTED"])
{
    Environment.SetEnvironmentVariable($"JSII_SILENCE_WARNING_{warning}_NODE_VERSION", "true");
}

try
{
    var settings = DeploymentSettings.Parse(CliContext.Parse(Environment.GetEnvironmentVariable(CliContext.Variable)));
    var app = new App();
    _ = new WhatsAppBufferStack(app, settings, IFunctionPackages.Create(settings.Packaging, Artifacts.Find(), settings.Architecture));
    app.Synth();
    return 0;
}
catch (DeploymentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
