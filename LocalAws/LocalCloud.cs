using Microsoft.Extensions.Logging;
using LocalAws.Access;
using LocalAws.Connect;
using LocalAws.ConnectParticipant;
using LocalAws.Delivery;
using LocalAws.DynamoDb;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;
using LocalAws.Events;
using LocalAws.Faults;
using LocalAws.Lambda;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.RuntimeApi;
using LocalAws.Logs;
using LocalAws.S3;
using LocalAws.S3.Wire;
using LocalAws.Sns;
using LocalAws.SocialMessaging;
using LocalAws.Sqs;
using LocalAws.Ssm;
using LocalAws.Sts;

namespace LocalAws;

/// <summary>
/// The slice of AWS that the pipeline touches, put together: each service's engine, and the one endpoint that answers for all of them.
/// <see cref="StartAsync"/> also listens; the constructor leaves that to a web host of the caller's, which gets <see cref="Endpoint"/>.
/// </summary>
public sealed partial class LocalCloud : IAsyncDisposable
{
    /// <summary>Puts a cloud together, empty and listening nowhere.</summary>
    /// <param name="options">Its settings.</param>
    /// <exception cref="ArgumentException">A host or an origin of <see cref="LocalCloudOptions.Access"/> is none.</exception>
    public LocalCloud(LocalCloudOptions? options = null)
    {
        options ??= new LocalCloudOptions();
        (Account, Clock) = (options.Account, options.Clock);
        Faults = new FaultInjector(Clock);
        Guard = new AccessGuard(options.Access);
        Observers = new Observers(options.Logging.CreateLogger<Observers>());
        var router = new DeliveryRouter();
        DynamoDb = new DynamoDbEngine(Account, Clock, options.DynamoDb);
        Lambda = new LambdaEngine(Account, Clock, router, options.Lambda, Faults) { Observers = Observers };
        Sqs = new SqsEngine(Account, Clock);
        Mappings = new EventSourceMappingEngine(
            Account, Clock, options.OtherDynamoDb?.Streams ?? new EmbeddedStreamSource(DynamoDb), Sqs, Lambda, Lambda.GetFunction, router, options.Lambda)
        {
            Observers = Observers,
        };
        Sns = new SnsEngine(Account, router, Clock, options.Sns, options.Logging.CreateLogger<SnsEngine>(), Faults);
        S3 = new S3Engine(Account, Clock);
        Ssm = new SsmEngine(Account, Clock);
        Connect = new ConnectEngine(Account, router, Clock, options.Connect, S3, options.Logging.CreateLogger<ConnectEngine>()) { Observers = Observers };
        SocialMessaging = new SocialMessagingEngine(Account, Clock, S3) { Observers = Observers };
        EventBridge = new EventBridgeEngine(Account, Clock, router) { Observers = Observers };
        router.Add(Lambda);
        router.Add(Sns);
        router.Add(Sqs);
        router.Add(new S3Delivery(S3));
        Endpoint = new AwsEndpoint(
        [
            .. options.OtherDynamoDb is { } other ? [other.Service] : new IAwsService[] { new DynamoDbService(DynamoDb), new DynamoDbStreamsService(DynamoDb) },
            new S3Service(S3),
            new LambdaService(Lambda, Mappings),
            new SqsService(Sqs),
            new SsmService(Ssm),
            new EventBridgeService(EventBridge),
            new ConnectService(Connect),
            new ParticipantService(new ParticipantEngine(Connect)),
            new SocialMessagingService(SocialMessaging),
            new SnsService(Sns),
            new StsService(Account),
            new LogsService(Lambda, Account),
        ],
        Faults,
        Clock,
        options.Logging.CreateLogger<AwsEndpoint>())
        {
            Guard = Guard,
            Observers = Observers,
            FunctionOf = request => Lambda.CallerOf(request),
            Other = new AttachedRuntimeApi(Lambda),
        };
        Endpoint.CallDisturbed += Lambda.Excuse;
    }

    /// <summary>Whose ARNs it mints.</summary>
    public AwsAccount Account { get; }

    /// <summary>The clock of all services.</summary>
    public TimeProvider Clock { get; }

    /// <summary>What stands before <see cref="Endpoint"/>; a web host that answers more than that puts it before everything.</summary>
    public AccessGuard Guard { get; }

    /// <summary>Who of those that watch its events has failed.</summary>
    public Observers Observers { get; }

    /// <summary>What answers HTTP.</summary>
    public AwsEndpoint Endpoint { get; }

    /// <summary>What goes wrong: with every call to <see cref="Endpoint"/>, with functions' processes, with notifications.</summary>
    public FaultInjector Faults { get; }

    /// <summary>DynamoDB and its streams; unused when the options name another.</summary>
    public DynamoDbEngine DynamoDb { get; }

    /// <summary>Functions and their invocations.</summary>
    public LambdaEngine Lambda { get; }

    /// <summary>Event source mappings from streams and queues to functions.</summary>
    public EventSourceMappingEngine Mappings { get; }

    /// <summary>Topics.</summary>
    public SnsEngine Sns { get; }

    /// <summary>Buckets and objects.</summary>
    public S3Engine S3 { get; }

    /// <summary>Queues.</summary>
    public SqsEngine Sqs { get; }

    /// <summary>Schedules that invoke functions.</summary>
    public EventBridgeEngine EventBridge { get; }

    /// <summary>Parameters.</summary>
    public SsmEngine Ssm { get; }

    /// <summary>Contact centres and their chats.</summary>
    public ConnectEngine Connect { get; }

    /// <summary>WhatsApp's way back to customers.</summary>
    public SocialMessagingEngine SocialMessaging { get; }

    /// <summary>Stops everything and ends every process it started.</summary>
    public async ValueTask DisposeAsync()
    {
        EventBridge.Dispose();
        await Mappings.DisposeAsync();
        await Sns.DisposeAsync();
        await Lambda.DisposeAsync();
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        Connect.Dispose();
        DynamoDb.Dispose();
    }
}
