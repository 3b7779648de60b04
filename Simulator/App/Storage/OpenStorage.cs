using Amazon.DynamoDBStreams;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using LocalAws.DynamoDb.Relay;
using LocalAws.Endpoint;

namespace WhatsAppBuffer.Simulator.App.Storage;

/// <summary>A home of the tables that is ready for use.</summary>
internal sealed class OpenStorage : IAsyncDisposable
{
    private static readonly Uri UsualLocalStack = new("http://127.0.0.1:4566/");

    private readonly List<IAsyncDisposable> _owned = [];

    private OpenStorage()
    {
    }

    /// <summary>What the local cloud uses instead of its own DynamoDB; null for <c>embedded</c>.</summary>
    public DynamoDbHome? Home { get; private set; }

    /// <summary>Whose ARNs the cloud mints.</summary>
    public AwsAccount Account { get; private set; } = new();

    /// <summary>Whether streams may hold records of earlier days, which nobody wants to see again.</summary>
    public bool MayHoldOldRecords { get; private set; }

    /// <summary>What the status shows.</summary>
    public string Description { get; private set; } = StorageOptions.Embedded;

    /// <summary>Starts or looks up the home.</summary>
    /// <exception cref="UserErrorException">It cannot be had; the message says why and what to do.</exception>
    public static async Task<OpenStorage> OpenAsync(StorageOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var storage = new OpenStorage();
        try
        {
            switch (options.Home)
            {
                case StorageOptions.DynamoDbLocal when options.Endpoint is null:
                    await storage.StartDynamoDbLocalAsync(options, clock, cancellationToken);
                    break;
                case StorageOptions.DynamoDbLocal:
                    storage.UseRunning(options, options.Endpoint);
                    await storage.RequireAnswerAsync("Start it there, or leave --storage-endpoint out: then the simulator starts one itself.", cancellationToken);
                    break;
                case StorageOptions.LocalStack:
                    storage.UseRunning(options, options.Endpoint ?? UsualLocalStack);
                    await storage.RequireAnswerAsync("Start it (`localstack start -d`, with Docker), or say where it is: --storage-endpoint URL.", cancellationToken);
                    break;
                case StorageOptions.Aws:
                    storage.UseAws(options, clock);
                    await storage.RequireAnswerAsync("See that this machine's AWS credentials are valid (`aws sts get-caller-identity`) and may use DynamoDB, and that AWS_REGION is right.", cancellationToken);
                    break;
            }

            return storage;
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable owned in Enumerable.Reverse(_owned))
        {
            await owned.DisposeAsync();
        }
    }

    private async Task StartDynamoDbLocalAsync(StorageOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        DynamoDbLocalPackage package = await DynamoDbLocalPackage.GetAsync(cancellationToken);
        DynamoDbLocalProcess process = await DynamoDbLocalProcess.StartAsync(package, clock, cancellationToken);
        _owned.Add(process);
        Use(options, process.Uri, new AnyCredentials(), signer: null);
    }

    private void UseRunning(StorageOptions options, Uri endpoint)
    {
        MayHoldOldRecords = true;
        Use(options, endpoint, new AnyCredentials(), signer: null);
    }

    private void UseAws(StorageOptions options, TimeProvider clock)
    {
        string region = Environment.GetEnvironmentVariable("AWS_REGION") ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION") ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName
            ?? throw new UserErrorException("--storage aws does not know which region to use. Set AWS_REGION, or a region in your AWS profile.");
        Account = Account with { Region = region };
        MayHoldOldRecords = true;
        AWSCredentials credentials = CredentialsOfUser();
        Uri endpoint = options.Endpoint ?? new Uri($"https://dynamodb.{region}.amazonaws.com/");
        Use(options, endpoint, credentials, new SignatureV4(credentials, "dynamodb", region, clock));
    }

    private static AWSCredentials CredentialsOfUser()
    {
        try
        {
            return DefaultAWSCredentialsIdentityResolver.GetCredentials();
        }
        catch (AmazonClientException e)
        {
            throw new UserErrorException($"--storage aws found no AWS credentials. Set AWS_PROFILE, or sign in with the AWS CLI and hand its credentials on: eval \"$(aws configure export-credentials --format env)\". What was tried: {string.Join(' ', e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}", e);
        }
    }

    private void Use(StorageOptions options, Uri endpoint, AWSCredentials credentials, SignatureV4? signer)
    {
        var config = new AmazonDynamoDBStreamsConfig { MaxErrorRetry = 3, Timeout = TimeSpan.FromSeconds(10) };
        if (options is { Home: StorageOptions.Aws, Endpoint: null })
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(Account.Region);
        }
        else
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = Account.Region;
        }

        var streams = new StreamsApi(new AmazonDynamoDBStreamsClient(credentials, config));
        var relay = new RelayedDynamoDb(endpoint, signer is null ? null : signer.SignAsync, options.Prefix);
        _owned.Add(streams);
        _owned.Add(relay);
        Home = new DynamoDbHome(relay, streams);
        Description = $"{options.Home} at {endpoint}{(options.Prefix.Length > 0 ? $", tables {options.Prefix}*" : "")}";
    }

    private async Task RequireAnswerAsync(string remedy, CancellationToken cancellationToken)
    {
        try
        {
            await ((RelayedDynamoDb)Home!.Service).PingAsync(cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or AwsException or AmazonClientException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new UserErrorException($"The storage {Description} does not answer: {e.Message.TrimEnd('.')}. {remedy}", e);
        }
    }

    /// <summary>Neither DynamoDB Local nor LocalStack looks at credentials.</summary>
    private sealed class AnyCredentials() : BasicAWSCredentials("local", "local");
}
