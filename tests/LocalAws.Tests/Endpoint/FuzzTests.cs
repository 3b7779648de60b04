using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using LocalAws.Connect;
using LocalAws.ConnectParticipant;
using LocalAws.DynamoDb;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using LocalAws.Protocols;
using LocalAws.S3.Wire;
using LocalAws.Sns;
using LocalAws.SocialMessaging;
using LocalAws.Sqs;
using LocalAws.Ssm;
using LocalAws.Sts;

namespace LocalAws.Tests.Endpoint;

/// <summary>Whatever is asked of any operation is answered as AWS answers: with its result, or with an error that is the caller's.</summary>
public sealed class FuzzTests : IAsyncLifetime
{
    private const int RequestsPerOperation = 25;

    /// <summary>Spelt as they stand in JSON.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "1e308", "1E400", "9007199254740993", "-0.0", "\"\"", "\"tab\"", "\"q\"", "\"t\"", "\"p\"", "\"\\u0000\"", "\"\\ud800\"", "\"a\\ud800b\"", "[]", "{}", "[null]", "[[[]]]",
        "{\"a\":{\"b\":{}}}", "{\"\":null}", "{\"a\\ud800\":1}", "{\"p\":{\"S\":\"x\"},\"r\":{\"N\":\"1\"}}", "{\"p\":{\"S\":\"\\ud800\"}}", "{\"p\":{\"N\":\"1e999\"}}", "{\"p\":{}}", "{\"S\":null}", "{\":a\":{\"S\":\"x\"}}", "{\"#a\":\"b\"}",
        "\"" + new string('x', 5_000) + "\"", "\"😀😀\"", "\"\\u202e\\u200b\"", "\"<script>alert(1)</script>\"", "\"__proto__\"", "\"../../etc/passwd\"", "\"a\\r\\nX: y\"", "\"%00%0d%0a\"", "\"a=:a\"", "\"((((((((a\"",
        "\"arn:aws:sns:us-east-1:123456789012:t\"", "\"arn:aws:sqs:us-east-1:123456789012:q\"", "\"http://localhost/123456789012/q\"", "\"arn:aws:dynamodb:us-east-1:123456789012:table/tab\"", "\"shardId-1\"", "\"LATEST\"",
        new string('[', 70) + new string(']', 70), new string('[', 2_000) + new string(']', 2_000), "{\"a\":", "\"unfinished",
    ];

    private static readonly string[] DynamoDbMembers =
    [
        "TableName", "Item", "Key", "ConditionExpression", "UpdateExpression", "FilterExpression", "KeyConditionExpression", "ProjectionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues", "ReturnValues", "Limit", "ExclusiveStartKey",
        "IndexName", "RequestItems", "TransactItems", "KeySchema", "AttributeDefinitions", "BillingMode", "StreamArn", "ShardIterator", "ShardId", "ShardIteratorType", "SequenceNumber", "StreamSpecification", "TimeToLiveSpecification", "GlobalSecondaryIndexes",
    ];

    private static readonly Dictionary<string, string> Targets = new()
    {
        ["dynamodb"] = "DynamoDB_20120810",
        ["dynamodbstreams"] = "DynamoDBStreams_20120810",
        ["sqs"] = "AmazonSQS",
        ["ssm"] = "AmazonSSM",
    };

    private LocalCloud _cloud = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await LocalCloud.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        _cloud.DynamoDb.CreateTable("tab", "p", "r", "NEW_IMAGE");
        _cloud.Sns.CreateTopic("t");
        _cloud.S3.CreateBucket("tab");
        _cloud.Connect.AddInstance("tab", "q");
        _cloud.SocialMessaging.AddPhoneNumber("q");
        await _cloud.Endpoint.AnswerAsync(Json("AmazonSQS.CreateQueue", """{"QueueName":"q"}"""u8.ToArray()), TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_request_is_a_fault_of_the_cloud(int seed)
    {
        var random = new Random(seed);
        var faults = new ConcurrentQueue<string>();
        AwsService[] services =
        [
            new DynamoDbService(_cloud.DynamoDb), new DynamoDbStreamsService(_cloud.DynamoDb), new S3Service(_cloud.S3), new LambdaService(_cloud.Lambda, _cloud.Mappings), new SqsService(_cloud.Sqs), new SsmService(_cloud.Ssm),
            new ConnectService(_cloud.Connect), new ParticipantService(new ParticipantEngine(_cloud.Connect)), new SocialMessagingService(_cloud.SocialMessaging), new SnsService(_cloud.Sns), new StsService(_cloud.Account),
        ];
        int asked = 0;
        foreach ((AwsService service, AwsOperation operation) in services.SelectMany(service => service.Operations.Select(operation => (service, operation))))
        {
            for (int i = 0; i < RequestsPerOperation; i++)
            {
                AwsRequest request = Request(service, operation, random);
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
                AwsResponse answer = await _cloud.Endpoint.AnswerAsync(request, patience.Token);
                asked++;
                // S3 says 501 where it does not imitate.
                if (answer.StatusCode >= 500 && answer.StatusCode != StatusCodes.Status501NotImplemented)
                {
                    faults.Enqueue($"{service.Name} {operation.Name}: {request.Method} {request.Path} {Encoding.UTF8.GetString(request.Body.Span)}\n  {Encoding.UTF8.GetString(answer.Body.Span)}");
                }
            }
        }

        Assert.True(faults.IsEmpty, $"{faults.Count} of {asked}:\n{string.Join('\n', faults.Take(10))}");
        Assert.InRange(asked, 1_500, int.MaxValue);
    }

    private static AwsRequest Request(AwsService service, AwsOperation operation, Random random)
    {
        string[] members = operation.Input?.Properties.Select(member => member.Name).ToArray() ?? DynamoDbMembers;
        if (Targets.TryGetValue(service.Name, out string? target))
        {
            return Json($"{target}.{operation.Name}", Body(members, random));
        }

        if (operation.Route is { } route)
        {
            string path = "/" + string.Join('/', route.Path.Select(segment => segment[0] == '{' ? Segment(random) : segment));
            var query = route.Query.Where(_ => random.Next(2) == 0).ToDictionary(name => name, _ => new Microsoft.Extensions.Primitives.StringValues(Text(random)));
            var headers = new HeaderDictionary { ["Authorization"] = $"AWS4-HMAC-SHA256 Credential=a/20261129/us-east-1/{SigningNameOf(service)}/aws4_request, SignedHeaders=host, Signature=0" };
            return new AwsRequest(route.Method, path, new QueryCollection(query), headers, route.Method == "GET" ? ReadOnlyMemory<byte>.Empty : Body(members, random));
        }

        string form = string.Join('&', Pick(members, random).Select(member => $"{Suffixed(member, random)}={Uri.EscapeDataString(Text(random))}").Prepend($"Action={operation.Name}"));
        var formHeaders = new HeaderDictionary
        {
            ["Content-Type"] = "application/x-www-form-urlencoded",
            ["Authorization"] = $"AWS4-HMAC-SHA256 Credential=a/20261129/us-east-1/{service.Name}/aws4_request, SignedHeaders=host, Signature=0",
        };
        return new AwsRequest("POST", "/", new QueryCollection(), formHeaders, Encoding.UTF8.GetBytes(form));
    }

    private static AwsRequest Json(string target, ReadOnlyMemory<byte> body) =>
        new("POST", "/", new QueryCollection(), new HeaderDictionary { ["X-Amz-Target"] = target, ["Host"] = "localhost" }, body);

    /// <summary>An object of some of the members, or something else; now and then with a byte that is no UTF-8.</summary>
    private static byte[] Body(string[] members, Random random)
    {
        string json = random.Next(8) == 0
            ? Values[random.Next(Values.Length)]
            : $"{{{string.Join(',', Pick(members, random).Select(member => $"\"{member}\":{Values[random.Next(Values.Length)]}"))}}}";
        byte[] body = Encoding.UTF8.GetBytes(json);
        if (body.Length > 0 && random.Next(12) == 0)
        {
            body[random.Next(body.Length)] = 0xFF;
        }

        return body;
    }

    private static IEnumerable<string> Pick(string[] members, Random random) => members.Where(_ => random.Next(2) == 0).Concat(random.Next(10) == 0 ? ["Unknown\\ud800"] : []);

    private static string Suffixed(string member, Random random) => random.Next(3) switch
    {
        0 => member,
        1 => $"{member}.member.{random.Next(3)}.Id",
        _ => $"{member}.entry.{random.Next(3)}.key",
    };

    private static string Text(Random random) => Values[random.Next(Values.Length)].Trim('"');

    private static string Segment(Random random) => Uri.EscapeDataString(Text(random) is { Length: > 0 } text ? text : "x");

    private static string SigningNameOf(AwsService service) => service.Name == "socialmessaging" ? "social-messaging" : service.Name == "connectparticipant" ? "execute-api" : service.Name;
}
