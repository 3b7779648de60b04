using System.Text;
using System.Text.Json.Nodes;
using WhatsAppBuffer.ConnectEventHandler.Agents;
using WhatsAppBuffer.ConnectEventHandler.Files;
using WhatsAppBuffer.ConnectEventHandler.Receipts;
using WhatsAppBuffer.ConnectEventHandler.Replies;
using WhatsAppBuffer.ConnectEventHandler.Typing;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.DeadLetters;
using WhatsAppBuffer.Contracts.Queues;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.MessageAggregator;
using WhatsAppBuffer.MessageAggregator.Aggregation;
using WhatsAppBuffer.OnRawMessages;
using WhatsAppBuffer.OnRawMessages.Conversations;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using WhatsAppBuffer.SendWhatsAppMessage.Sending;
using WhatsAppBuffer.SendWhatsAppMessage.Templates;
using WhatsAppBuffer.Tests;
using WhatsAppBuffer.Topology;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Queues;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Release;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;
using Aggregator = WhatsAppBuffer.MessageAggregator.Function;
using Answers = WhatsAppBuffer.ConnectEventHandler.Function;
using EventHandler = WhatsAppBuffer.WhatsAppEventHandler.Function;
using Ingest = WhatsAppBuffer.OnRawMessages.Function;
using Templates = WhatsAppBuffer.SendWhatsAppMessage.Function;

namespace Simulation.Tests.World;

/// <summary>Lambda: a fresh sandbox for each invocation, killed when its time is over, and invocations as bad as they are allowed to be.</summary>
internal sealed class LambdaPlatform(Cloud cloud) : IFunctionInvoker
{
    private static InvocationResult Failed => new("request", "Unhandled", "{}"u8.ToArray());

    /// <summary>Invocations that somebody waits for. (The call that closes a window holds no records, and keeps the mapping from reading more.)</summary>
    public int UnderWay { get; private set; }

    /// <summary>
    /// Calls that close a window and failed, by shard: until such a call has succeeded, the mapping reads nothing more of the shard.
    /// </summary>
    public HashSet<string> FailedClosings { get; } = [];

    /// <inheritdoc/>
    public async Task<InvocationResult> InvokeAsync(string functionName, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        UnderWay++;
        string? closes = ShardThatIsClosed(payload);
        try
        {
            FailedClosings.Add(closes ?? "");
            InvocationResult result = await TryAsync(functionName, payload, cancellationToken);
            if (result.FunctionError is null)
            {
                FailedClosings.Remove(closes ?? "");
            }

            return result;
        }
        finally
        {
            FailedClosings.Remove("");
            UnderWay--;
        }
    }

    /// <returns>Null for any other call.</returns>
    private static string? ShardThatIsClosed(ReadOnlyMemory<byte> payload)
    {
        if (payload.Span.IndexOf("\"isFinalInvokeForWindow\":true"u8) < 0)
        {
            return null;
        }

        return JsonNode.Parse(payload.Span)!["shardId"]!.GetValue<string>();
    }

    private async Task<InvocationResult> TryAsync(string functionName, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        FunctionSpec function = FunctionSpecs.All.Single(function => function.Name == functionName);
        Trouble trouble = cloud.TroubleAt($"Lambda: {functionName}");
        switch (trouble)
        {
            case Trouble.CrashBefore:
                return Failed;
            case Trouble.Refuse:
                throw new AwsException("TooManyRequestsException", "Rate exceeded", 429);
            case Trouble.Stall:
                await cloud.DelayAsync(Sandbox.TooLong, cancellationToken);
                break;
            case Trouble.Repeat:
                cloud.Begin(() => RunAsync(function, payload));
                break;
            case Trouble.Late:
                cloud.Begin(async () =>
                {
                    await cloud.DelayAsync(Sandbox.TooLong, CancellationToken.None);
                    await RunAsync(function, payload);
                });
                return Failed;
        }

        InvocationResult result = await RunAsync(function, payload);
        return trouble is Trouble.CrashAfter or Trouble.LoseAnswer ? Failed : result;
    }

    private async Task<InvocationResult> RunAsync(FunctionSpec function, ReadOnlyMemory<byte> payload)
    {
        var sandbox = new Sandbox(cloud, function.Name);
        var time = TimeSpan.FromSeconds(function.TimeoutSeconds);
        using var finished = new CancellationTokenSource();
        Task<ReadOnlyMemory<byte>> run = HandleAsync(sandbox, function, payload, time);
        if (await Task.WhenAny(run, cloud.DelayAsync(time, finished.Token)) != run)
        {
            sandbox.Kill();
            return Failed;
        }

        finished.Cancel();
        try
        {
            ReadOnlyMemory<byte> answer = await run;
            sandbox.ThrowIfDead();
            return new InvocationResult("request", null, answer);
        }
        catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
        {
            return Failed;
        }
    }

