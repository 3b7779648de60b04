using Amazon.DynamoDBv2;
using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.Contracts.Conversations;
using LocalAws;
using LocalAws.Connect;
using LocalAws.ConnectParticipant;
using LocalAws.DynamoDb;
using LocalAws.Endpoint;
using LocalAws.S3.Wire;
using LocalAws.SocialMessaging;
using LocalAws.Sqs;
using LocalAws.Ssm;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppEventHandler.Tests.World;

[assembly: AssemblyFixture(typeof(WhatsAppEventHandler.Tests.Cloud.CloudFixture))]

namespace WhatsAppEventHandler.Tests.Cloud;

/// <summary>
/// The local cloud behind real HTTP, reached by the function's own clients: what AWS gives a Lambda through its environment, this gives the
/// test process.
/// </summary>
public sealed class CloudFixture : IAsyncLifetime
{
    public const string Instance = "i-1";
    public const string Flow = "f-1";
    public const string Table = "active_connections";
    public const string Parameter = "/whatsapp_eum_connect_chat/config";

    public const string Bucket = "media-of-customers";

    public const string Queue = "whatsapp_event_handler_dead_letters";

    private AwsEndpointHost? _host;

    /// <summary>The cloud's clock. The function's is the system's.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero));

    public LocalCloud Services { get; private set; } = null!;

    public ConnectEngine Connect => Services.Connect;

    /// <summary>Where the services answer.</summary>
    public Uri Uri => _host!.Uri;

    public string QueueUrl => new Uri(Uri, $"{Services.Account.Id}/{Queue}").ToString();

    public IAmazonDynamoDB DynamoDb { get; private set; } = null!;

    public Faults Faults { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Services = new LocalCloud(new LocalCloudOptions { Clock = Time });
        Services.Connect.AddInstance(Instance, Flow);
        Services.SocialMessaging.AddPhoneNumber(Events.NumberArn);
        Services.Sqs.CreateQueue(Queue);
        Services.S3.CreateBucket(Bucket);
        Services.Ssm.PutParameter(Parameter, $$"""{"instance_id":"{{Instance}}","contact_flow_id":"{{Flow}}","chat_duration_minutes":60}""");
        IAwsService[] services =
        [
            new DynamoDbService(Services.DynamoDb),
            new ConnectService(Services.Connect),
            new ParticipantService(new ParticipantEngine(Services.Connect)),
            new SsmService(Services.Ssm),
            new SqsService(Services.Sqs),
            new SocialMessagingService(Services.SocialMessaging),
            new S3Service(Services.S3),
        ];
        var endpoint = new AwsEndpoint([.. services.Select(service => new FaultyService(service, Faults))]);
        _host = await AwsEndpointHost.StartAsync(endpoint);
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", _host.Uri.ToString());
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "any");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "any");
        DynamoDb = new AwsClients(Lease.Length).DynamoDb();
        Services.DynamoDb.CreateTable(Table, ConversationItems.PartitionKey, ConversationItems.SortKey);
        // The client's first call compiles much of the SDK; on a busy machine that alone may take its time-out, so it is one that may be repeated.
        await DynamoDb.DescribeTableAsync(Table);
    }

    /// <summary>What agents have read in a conversation's chats, chat after chat.</summary>
    public IReadOnlyList<string[]> ChatsOf(string customer) =>
    [
        .. from contact in Connect.AgentDesktop.Contacts
           where contact.Attributes["customerId"] == customer
           select Connect.AgentDesktop.Transcript(contact.Id).Where(item => item.Content is not null && item.Type == "MESSAGE").Select(item => item.Content!).ToArray(),
    ];

    public async ValueTask DisposeAsync()
    {
        DynamoDb.Dispose();
        await _host!.DisposeAsync();
        await Services.DisposeAsync();
    }
}

/// <summary>
/// Errors that operations answer instead of doing their work, whoever calls: tests that add some, or would be upset by them, are in one collection.
/// </summary>
public sealed class Faults
{
    private readonly Dictionary<string, (AwsException Error, int Left)> _faults = [];

    public void Add(string operation, AwsException error, int times)
    {
        lock (_faults)
        {
            _faults[operation] = (error, times);
        }
    }

    internal AwsException? Take(string operation)
    {
        lock (_faults)
        {
            if (!_faults.TryGetValue(operation, out (AwsException Error, int Left) fault) || fault.Left == 0)
            {
                return null;
            }

            _faults[operation] = (fault.Error, fault.Left - 1);
            return fault.Error;
        }
    }
}

internal sealed class FaultyService(IAwsService inner, Faults faults) : IAwsService
{
    public string Name => inner.Name;

    public string? OperationOf(AwsRequest request) => inner.OperationOf(request);

    public Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken) =>
        faults.Take(operation) is { } fault ? throw fault : inner.InvokeAsync(operation, request, cancellationToken);

    public AwsResponse ToResponse(AwsException error, AwsRequest request) => inner.ToResponse(error, request);
}
