using System.Net;
using System.Net.Sockets;
using LocalAws;
using LocalAws.Clock;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Console;
using WhatsAppBuffer.ServiceDefaults.Web;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Deployment;
using WhatsAppBuffer.Simulator.App.Observation;
using WhatsAppBuffer.Simulator.App.Storage;

namespace WhatsAppBuffer.Simulator.App;

/// <summary>The whole system in one process and its function processes: a local cloud with the pipeline on it, the control API, the page.</summary>
internal sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly LocalCloud _cloud;
    private readonly OpenStorage _storage;
    private readonly RemoteFunctionInvoker? _elsewhere;
    private readonly ILoggerFactory _logging;
    private readonly IReadOnlyList<string> _notes;
    private readonly Task _warmUp;

    private SimulatorHost(
        WebApplication web, LocalCloud cloud, OpenStorage storage, RemoteFunctionInvoker? elsewhere, ILoggerFactory logging, Uri uri, DeployedPipeline pipeline, Simulation simulation)
    {
        (_web, _cloud, _storage, _elsewhere, _logging, Uri, _notes, Simulation) = (web, cloud, storage, elsewhere, logging, uri, pipeline.Notes, simulation);
        _warmUp = Task.WhenAll(pipeline.Resources.Functions.Where(name => !FunctionDesk.StartsLate(name)).Select(name => cloud.Lambda.WarmUpAsync(name)));
    }

    /// <summary>The endpoint, also of the control API.</summary>
    public Uri Uri { get; }

    /// <summary>What a user should know of how it was set up, a line each.</summary>
    public IReadOnlyList<string> Notes => [.. _notes, .. Simulation.HowToAttach(), .. Simulation.HowToReset()];

    public Simulation Simulation { get; }

    /// <summary>Listens, sets up the pipeline and begins to start one process of each function.</summary>
    /// <exception cref="UserErrorException">The port is in use, a function was not built, the storage cannot be had, or the template cannot be set up.</exception>
    public static async Task<SimulatorHost> StartAsync(SimulatorOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        options.Storage.Check(options.Speed);
        OpenStorage storage = await OpenStorage.OpenAsync(options.Storage, clock, cancellationToken);
        var cloudClock = new CloudClock(options.Speed, clock);
        ILoggerFactory logging = LoggerFactory.Create(ToTheTerminal);
        var cloud = new LocalCloud(new LocalCloudOptions
        {
            Account = storage.Account,
            Access = options.Access,
            Clock = cloudClock,
            Logging = logging,
            Connect = options.Quotas.ToConnect(),
            Lambda = new LambdaOptions { InitLimit = options.InitLimit },
            OtherDynamoDb = storage.Home,
        });
        var late = new TaskCompletionSource<Simulation>();
        RemoteFunctionInvoker? elsewhere = options.LambdaEndpoint is null ? null : new RemoteFunctionInvoker(options.LambdaEndpoint, cloud.Account);
        WebApplication? web = null;
        try
        {
            web = Build(cloud, late.Task, options);
            Uri uri = await ListenAsync(web, options.Port, cancellationToken);
            DeployedPipeline pipeline = await new PipelineDeployment(cloud, uri, storage, options, elsewhere).RunAsync(cancellationToken);
            var simulation = new Simulation(cloud, cloudClock, storage, pipeline, uri, options);
            late.SetResult(simulation);
            return new SimulatorHost(web, cloud, storage, elsewhere, logging, uri, pipeline, simulation);
        }
        catch
        {
            await cloud.DisposeAsync();
            cloudClock.Dispose();
            elsewhere?.Dispose();
            if (web is not null)
            {
                await web.DisposeAsync();
            }

            await storage.DisposeAsync();
            logging.Dispose();
            throw;
        }
    }

    /// <summary>Waits until one process of each function waits for work.</summary>
    /// <exception cref="UserErrorException">A function died at start.</exception>
    public async Task WhenReadyAsync(CancellationToken cancellationToken)
    {
        await _warmUp.WaitAsync(cancellationToken);
        if (Simulation.Status().Parts.FirstOrDefault(part => part.State == PartState.Failed) is { } failed)
        {
            throw new UserErrorException($"{failed.Name} failed: {failed.Detail}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        Simulation.Clock.Dispose();
        _elsewhere?.Dispose();
        await _web.DisposeAsync();
        await _storage.DisposeAsync();
        _logging.Dispose();
    }

    private static WebApplication Build(LocalCloud cloud, Task<Simulation> simulation, SimulatorOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.ClearProviders();
        ToTheTerminal(builder.Logging);
        // No request gets a span. The AWS endpoint imitates AWS, which shows nothing of its inside either: its callers have spans of their calls.
        // And who watches or works the simulator is not in the picture: traces begin at the customer.
        builder.AddServiceDefaults("simulator", isTraced: _ => false);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ControlJsonContext.Default));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddOpenApi(ControlApi.Describe);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.KeepAliveTimeout = AwsEndpoint.KeepAliveTimeout;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        options.Page?.AddTo(builder);
        WebApplication web = builder.Build();
        web.Use((context, next) => cloud.Guard.HandleAsync(context, next));
        options.Page?.Map(web, simulation);
        web.MapDefaultEndpoints();
        web.MapControlApi(simulation);
        // On its way here from an earlier simulator a function may be faster than the setting up.
        RequestDelegate runtimeApi = async context =>
        {
            await simulation.WaitAsync(context.RequestAborted);
            await cloud.Endpoint.HandleAsync(context);
        };
        web.Map("/_runtime/{**path}", runtimeApi);
        web.Map("/2018-06-01/{**path}", runtimeApi);
        // A pattern of its own, because the default one leaves out what looks like a file: an object of S3 may be named so.
        web.MapFallback("{**path}", cloud.Endpoint.HandleAsync);
        return web;
    }

    /// <summary>What should not have happened is told where the simulator was started, beside the table of its parts.</summary>
    private static void ToTheTerminal(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.Error);
        // A start that fails throws what it failed of, and whoever wanted it says so in a sentence.
        logging.AddFilter<ConsoleLoggerProvider>("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }

    private static async Task<Uri> ListenAsync(WebApplication web, int port, CancellationToken cancellationToken)
    {
        try
        {
            await web.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException || e.InnerException is SocketException)
        {
            throw new UserErrorException($"Port {port} of 127.0.0.1 is in use, perhaps by another simulator. Stop that one, or choose another port: --port {port + 1} (0 takes any free one).", e);
        }

        string address = web.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return new Uri(address);
    }
}
