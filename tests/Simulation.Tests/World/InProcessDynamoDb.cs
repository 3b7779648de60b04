using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Microsoft.AspNetCore.Http;
using WhatsAppBuffer.Contracts.Conversations;
using LocalAws.DynamoDb;
using LocalAws.Endpoint;
using WhatsAppBuffer.Topology;

namespace Simulation.Tests.World;

/// <summary>The local cloud's DynamoDB behind Amazon's client, without a network: every answer is there at once.</summary>
internal sealed class InProcessDynamoDb : HttpClientFactory, IDisposable
{
    private readonly DynamoDbService _service;
    private readonly HttpClient _http;
    private bool _isOpen;

    public InProcessDynamoDb(TimeProvider clock, int streamShards)
    {
        Engine = new DynamoDbEngine(new AwsAccount(), clock, new DynamoDbOptions { StreamShards = streamShards });
        _service = new DynamoDbService(Engine);
        _http = new HttpClient(new Handler(this));
        Config = new AmazonDynamoDBConfig { ServiceURL = "http://dynamodb.invalid", AuthenticationRegion = "us-east-1", MaxErrorRetry = 0, HttpClientFactory = this };
        StreamArn = Engine.CreateTable(Tables.RawMessages.Name, Tables.RawMessages.PartitionKey, Tables.RawMessages.SortKey, Tables.RawMessages.StreamView)!;
        using var client = new AmazonDynamoDBClient(new AnonymousAWSCredentials(), Config);
        Open(() => client.CreateTableAsync(Request(Tables.ActiveConnections))).GetAwaiter().GetResult();
    }

    public DynamoDbEngine Engine { get; }

    public AmazonDynamoDBConfig Config { get; }

    /// <summary>The raw table's.</summary>
    public string StreamArn { get; }

    /// <summary>All aggregates that wait for delivery: conversation, place and event.</summary>
    public IReadOnlyList<(string Conversation, string Item, string Event)> Outbox =>
    [
        .. from item in Engine.Scan(Tables.ActiveConnections.Name)
           let place = (string)item[ConversationItems.SortKey]!
           where place.StartsWith(ConversationItems.OutboxPrefix, StringComparison.Ordinal)
           select ((string)item[ConversationItems.PartitionKey]!, place, (string)item[ConversationItems.Event]!),
    ];

    /// <summary>Lets a call through; any other is one that a sandbox makes unnoticed.</summary>
    public T Open<T>(Func<T> call)
    {
        _isOpen = true;
        try
        {
            return call();
        }
        finally
        {
            _isOpen = false;
        }
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _http;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose()
    {
        _http.Dispose();
        Engine.Dispose();
    }

    private static CreateTableRequest Request(TableSpec table) => new()
    {
        TableName = table.Name,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        KeySchema = [new(table.PartitionKey, KeyType.HASH), new(table.SortKey, KeyType.RANGE)],
        AttributeDefinitions = [.. new[] { table.PartitionKey, table.SortKey, table.Index!.PartitionKey }.Select(name => new AttributeDefinition(name, ScalarAttributeType.S))],
        GlobalSecondaryIndexes =
        [
            new()
            {
                IndexName = table.Index.Name,
                KeySchema = [new(table.Index.PartitionKey, KeyType.HASH)],
                Projection = new Projection { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = [table.Index.Included] },
            },
        ],
    };

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        Assert.True(_isOpen, "A sandbox calls DynamoDB past the simulation: add the operation to SandboxDynamoDb.");
        var headers = new HeaderDictionary { ["X-Amz-Target"] = string.Concat(request.Headers.GetValues("X-Amz-Target")) };
        using var body = new MemoryStream();
        request.Content!.CopyTo(body, null, CancellationToken.None);
        var call = new AwsRequest("POST", "/", QueryCollection.Empty, headers, body.ToArray());
        AwsResponse answer;
        try
        {
            answer = _service.InvokeAsync(_service.OperationOf(call)!, call, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (AwsException error)
        {
            answer = _service.ToResponse(error, call);
        }

        var content = new ByteArrayContent(answer.Body.ToArray());
        content.Headers.Add("Content-Type", answer.ContentType);
        return new HttpResponseMessage((HttpStatusCode)answer.StatusCode) { Content = content, RequestMessage = request };
    }

    private sealed class Handler(InProcessDynamoDb dynamoDb) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(dynamoDb.Answer(request));
    }
}
