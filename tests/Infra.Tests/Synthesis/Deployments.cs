using System.Text.Json;
using Amazon.CDK;
using WhatsAppBuffer.Infra;
using WhatsAppBuffer.Infra.Packaging;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace Infra.Tests.Synthesis;

/// <summary>
/// The deployments that tests look at. Each is synthesized once, one after another: all constructs of this process live in one Node.js.
/// </summary>
internal static class Deployments
{
    public const string InstanceId = "11111111-2222-3333-4444-555555555555";
    public const string ContactFlowId = "66666666-7777-8888-9999-000000000000";
    private static readonly Lock Gate = new();

    private static readonly Lazy<Template> DefaultOnce = Once(new() { ["architecture"] = "x64" });

    private static readonly Lazy<Template> BatchingOnce = Once(new()
    {
        ["architecture"] = "arm64",
        ["window"] = "batching",
        ["bufferSeconds"] = "300",
        ["retentionDays"] = "7",
        ["maxMessageCharacters"] = "16384",
        ["sendCourtesies"] = "false",
        ["removalPolicy"] = "destroy",
        ["pointInTimeRecovery"] = "false",
        ["alarmTopicArn"] = "arn:aws:sns:eu-west-1:111122223333:oncall",
        ["ticketTopicArn"] = "arn:aws:sns:eu-west-1:111122223333:tickets",
        ["silentHours"] = "72",
        ["runbookUrl"] = "https://wiki.example.com/runbook",
        ["otlpEndpoint"] = "https://otlp.example.com:4318",
    });

    private static readonly Lazy<Template> ScopedOnce = Once(new()
    {
        ["architecture"] = "x64",
        ["packaging"] = "managed",
        ["instanceId"] = InstanceId,
        ["contactFlowId"] = ContactFlowId,
        ["alarmEmail"] = "oncall@example.com",
        ["prefix"] = "test",
    });

    private static readonly Lazy<Template> GuideOnce = Once(new() { ["architecture"] = "x64", ["wiring"] = "guide" });

    private static readonly Lazy<Template> QuietOnce = Once(new() { ["architecture"] = "x64", ["release"] = "quiet" });

    private static readonly Lazy<Template> UnsweptOnce = Once(new() { ["architecture"] = "x64", ["sweep"] = "false" });

    private static readonly Lazy<Template> NextOnce = Once(new()
    {
        ["architecture"] = "x64",
        ["configCreatedWith"] = "-/-",
        ["instanceId"] = InstanceId,
        ["contactFlowId"] = ContactFlowId,
        ["logRetentionDays"] = "90",
        ["tableKeyArn"] = "arn:aws:kms:eu-west-1:111122223333:key/tables",
        ["logKeyArn"] = "arn:aws:kms:eu-west-1:111122223333:key/logs",
        ["tags.team"] = "care",
        ["functions.whatsapp_event_handler.concurrency"] = "8",
        ["functions.whatsapp_event_handler.filesConcurrency"] = "3",
        ["functions.message_aggregator.memory"] = "1024",
        ["functions.on_raw_messages.timeout"] = "60",
    });

    private static readonly Lazy<Template> FirstOnce = Once(new() { ["architecture"] = "x64", ["firstDeployment"] = "true" });

    /// <summary>What comes after <see cref="Default"/>: instance and flow are known, and everything that can be tuned is.</summary>
    public static Template Next => NextOnce.Value;

    /// <summary>What <c>./wab.cs deploy</c> deploys while there is no stack.</summary>
    public static Template First => FirstOnce.Value;

    /// <summary>Everything at its default, on x64.</summary>
    public static Template Default => DefaultOnce.Value;

    /// <summary>The batching window alone, data destroyed, telemetry sent, alarms to a given topic, on arm64.</summary>
    public static Template Batching => BatchingOnce.Value;

    /// <summary>Managed runtime, limited to one Connect instance and flow, alarms by e-mail, every name with a prefix.</summary>
    public static Template Scoped => ScopedOnce.Value;

    /// <summary>Without queues, as the guide has it.</summary>
    public static Template Guide => GuideOnce.Value;

    /// <summary>The customer ends a burst, not the clock.</summary>
    public static Template Quiet => QuietOnce.Value;

    /// <summary>On the way from a version with another index.</summary>
    public static Template Unswept => UnsweptOnce.Value;

    public static TheoryData<string> All => [nameof(Default), nameof(Batching), nameof(Scoped), nameof(Guide), nameof(Quiet), nameof(Unswept), nameof(Next)];

    public static Template Named(string name) => name switch
    {
        nameof(Batching) => Batching,
        nameof(Scoped) => Scoped,
        nameof(Guide) => Guide,
        nameof(Quiet) => Quiet,
        nameof(Unswept) => Unswept,
        nameof(Next) => Next,
        _ => Default,
    };

    private static Lazy<Template> Once(Dictionary<string, string> context) => new(() =>
    {
        lock (Gate)
        {
            return Synthesize(context);
        }
    });

    private static Template Synthesize(Dictionary<string, string> context)
    {
        bool isContinuousIntegration = System.Environment.GetEnvironmentVariable("CI") == "true";
        Assert.SkipUnless(NodeIsInstalled || isContinuousIntegration, "Node.js is not installed, and the CDK library runs in it.");
        NodeWarnings.Silence();
        using var folder = new TemporaryFolder();
        DeploymentSettings settings = DeploymentSettings.Parse(context);
        ushort machine = context["architecture"] == "arm64" ? Elf.Arm64 : Elf.X64;
        foreach (FunctionSpec function in FunctionSpecs.All)
        {
            folder.Write($"functions/{function.Project}/{function.Project}", Elf.Build(machine, ["GLIBC_2.34"]));
            folder.Write($"managed/{function.Project}/{function.Project}.dll", []);
            folder.Write($"managed/{function.Project}/{function.Project}.runtimeconfig.json", "{}"u8.ToArray());
        }

        string output = Path.Combine(folder.Path, "cdk.out");
        var app = new App(new AppProps { Outdir = output, Context = ContextOfCdkJson(), TreeMetadata = false });
        _ = new WhatsAppBufferStack(app, settings, IFunctionPackages.Create(settings.Packaging, folder.Path, settings.Architecture));
        app.Synth();
        return new Template(File.ReadAllText(Path.Combine(output, $"{settings.StackName}.template.json")));
    }

    private static bool NodeIsInstalled
    {
        get
        {
            string node = OperatingSystem.IsWindows() ? "node.exe" : "node";
            string[] folders = (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
            return folders.Any(folder => File.Exists(Path.Combine(folder, node)));
        }
    }

    private static Dictionary<string, object> ContextOfCdkJson()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Repository.Path("infra", "cdk.json")));
        return json.RootElement.GetProperty("context").EnumerateObject().ToDictionary(flag => flag.Name, flag => (object)flag.Value.GetBoolean());
    }
}
