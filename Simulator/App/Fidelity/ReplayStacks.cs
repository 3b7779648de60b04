using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace WhatsAppBuffer.Simulator.App.Fidelity;

/// <summary>What a replay consists of, as requests and as CloudFormation templates.</summary>
internal static class ReplayStacks
{
    public static string HandlerFile { get; } = Path.Combine(AppContext.BaseDirectory, "recordings", "handler.py");

    public static CreateTableRequest Table(string name) => new()
    {
        TableName = name,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        AttributeDefinitions = [new(Recording.PartitionKey, ScalarAttributeType.S), new(Recording.SortKey, ScalarAttributeType.S)],
        KeySchema = [new(Recording.PartitionKey, KeyType.HASH), new(Recording.SortKey, KeyType.RANGE)],
        StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = StreamViewType.KEYS_ONLY },
    };

    /// <summary>A mapping, spelled as in the API and in CloudFormation alike.</summary>
    public static JsonObject Mapping(Recording recording, string functionName, string streamArn, JsonNode queueArn)
    {
        var mapping = (JsonObject)recording.Mapping.DeepClone();
        mapping["FunctionName"] = functionName;
        mapping["EventSourceArn"] = streamArn;
        mapping["StartingPosition"] ??= "TRIM_HORIZON";
        mapping["DestinationConfig"] = new JsonObject { ["OnFailure"] = new JsonObject { ["Destination"] = queueArn } };
        return mapping;
    }

    /// <summary>A table, a queue, a log group and a function for each recording, and one role for all.</summary>
    public static JsonObject Template(IReadOnlyList<Recording> recordings, Func<Recording, string> nameOf)
    {
        string code = File.ReadAllText(HandlerFile);
        var resources = new JsonObject { ["Role"] = Role([.. recordings.Select(recording => QueueArn(nameOf(recording)))]) };
        foreach (Recording recording in recordings)
        {
            string name = nameOf(recording);
            string id = IdOf(recording);
            resources[$"Table{id}"] = Resource("AWS::DynamoDB::Table", new JsonObject
            {
                ["TableName"] = name,
                ["BillingMode"] = "PAY_PER_REQUEST",
                ["AttributeDefinitions"] = new JsonArray(Attribute(Recording.PartitionKey), Attribute(Recording.SortKey)),
                ["KeySchema"] = new JsonArray(Key(Recording.PartitionKey, "HASH"), Key(Recording.SortKey, "RANGE")),
                ["StreamSpecification"] = new JsonObject { ["StreamViewType"] = "KEYS_ONLY" },
            });
            resources[$"Queue{id}"] = Resource("AWS::SQS::Queue", new JsonObject { ["QueueName"] = name });
            resources[$"Log{id}"] = Resource("AWS::Logs::LogGroup", new JsonObject { ["LogGroupName"] = $"/aws/lambda/{name}", ["RetentionInDays"] = 1 });
            JsonObject function = Resource("AWS::Lambda::Function", new JsonObject
            {
                ["FunctionName"] = name,
                ["Runtime"] = "python3.13",
                ["Handler"] = "index.handler",
                ["Code"] = new JsonObject { ["ZipFile"] = code },
                ["Role"] = new JsonObject { ["Fn::GetAtt"] = new JsonArray("Role", "Arn") },
                ["Timeout"] = 10,
                ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["RECORDING"] = recording.Function.ToJsonString() } },
            });
            function["DependsOn"] = $"Log{id}";
            resources[$"Function{id}"] = function;
        }

        return new JsonObject { ["Description"] = "A replay of recordings of event source mappings; to be deleted afterwards.", ["Resources"] = resources };
    }

    /// <summary>The mappings, a stack of their own: some records are written before there is a mapping, some while it is created.</summary>
    public static JsonObject MappingTemplate(IReadOnlyList<Recording> recordings, Func<Recording, string> nameOf, Func<Recording, string> streamOf)
    {
        var resources = new JsonObject();
        foreach (Recording recording in recordings)
        {
            JsonObject mapping = Mapping(recording, nameOf(recording), streamOf(recording), QueueArn(nameOf(recording)));
            resources[$"Mapping{IdOf(recording)}"] = Resource("AWS::Lambda::EventSourceMapping", mapping);
        }

        return new JsonObject { ["Description"] = "The mappings of a replay; to be deleted before the replay's other stack.", ["Resources"] = resources };
    }

    private static JsonObject Role(IEnumerable<JsonNode> queues) => Resource("AWS::IAM::Role", new JsonObject
    {
        ["AssumeRolePolicyDocument"] = Policy("sts:AssumeRole", null, new JsonObject { ["Service"] = "lambda.amazonaws.com" }),
        ["ManagedPolicyArns"] = new JsonArray(new JsonObject { ["Fn::Sub"] = "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole" }),
        ["Policies"] = new JsonArray(new JsonObject { ["PolicyName"] = "OnFailure", ["PolicyDocument"] = Policy("sqs:SendMessage", new JsonArray([.. queues]), null) }),
    });

    private static JsonObject Policy(string action, JsonNode? resource, JsonNode? principal)
    {
        var statement = new JsonObject { ["Effect"] = "Allow", ["Action"] = action };
        _ = resource is null || statement.TryAdd("Resource", resource);
        _ = principal is null || statement.TryAdd("Principal", principal);
        return new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statement) };
    }

    private static JsonObject QueueArn(string name) => new() { ["Fn::Sub"] = $"arn:${{AWS::Partition}}:sqs:${{AWS::Region}}:${{AWS::AccountId}}:{name}" };

    private static JsonObject Resource(string type, JsonObject properties) => new() { ["Type"] = type, ["Properties"] = properties };

    private static JsonObject Attribute(string name) => new() { ["AttributeName"] = name, ["AttributeType"] = "S" };

    private static JsonObject Key(string name, string type) => new() { ["AttributeName"] = name, ["KeyType"] = type };

    /// <summary>Logical ids have letters and digits only.</summary>
    private static string IdOf(Recording recording) => string.Concat(recording.Name.Where(char.IsAsciiLetterOrDigit));
}