    private Task<ReadOnlyMemory<byte>> HandleAsync(Sandbox sandbox, FunctionSpec function, ReadOnlyMemory<byte> payload, TimeSpan time) =>
        function == FunctionSpecs.OnRawMessages ? StoreAsync(sandbox, payload, time)
        : function == FunctionSpecs.MessageAggregator ? AggregateAsync(sandbox, payload, time)
        : function == FunctionSpecs.ConnectEventHandler ? AnswerAsync(sandbox, payload, time)
        : function == FunctionSpecs.SendWhatsAppMessage ? SendTemplateAsync(sandbox, payload, time)
        : DeliverAsync(sandbox, payload, time);

    private async Task<ReadOnlyMemory<byte>> StoreAsync(Sandbox sandbox, ReadOnlyMemory<byte> payload, TimeSpan time)
    {
        using var dynamoDb = new SandboxDynamoDb(sandbox);
        var table = new ConversationTable(dynamoDb, Tables.ActiveConnections.Name, cloud.Clock);
        var conversations = new ConversationFinder(table, cloud.RouteCaches[cloud.Random.Next(cloud.RouteCaches.Count)]);
        using var sqs = new SandboxSqs(sandbox, (status, delay) => cloud.Answers.Accept(Encoding.UTF8.GetBytes(status), delay));
        AnswerStatuses? statuses = cloud.Wiring is Wiring.Queues ? new AnswerStatuses(sqs, "http://queue") : null;
        var function = new Ingest(new RawMessageStore(dynamoDb, Tables.RawMessages.Name, table), conversations, new SentParts(table), statuses, TimeSpan.FromDays(RetentionSettings.DefaultDays), null, cloud.Clock, cloud.Log);
        using Stream answer = await function.HandleAsync(Notifications.Read(payload), new LambdaContext { RemainingTime = time });
        return ReadAll(answer);
    }

    private async Task<ReadOnlyMemory<byte>> AggregateAsync(Sandbox sandbox, ReadOnlyMemory<byte> payload, TimeSpan time)
    {
        using var dynamoDb = new SandboxDynamoDb(sandbox);
        using var lambda = new SandboxLambda(sandbox);
        using var sqs = new SandboxSqs(sandbox, (wakeUp, delay) => cloud.WakeUps.Accept(Encoding.UTF8.GetBytes(wakeUp), delay));
        var table = new ConversationTable(dynamoDb, Tables.ActiveConnections.Name, cloud.Clock);
        var queue = new WakeUpQueue(sqs, "http://queue");
        if (ScheduledEvent.TimeOf(payload.Span) is { } scheduledAt)
        {
            await new Sweep(table, queue, cloud.Clock, cloud.Log).RunAsync(scheduledAt, time);
            return default;
        }

        IEventHandler eventHandler = cloud.Wiring is Wiring.Queues ? queue : new EventHandlerInvoker(lambda, FunctionSpecs.WhatsAppEventHandler.Name);
        var function = new Aggregator(new Outbox(table, null), eventHandler, null, cloud.Clock, cloud.Log);
        using AggregatedBatch batch = WhatsAppBuffer.MessageAggregator.Aggregation.Aggregator.Aggregate(WithConversations(payload), joins: !cloud.ReleasesQuiet);
        using Stream answer = await function.HandleAsync(batch, new LambdaContext { RemainingTime = time });
        return ReadAll(answer);
    }

    private async Task<ReadOnlyMemory<byte>> DeliverAsync(Sandbox sandbox, ReadOnlyMemory<byte> payload, TimeSpan time)
    {
        using var dynamoDb = new SandboxDynamoDb(sandbox);
        var services = new SandboxServices(sandbox);
        var options = new WhatsAppEventHandlerOptions { TableName = Tables.ActiveConnections.Name, MaxMessageCharacters = cloud.MaxCharacters, TopicArn = "arn:topic", MediaBucket = "media" };
        var table = new ConversationTable(dynamoDb, options.TableName, cloud.Clock);
        IOutbox outbox = cloud.Outbox(new DynamoDbOutbox(table));
        SettingsSource<ChatSettings> settings = ChatSettings.SourceIn(services, options.ConfigParameter, cloud.Clock, cloud.Log);
        var delivery = new AggregateDelivery(outbox, new DynamoDbTemplates(table), services, services, settings, options, cloud.Log);
        var deliveries = new DeliveryLoop(outbox, cloud.Chats(new DynamoDbChats(table)), new ReleasePolicy(outbox, settings, cloud.Log), delivery, options.LeaseLength, cloud.Clock, cloud.Log);
        using var sqs = new SandboxSqs(sandbox, (work, delay) => cloud.FilesOfCustomers.Accept(Encoding.UTF8.GetBytes(work), delay));
        using var again = new SandboxSqs(sandbox, (work, delay) => cloud.WakeUps.Accept(Encoding.UTF8.GetBytes(work), delay));
        bool hasQueues = cloud.Wiring is Wiring.Queues;
        OwnQueue? wakeUps = hasQueues ? new OwnQueue(again, $"http://queue/{FunctionSpecs.WhatsAppEventHandler.Queue!.Name}") : null;
        OwnQueue? filesQueue = hasQueues ? new OwnQueue(sqs, $"http://queue/{FunctionSpecs.WhatsAppEventHandler.FilesQueue!.Name}") : null;
        var function = new EventHandler(outbox, deliveries, services, wakeUps, filesQueue, null, cloud.Clock, cloud.Random, cloud.Log);
        if (QueueEvent.Read(payload) is { } messages)
        {
            using Stream answer = QueueEvent.Answer(await function.HandleAsync(messages, time));
            return ReadAll(answer);
        }

        await function.HandleAsync(EventJson.Read(payload), time);
        return default;
    }

