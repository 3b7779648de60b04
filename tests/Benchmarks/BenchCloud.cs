using Amazon.DynamoDBv2;
using LocalAws;
using WhatsAppBuffer.Simulator.App.Deployment;
using LocalAws.Lambda.Functions;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Benchmarks;

/// <summary>A local cloud with the tables and one function, for benchmarks below the whole pipeline.</summary>
internal sealed class BenchCloud : IAsyncDisposable
{
    private BenchCloud(LocalCloud cloud) => Cloud = cloud;

    public LocalCloud Cloud { get; }

    /// <summary>Published functions, when `./wab.cs publish` has put them there; else null.</summary>
    public static string? PublishedFunctions
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                string published = Path.Combine(folder.FullName, "artifacts", "functions");
                if (File.Exists(Path.Combine(published, "OnRawMessages", "OnRawMessages")))
                {
                    return published;
                }
            }

            return null;
        }
    }

    public static async Task<BenchCloud> StartAsync()
    {
        LocalCloud cloud = await LocalCloud.StartAsync();
        using var dynamoDb = new AmazonDynamoDBClient(LocalCloud.Credentials, cloud.ClientConfig<AmazonDynamoDBConfig>());
        await TableSetup.RunAsync(dynamoDb, TimeProvider.System, CancellationToken.None);
        cloud.Ssm.PutParameter(Parameters.Templates, Parameters.InitialTemplates);
        return new BenchCloud(cloud);
    }

    /// <summary>Creates a function under another name, from the build output or from a folder of published functions.</summary>
    /// <param name="function">Which.</param>
    /// <param name="name">The function's name here.</param>
    /// <param name="functionsFolder">Null for the build output.</param>
    /// <param name="concurrency">Processes at the most.</param>
    /// <param name="otlpEndpoint">Where telemetry goes; null for none.</param>
    public void Create(FunctionSpec function, string name, string? functionsFolder, int concurrency = 1, Uri? otlpEndpoint = null)
    {
        FunctionExecutable executable = FunctionExecutable.Find(function, functionsFolder);
        Cloud.Lambda.CreateFunction(new FunctionDefinition
        {
            Name = name,
            Code = new FunctionCode.Program(executable.FileName, executable.Arguments) { WorkingDirectory = executable.WorkingDirectory },
            MemorySize = function.MemoryMegabytes,
            Timeout = TimeSpan.FromSeconds(30),
            ReservedConcurrency = concurrency,
            Environment = new Dictionary<string, string>(FunctionVariables.Of(
                function, Wiring.Queues, ReleaseChoice.Window, Cloud.Account.Arn("sns", Topics.WhatsAppOut), "bucket", queue => new Uri(Cloud.Uri, $"{Cloud.Account.Id}/{queue}"), table => table.Name))
            {
                ["AWS_ENDPOINT_URL"] = Cloud.Uri.ToString(),
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlpEndpoint?.OriginalString ?? "",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            },
        });
    }

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();
}
