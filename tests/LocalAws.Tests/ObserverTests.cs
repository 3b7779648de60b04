using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Microsoft.Extensions.Logging;
using LocalAws.Connect;
using LocalAws.Delivery;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Invocations;

namespace LocalAws.Tests;

/// <summary>Whoever watches a local cloud cannot stop it.</summary>
public sealed class ObserverTests
{
    [Fact]
    public async Task Whatever_the_observers_of_any_public_event_throw_everything_is_delivered()
    {
        using var log = new CollectedErrors();
        await using LocalCloud cloud = await LocalCloud.StartAsync(new LocalCloudOptions { Logging = log }, cancellationToken: TestContext.Current.CancellationToken);
        ThrowFromEveryEvent(cloud);
        var handled = new ConcurrentQueue<string>();
        string stream = CreateFunctionAndTable(cloud, handled);
        await cloud.Mappings.CreateAsync(
            new StreamMappingSettings { FunctionName = "f", EventSourceArn = stream, MaximumRetryAttempts = 0, OnFailure = Nowhere(cloud) }, TestContext.Current.CancellationToken);
        cloud.Sqs.CreateQueue("orders");
        cloud.Lambda.CreateFunction(new FunctionDefinition { Name = "on_queue", Code = FunctionCode.FromText(_ => Task.FromResult("{}")) });
        await cloud.Mappings.CreateAsync(
            new QueueMappingSettings { FunctionName = "on_queue", EventSourceArn = cloud.Account.Arn("sqs", "orders") }, TestContext.Current.CancellationToken);
        cloud.Sqs.SendMessage("orders", new DeliveryMessage("one hat"));
        cloud.Connect.AddInstance("desk", "flow");
        cloud.SocialMessaging.AddPhoneNumber("phone-number-id-1");
        using var sqs = new AmazonSQSClient(LocalCloud.Credentials, cloud.ClientConfig<AmazonSQSConfig>());

        for (int round = 1; round <= 2; round++)
        {
            cloud.DynamoDb.Put("orders", new JsonObject { ["customer"] = "Kike", ["article"] = $"poison {round}" });
            cloud.Lambda.InvokeEvent("f", new InvocationRequest("\"poison\""u8.ToArray()));
            string contact = cloud.Connect.StartChatContact(new ChatRequest("desk", "flow", "Kike")).ContactId;
            cloud.Connect.AgentDesktop.SendMessage(contact, "Hello");
            Assert.Contains(cloud.Connect.AgentDesktop.Transcript(contact), item => item.Content == "Hello");
            cloud.SocialMessaging.SendWhatsAppMessage(
                "phone-number-id-1", """{"messaging_product":"whatsapp","to":"41790000001","type":"text","text":{"body":"Hello"}}"""u8.ToArray(), "v23.0");
            await sqs.ListQueuesAsync("", TestContext.Current.CancellationToken);
            await Eventually.IsTrueAsync(
                () => handled.Count(what => what == "batch") == round && handled.Count(what => what == "event") == round, $"round {round}: the function was called by the mapping and by the event");
        }

        string[] events = [.. typeof(LocalCloud).Assembly.GetExportedTypes().SelectMany(type => type.GetEvents()).Select(e => e.Name).Distinct().Order()];
        await Eventually.IsTrueAsync(() => cloud.Observers.Failures.Select(failure => failure.Event).Distinct().Count() == events.Length, $"each of {string.Join(", ", events)} was raised");
        Assert.All(cloud.Observers.Failures, failure => Assert.Equal("InvalidOperationException: The observer is broken.", failure.FirstError));
        Assert.Contains(cloud.Observers.Failures, failure => failure.Count > 1);
        Assert.Equal(cloud.Observers.Failures.Count, log.Messages.Count(message => message.StartsWith("The observer ", StringComparison.Ordinal)));
    }

    private static string CreateFunctionAndTable(LocalCloud cloud, ConcurrentQueue<string> handled)
    {
        cloud.Lambda.CreateFunction(new FunctionDefinition
        {
            Name = "f",
            Code = FunctionCode.FromText(text =>
            {
                handled.Enqueue(text.Contains("Records", StringComparison.Ordinal) ? "batch" : "event");
                throw new InvalidOperationException("poison");
            }),
            AsyncInvocation = new AsyncInvocationSettings { MaximumRetryAttempts = 0, OnFailure = Nowhere(cloud) },
        });
        return cloud.DynamoDb.CreateTable("orders", "customer", "article", "NEW_IMAGE")!;
    }

    /// <summary>A queue that is not there: the record is lost, which is told.</summary>
    private static string Nowhere(LocalCloud cloud) => cloud.Account.Arn("sqs", "nowhere");

    /// <summary>Each event of each engine gets two observers that throw; one that came first must not keep the other from being told.</summary>
    private static void ThrowFromEveryEvent(LocalCloud cloud)
    {
        object[] parts = [.. typeof(LocalCloud).GetProperties().Where(property => property.Name is not ("Uri" or "Environment")).Select(property => property.GetValue(cloud)).OfType<object>(), cloud.Connect.AgentDesktop];
        foreach (object part in parts)
        {
            foreach (EventInfo e in part.GetType().GetEvents())
            {
                ParameterExpression[] parameters = [.. e.EventHandlerType!.GetGenericArguments().Select(type => Expression.Parameter(type))];
                Expression broken = Expression.Throw(Expression.New(typeof(InvalidOperationException).GetConstructor([typeof(string)])!, Expression.Constant("The observer is broken.")));
                e.AddEventHandler(part, Expression.Lambda(e.EventHandlerType, broken, parameters).Compile());
            }
        }
    }

    private sealed class CollectedErrors : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Messages { get; } = new();

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Messages.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
