using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.Sqs;

/// <summary>The wire of SQS: JSON 1.0, target <c>AmazonSQS</c>; errors carry the query protocol's code too. Queue URLs name the host the client called.</summary>
/// <param name="engine">The queues.</param>
public sealed class SqsService(SqsEngine engine) : AwsService("sqs", Protocol)
{
    private const int MaxListedQueues = 1000;
    private static readonly JsonRpcProtocol Protocol = new(AwsJson.Json10, "AmazonSQS")
    {
        Service = "SQS",
        Refusal = "InvalidParameterValue",
        NamespaceOf = _ => "com.amazonaws.sqs",
    };

    private protected override IReadOnlyList<AwsOperation> Table =>
    [
        Protocol.Of("CreateQueue", Shape.CreateQueueInput, Shape.QueueUrlOutput, CreateQueue),
        Protocol.Of("GetQueueUrl", Shape.GetQueueUrlInput, Shape.QueueUrlOutput, GetQueueUrl),
        Protocol.Of("ListQueues", Shape.ListQueuesInput, Shape.ListQueuesOutput, ListQueues),
        Protocol.Of("DeleteQueue", Shape.QueueInput, input => engine.DeleteQueue(NameOf(input.QueueUrl))),
        Protocol.Of("PurgeQueue", Shape.QueueInput, input => engine.PurgeQueue(NameOf(input.QueueUrl))),
        Protocol.Of("GetQueueAttributes", Shape.GetQueueAttributesInput, Shape.GetQueueAttributesOutput, GetQueueAttributes),
        Protocol.Of("SetQueueAttributes", Shape.SetQueueAttributesInput, SetQueueAttributes),
        Protocol.Of("SendMessage", Shape.SendMessageInput, Shape.SendMessageOutput, SendMessage),
        Protocol.Of("SendMessageBatch", Shape.SendMessageBatchInput, Shape.SendMessageBatchOutput, SendMessageBatch),
        Protocol.Of("ReceiveMessage", Shape.ReceiveMessageInput, Shape.ReceiveMessageOutput, ReceiveMessageAsync),
        Protocol.Of("DeleteMessage", Shape.DeleteMessageInput, DeleteMessage),
        Protocol.Of("DeleteMessageBatch", Shape.DeleteMessageBatchInput, Shape.DeleteMessageBatchOutput, DeleteMessageBatch),
        Protocol.Of("ChangeMessageVisibility", Shape.ChangeMessageVisibilityInput, ChangeMessageVisibility),
        Protocol.Of("StartMessageMoveTask", Shape.StartMessageMoveTaskInput, Shape.StartMessageMoveTaskOutput, StartMessageMoveTask),
    ];

    private static SqsJson Shape => SqsJson.Default;

    /// <inheritdoc/>
    public override AwsResponse ToResponse(AwsException error, AwsRequest request)
    {
        AwsResponse response = base.ToResponse(error, request);
        string queryError = $"{SqsError.QueryCode(error.Code)};{(error.StatusCode < 500 ? "Sender" : "Receiver")}";
        return response with { Headers = new Dictionary<string, string>(response.Headers) { ["x-amzn-query-error"] = queryError } };
    }

    private QueueUrlOutput CreateQueue(CreateQueueInput input, AwsRequest request)
    {
        string name = Required(input.QueueName, "QueueName");
        engine.CreateQueue(name, input.Attributes);
        return new QueueUrlOutput(UrlOf(name, request));
    }

    private QueueUrlOutput GetQueueUrl(GetQueueUrlInput input, AwsRequest request)
    {
        string name = Required(input.QueueName, "QueueName");
        engine.GetQueueAttributes(name);
        return new QueueUrlOutput(UrlOf(name, request));
    }

    private ListQueuesOutput ListQueues(ListQueuesInput input, AwsRequest request)
    {
        int size = input.MaxResults is null or (>= 1 and <= MaxListedQueues)
            ? input.MaxResults ?? MaxListedQueues
            : throw SqsError.InvalidParameterValue($"Value {input.MaxResults} for parameter MaxResults is invalid. Reason: must be between 1 and {MaxListedQueues}.");
        string[] rest = [.. engine.ListQueues(input.QueueNamePrefix ?? "").Where(name => string.CompareOrdinal(name, input.NextToken) > 0)];
        return new ListQueuesOutput([.. rest.Take(size).Select(name => UrlOf(name, request))], rest.Length > size ? rest[size - 1] : null);
    }