    private async Task<ReadOnlyMemory<byte>> AnswerAsync(Sandbox sandbox, ReadOnlyMemory<byte> payload, TimeSpan time)
    {
        using var dynamoDb = new SandboxDynamoDb(sandbox);
        IReplies replies = cloud.Replies(new DynamoDbReplies(new ConversationTable(dynamoDb, Tables.ActiveConnections.Name, cloud.Clock)));
        using var sqs = new SandboxSqs(sandbox, (letter, _) => cloud.AnswersPutAside.Add(letter));
        var deadLetters = new DeadLetterQueue(sqs, "https://sqs.invalid/connect_event_handler_dead_letters");
        var notices = new AgentNotices(replies, cloud.Workspace.Client(sandbox), cloud.Repetitions);
        var delivery = new ReplyDelivery(replies, cloud.Phones.Client(sandbox), notices, deadLetters, cloud.Clock, cloud.Repetitions);
        var uploads = new FileUploads(replies, cloud.Agents.Client(sandbox), cloud.Phones.Client(sandbox), notices, cloud.Clock, cloud.Repetitions);
        var function = new Answers(replies, uploads, new ReplyLoop(replies, delivery, Lease.Length, cloud.Clock, cloud.Repetitions), notices, new MessageReceipts(replies, new NoReceipts(), cloud.Log), new TypingIndicator(replies, cloud.Phones.Client(sandbox), cloud.Clock, cloud.Log), null, cloud.Clock, cloud.Repetitions);
        using Stream answer = QueueEvent.Answer(await function.HandleAsync(Notifications.Read(payload), time));
        return ReadAll(answer);
    }

    private async Task<ReadOnlyMemory<byte>> SendTemplateAsync(Sandbox sandbox, ReadOnlyMemory<byte> payload, TimeSpan time)
    {
        using var dynamoDb = new SandboxDynamoDb(sandbox);
        ISendings sendings = cloud.Sendings(new DynamoDbSendings(new ConversationTable(dynamoDb, Tables.ActiveConnections.Name, cloud.Clock)));
        var sender = new OnceSender(sendings, cloud.Flows.Client(sandbox), cloud.Clock, cloud.Log);
        var function = new Templates(TemplateSettings.SourceIn(cloud.Flows, SettingsSource.TemplateParameter, cloud.Clock, cloud.Log), sender, cloud.Clock, cloud.Log);
        using Stream answer = (await function.HandleAsync(payload, "request", time)).ToJson();
        return ReadAll(answer);
    }

    private static ReadOnlyMemory<byte> ReadAll(Stream answer)
    {
        using var json = new MemoryStream();
        answer.CopyTo(json);
        return json.ToArray();
    }

    /// <summary>An aggregator that maps raw keys to conversations as it reads them.</summary>
    private ReadOnlyMemory<byte> WithConversations(ReadOnlyMemory<byte> payload)
    {
        if (cloud.ConversationOf is not { } conversationOf)
        {
            return payload;
        }

        JsonNode lambdaEvent = JsonNode.Parse(payload.Span)!;
        foreach (JsonNode? record in lambdaEvent["Records"]!.AsArray())
        {
            JsonNode change = record!["dynamodb"]!;
            foreach (JsonNode image in new[] { change["Keys"]!, change["NewImage"]! })
            {
                image[RawAttributes.From]!["S"] = conversationOf(image[RawAttributes.From]!["S"]!.GetValue<string>());
            }
        }

        return Encoding.UTF8.GetBytes(lambdaEvent.ToJsonString());
    }

    /// <summary>Receipts are tried once, and prove nothing.</summary>
    private sealed class NoReceipts : IParticipant
    {
        public Task<string?> TellAsync(string connectionToken, string messageId, bool isRead, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    }
}
