using System.Text;
using System.Text.Json.Nodes;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.Queues;
using WhatsAppBuffer.MessageAggregator;
using WhatsAppBuffer.MessageAggregator.Aggregation;
using WhatsAppBuffer.OnRawMessages;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using WhatsAppBuffer.Tests;
using WhatsAppBuffer.Topology;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;
using Aggregator = WhatsAppBuffer.MessageAggregator.Function;
using EventHandler = WhatsAppBuffer.WhatsAppEventHandler.Function;
using Ingest = WhatsAppBuffer.OnRawMessages.Function;

namespace Simulation.Tests.World;

/// <summary>Lambda: a fresh sandbox for each invocation, killed when its time is over, and invocations as bad as they are allowed to be.</summary>
internal sealed class LambdaPlatform(Cloud cloud) : IFunctionInvoker
{
    private const int MaxCharacters = 16;

    private static InvocationResult Failed => new("request", "Unhandled", "{}"u8.ToArray());

    /// <summary>Invocations that somebody waits for. (The call that closes a window holds no records, and keeps the mapping from reading more.)</summary>
    public int UnderWay { get; private set; }

    /// <inheritdoc/>
    public async Task<InvocationResult> InvokeAsync(string functionName, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        UnderWay++;
        try
        {
            return await TryAsync(functionName, payload, cancellationToken);
        }
        finally
        {
            UnderWay--;
        }
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
        : DeliverAsync(sandbox, payload, time);

    private async Task<ReadOnlyMemory<byte>> StoreAsync(Sandbox sandbox, ReadOnlyMemory<byte> payload, TimeSpan time)
    {
        using var dynamoDb = new SandboxDynamoDb(sandbox);
        var function = new Ingest(new RawMessageStore(dynamoDb, Tables.RawMessages.Name), TimeSpan.FromDays(RetentionSettings.DefaultDays), null, cloud.Clock, cloud.Log);
        using Stream answer = await function.HandleAsync(Notifications.Read(payload), new LambdaContext { RemainingTime = time });
        return ReadAll(answer);
    }

    private async Task<ReadOnlyMemory<byte>> AggregateAsync(Sandbox sandbox, ReadOnlyMemory<byte> payload, TimeSpan time)
    {
        using var dynamoDb = new SandboxDynamoDb(sandbox);
        using var lambda = new SandboxLambda(sandbox);
        using var sqs = new SandboxSqs(sandbox);
        var table = new ConversationTable(dynamoDb, Tables.ActiveConnections.Name, cloud.Clock);
        var queue = new WakeUpQueue(sqs, "http://queue");
        if (ScheduledEvent.TimeOf(payload.Span) is { } scheduledAt)
        {
            await new Sweep(table, queue, cloud.Clock, cloud.Log).RunAsync(scheduledAt, time);
            return default;
        }

        IEventHandler eventHandler = cloud.Wiring is Wiring.Queues ? queue : new EventHandlerInvoker(lambda, FunctionSpecs.WhatsAppEventHandler.Name);
        var function = new Aggregator(new Outbox(table, null), eventHandler, null, cloud.Clock, cloud.Log);
        using AggregatedBatch batch = WhatsAppBuffer.MessageAggregator.Aggregation.Aggregator.Aggregate(WithConversations(payload));
        using Stream answer = await function.HandleAsync(batch, new LambdaContext { RemainingTime = time });
        return ReadAll(answer);
    }

    private async Task<ReadOnlyMemory<byte>> DeliverAsync(Sandbox sandbox, ReadOnlyMemory<byte> payload, TimeSpan time)
    {
        using var dynamoDb = new SandboxDynamoDb(sandbox);
        var services = new SandboxServices(sandbox);
        var options = new WhatsAppEventHandlerOptions { TableName = Tables.ActiveConnections.Name, MaxMessageCharacters = MaxCharacters, TopicArn = "arn:topic" };
        var table = new ConversationTable(dynamoDb, options.TableName, cloud.Clock);
        IOutbox outbox = cloud.Outbox(new DynamoDbOutbox(table));
        var delivery = new AggregateDelivery(
            outbox, services, services, ChatSettings.SourceIn(services, options.ConfigParameter, cloud.Clock, cloud.Log), options, cloud.Log);
        var deliveries = new DeliveryLoop(outbox, cloud.Chats(new DynamoDbChats(table)), delivery, options.LeaseLength, cloud.Clock, cloud.Log);
        var function = new EventHandler(outbox, deliveries, null, cloud.Clock, cloud.Random, cloud.Log);
        if (QueueEvent.Read(payload) is { } messages)
        {
            using Stream answer = QueueEvent.Answer(await function.HandleAsync(messages, time));
            return ReadAll(answer);
        }

        await function.HandleAsync(EventJson.Read(payload), time);
        return default;
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
}