    private GetQueueAttributesOutput GetQueueAttributes(GetQueueAttributesInput input)
    {
        IReadOnlyDictionary<string, string> all = engine.GetQueueAttributes(NameOf(input.QueueUrl));
        IReadOnlyList<string> wanted = input.AttributeNames ?? [];
        if (wanted.FirstOrDefault(name => name != "All" && name != nameof(RedrivePolicy) && !all.ContainsKey(name)) is { } unknown)
        {
            throw SqsError.InvalidAttributeName(unknown);
        }

        Dictionary<string, string> attributes = all.Where(a => wanted.Contains("All") || wanted.Contains(a.Key)).ToDictionary();
        return new GetQueueAttributesOutput(attributes);
    }

    private void SetQueueAttributes(SetQueueAttributesInput input) =>
        engine.SetQueueAttributes(NameOf(input.QueueUrl), input.Attributes ?? throw SqsError.MissingParameter("Attributes"));

    private SendMessageOutput SendMessage(SendMessageInput input)
    {
        QueueMessage sent = engine.SendMessage(NameOf(input.QueueUrl), SqsMessageFormat.Read(input.MessageBody, input.MessageAttributes), input.DelaySeconds);
        return new SendMessageOutput(sent.MessageId, MessageMd5.OfBody(sent.Body), MessageMd5.OfAttributes(sent.Attributes));
    }

    private SendMessageBatchOutput SendMessageBatch(SendMessageBatchInput input)
    {
        string queue = NameOf(input.QueueUrl);
        IReadOnlyList<SendMessageBatchEntry> entries = input.Entries ?? [];
        SqsBatch.Check([.. entries.Select(e => e.Id)]);
        engine.CheckBatchSize(queue, [.. entries.Select(e => SqsMessageFormat.Read(e.MessageBody ?? "", e.MessageAttributes))]);
        var (successful, failed) = SqsBatch.Run(entries, e => e.Id, entry =>
        {
            QueueMessage sent = engine.SendMessage(queue, SqsMessageFormat.Read(entry.MessageBody, entry.MessageAttributes), entry.DelaySeconds);
            return new SendMessageBatchResult(entry.Id!, sent.MessageId, MessageMd5.OfBody(sent.Body), MessageMd5.OfAttributes(sent.Attributes));
        });
        return new SendMessageBatchOutput(successful, failed);
    }

    private async Task<ReceiveMessageOutput> ReceiveMessageAsync(ReceiveMessageInput input, CancellationToken cancellationToken)
    {
        SqsMessageFormat.CheckNames(input);
        IReadOnlyList<ReceivedMessage> received = await engine.ReceiveMessageAsync(
            NameOf(input.QueueUrl), input.MaxNumberOfMessages ?? 1, input.VisibilityTimeout, input.WaitTimeSeconds, cancellationToken);
        return new ReceiveMessageOutput(received.Count > 0 ? [.. received.Select(m => SqsMessageFormat.Write(m, input, engine.Account))] : null);
    }

    private void DeleteMessage(DeleteMessageInput input) => engine.DeleteMessage(NameOf(input.QueueUrl), Required(input.ReceiptHandle, "ReceiptHandle"));

    private DeleteMessageBatchOutput DeleteMessageBatch(DeleteMessageBatchInput input)
    {
        string queue = NameOf(input.QueueUrl);
        var (successful, failed) = SqsBatch.Run(input.Entries ?? [], e => e.Id, entry =>
        {
            engine.DeleteMessage(queue, Required(entry.ReceiptHandle, "ReceiptHandle"));
            return new DeleteMessageBatchResult(entry.Id!);
        });
        return new DeleteMessageBatchOutput(successful, failed);
    }

    private void ChangeMessageVisibility(ChangeMessageVisibilityInput input) => engine.ChangeMessageVisibility(
        NameOf(input.QueueUrl),
        Required(input.ReceiptHandle, "ReceiptHandle"),
        input.VisibilityTimeout ?? throw SqsError.MissingParameter("VisibilityTimeout"));

    private StartMessageMoveTaskOutput StartMessageMoveTask(StartMessageMoveTaskInput input)
    {
        engine.StartMessageMoveTask(Required(input.SourceArn, "SourceArn"), input.DestinationArn);
        return new StartMessageMoveTaskOutput(Guid.NewGuid().ToString());
    }

    private string UrlOf(string name, AwsRequest request) => $"http://{request.Headers.Host}/{engine.Account.Id}/{name}";

    private static string NameOf(string? queueUrl) => Required(queueUrl, "QueueUrl").Split('/')[^1];

    private static string Required(string? value, string member) => string.IsNullOrEmpty(value) ? throw SqsError.MissingParameter(member) : value;
}
