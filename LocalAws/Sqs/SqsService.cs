using System.Text.Json.Serialization.Metadata;
using LocalAws.Endpoint;

namespace LocalAws.Sqs;

/// <summary>The wire of SQS: JSON 1.0, target <c>AmazonSQS</c>; errors carry the query protocol's code too. Queue URLs name the host the client called.</summary>
/// <param name="engine">The queues.</param>
public sealed class SqsService(SqsEngine engine) : IAwsService
{
    private const string TargetPrefix = "AmazonSQS.";
    private const int MaxListedQueues = 1000;

    /// <inheritdoc/>
    public string Name => "sqs";

    /// <inheritdoc/>
    public string? OperationOf(AwsRequest request) =>
        request.Target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? request.Target[TargetPrefix.Length..] : null;

    /// <inheritdoc/>
    public async Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken)
    {
        T Input<T>(JsonTypeInfo<T> shape) => AwsInput.Read(request, shape, operation, "InvalidParameterValue");

        return operation switch
        {
            "CreateQueue" => CreateQueue(Input(SqsJson.Default.CreateQueueInput), request),
            "GetQueueUrl" => GetQueueUrl(Input(SqsJson.Default.GetQueueUrlInput), request),
            "ListQueues" => ListQueues(Input(SqsJson.Default.ListQueuesInput), request),
            "DeleteQueue" => Empty(() => engine.DeleteQueue(NameOf(Input(SqsJson.Default.QueueInput).QueueUrl))),
            "PurgeQueue" => Empty(() => engine.PurgeQueue(NameOf(Input(SqsJson.Default.QueueInput).QueueUrl))),
            "GetQueueAttributes" => GetQueueAttributes(Input(SqsJson.Default.GetQueueAttributesInput)),
            "SetQueueAttributes" => SetQueueAttributes(Input(SqsJson.Default.SetQueueAttributesInput)),
            "SendMessage" => SendMessage(Input(SqsJson.Default.SendMessageInput)),
            "SendMessageBatch" => SendMessageBatch(Input(SqsJson.Default.SendMessageBatchInput)),
            "ReceiveMessage" => await ReceiveMessageAsync(Input(SqsJson.Default.ReceiveMessageInput), cancellationToken),
            "DeleteMessage" => DeleteMessage(Input(SqsJson.Default.DeleteMessageInput)),
            "DeleteMessageBatch" => DeleteMessageBatch(Input(SqsJson.Default.DeleteMessageBatchInput)),
            "ChangeMessageVisibility" => ChangeMessageVisibility(Input(SqsJson.Default.ChangeMessageVisibilityInput)),
            "StartMessageMoveTask" => StartMessageMoveTask(Input(SqsJson.Default.StartMessageMoveTaskInput)),
            _ => throw new AwsException("UnknownOperationException", $"This local cloud does not imitate the operation {operation} of SQS."),
        };
    }

    /// <inheritdoc/>
    public AwsResponse ToResponse(AwsException error, AwsRequest request)
    {
        AwsResponse response = AwsJson.RpcError(AwsJson.Json10, "com.amazonaws.sqs", error);
        return response with { Headers = new Dictionary<string, string>(response.Headers) { ["x-amzn-query-error"] = $"{SqsError.QueryCode(error.Code)};Sender" } };
    }

    private AwsResponse CreateQueue(CreateQueueInput input, AwsRequest request)
    {
        string name = Required(input.QueueName, "QueueName");
        engine.CreateQueue(name, input.Attributes);
        return Write(new QueueUrlOutput(UrlOf(name, request)), SqsJson.Default.QueueUrlOutput);
    }

    private AwsResponse GetQueueUrl(GetQueueUrlInput input, AwsRequest request)
    {
        string name = Required(input.QueueName, "QueueName");
        engine.GetQueueAttributes(name);
        return Write(new QueueUrlOutput(UrlOf(name, request)), SqsJson.Default.QueueUrlOutput);
    }

    private AwsResponse ListQueues(ListQueuesInput input, AwsRequest request)
    {
        int size = input.MaxResults is null or (>= 1 and <= MaxListedQueues)
            ? input.MaxResults ?? MaxListedQueues
            : throw SqsError.InvalidParameterValue($"Value {input.MaxResults} for parameter MaxResults is invalid. Reason: must be between 1 and {MaxListedQueues}.");
        string[] rest = [.. engine.ListQueues(input.QueueNamePrefix ?? "").Where(name => string.CompareOrdinal(name, input.NextToken) > 0)];
        var output = new ListQueuesOutput([.. rest.Take(size).Select(name => UrlOf(name, request))], rest.Length > size ? rest[size - 1] : null);
        return Write(output, SqsJson.Default.ListQueuesOutput);
    }

    private AwsResponse GetQueueAttributes(GetQueueAttributesInput input)
    {
        IReadOnlyDictionary<string, string> all = engine.GetQueueAttributes(NameOf(input.QueueUrl));
        IReadOnlyList<string> wanted = input.AttributeNames ?? [];
        if (wanted.FirstOrDefault(name => name != "All" && name != nameof(RedrivePolicy) && !all.ContainsKey(name)) is { } unknown)
        {
            throw SqsError.InvalidAttributeName(unknown);
        }

        Dictionary<string, string> attributes = all.Where(a => wanted.Contains("All") || wanted.Contains(a.Key)).ToDictionary();
        return Write(new GetQueueAttributesOutput(attributes), SqsJson.Default.GetQueueAttributesOutput);
    }

    private AwsResponse SetQueueAttributes(SetQueueAttributesInput input) =>
        Empty(() => engine.SetQueueAttributes(NameOf(input.QueueUrl), input.Attributes ?? throw SqsError.MissingParameter("Attributes")));

    private AwsResponse SendMessage(SendMessageInput input)
    {
        QueueMessage sent = engine.SendMessage(NameOf(input.QueueUrl), SqsMessageFormat.Read(input.MessageBody, input.MessageAttributes), input.DelaySeconds);
        var output = new SendMessageOutput(sent.MessageId, MessageMd5.OfBody(sent.Body), MessageMd5.OfAttributes(sent.Attributes));
        return Write(output, SqsJson.Default.SendMessageOutput);
    }

    private AwsResponse SendMessageBatch(SendMessageBatchInput input)
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
        return Write(new SendMessageBatchOutput(successful, failed), SqsJson.Default.SendMessageBatchOutput);
    }

    private async Task<AwsResponse> ReceiveMessageAsync(ReceiveMessageInput input, CancellationToken cancellationToken)
    {
        SqsMessageFormat.CheckNames(input);
        IReadOnlyList<ReceivedMessage> received = await engine.ReceiveMessageAsync(
            NameOf(input.QueueUrl), input.MaxNumberOfMessages ?? 1, input.VisibilityTimeout, input.WaitTimeSeconds, cancellationToken);
        var output = new ReceiveMessageOutput(received.Count > 0 ? [.. received.Select(m => SqsMessageFormat.Write(m, input, engine.Account))] : null);
        return Write(output, SqsJson.Default.ReceiveMessageOutput);
    }

    private AwsResponse DeleteMessage(DeleteMessageInput input) =>
        Empty(() => engine.DeleteMessage(NameOf(input.QueueUrl), Required(input.ReceiptHandle, "ReceiptHandle")));

    private AwsResponse DeleteMessageBatch(DeleteMessageBatchInput input)
    {
        string queue = NameOf(input.QueueUrl);
        var (successful, failed) = SqsBatch.Run(input.Entries ?? [], e => e.Id, entry =>
        {
            engine.DeleteMessage(queue, Required(entry.ReceiptHandle, "ReceiptHandle"));
            return new DeleteMessageBatchResult(entry.Id!);
        });
        return Write(new DeleteMessageBatchOutput(successful, failed), SqsJson.Default.DeleteMessageBatchOutput);
    }

    private AwsResponse ChangeMessageVisibility(ChangeMessageVisibilityInput input) => Empty(() => engine.ChangeMessageVisibility(
        NameOf(input.QueueUrl),
        Required(input.ReceiptHandle, "ReceiptHandle"),
        input.VisibilityTimeout ?? throw SqsError.MissingParameter("VisibilityTimeout")));

    private AwsResponse StartMessageMoveTask(StartMessageMoveTaskInput input)
    {
        engine.StartMessageMoveTask(Required(input.SourceArn, "SourceArn"), input.DestinationArn);
        return Write(new StartMessageMoveTaskOutput(Guid.NewGuid().ToString()), SqsJson.Default.StartMessageMoveTaskOutput);
    }

    private string UrlOf(string name, AwsRequest request) => $"http://{request.Headers.Host}/{engine.Account.Id}/{name}";

    private static string NameOf(string? queueUrl) => Required(queueUrl, "QueueUrl").Split('/')[^1];

    private static string Required(string? value, string member) => string.IsNullOrEmpty(value) ? throw SqsError.MissingParameter(member) : value;

    private static AwsResponse Write<T>(T output, JsonTypeInfo<T> shape) => AwsJson.Write(AwsJson.Json10, output, shape);

    private static AwsResponse Empty(Action action)
    {
        action();
        return AwsResponse.Text(AwsJson.Json10, "{}");
    }
}
