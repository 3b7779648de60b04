using System.Text;
using Amazon.DynamoDBv2;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using LocalAws.Delivery;
using LocalAws.DynamoDb.Streams;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.EventSourceMappings.Shards;
using WhatsAppBuffer.ConnectEventHandler.Replies;
using WhatsAppBuffer.MessageAggregator;
using WhatsAppBuffer.OnRawMessages.Conversations;
using WhatsAppBuffer.Redrive;
using WhatsAppBuffer.Redrive.Letters;
using WhatsAppBuffer.SendWhatsAppMessage.Sending;
using WhatsAppBuffer.Topology;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppEventHandler.Tests.World;

namespace Simulation.Tests.World;

/// <summary>
/// The whole way on one thread and a clock of its own: SNS, the three functions, DynamoDB and its stream, the event source mapping, what
/// carries wake-ups, and Connect. The functions, Amazon's DynamoDB client, DynamoDB and the mapping are the real ones; every call and every
/// invocation is a step that takes time and can go wrong. The same seed gives the same run.
/// </summary>
internal sealed class Cloud : IDisposable
{
    /// <summary>What turns in circles ends soon, not in hours of the clock.</summary>
    private const int MostMoments = 400_000;

    /// <summary>The mapping reads four times a second: when nothing was under way for so long, it has read everything.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly SimulatedThread _thread;
    private readonly List<Task> _running = [];
    private MappingRun? _mapping;
    private DateTimeOffset _lastBusyAt;
    private string? _broken;

    public Cloud(int seed, int shards = 2, Wiring wiring = Wiring.Queues)
    {
        Wiring = wiring;
        HasSweep = wiring is Wiring.Queues;
        Random = new Random(seed);
        _thread = new SimulatedThread(Random);
        DynamoDb = new InProcessDynamoDb(Clock, shards);
        Connect = new FakeConnect(Clock) { Fail = (operation, text) => Refuses.Contains(text) ? FakeConnect.Refused(operation) : null };
        Lambda = new LambdaPlatform(this);
        Latency = () => TimeSpan.FromMilliseconds(Random.Next(1, 120));
        RouteCaches = [new(Clock), new(Clock), new(Clock)];
        Sns = Carrier(FunctionSpecs.OnRawMessages);
        WakeUps = Carrier(FunctionSpecs.WhatsAppEventHandler);
        Answers = Carrier(FunctionSpecs.ConnectEventHandler);
        FilesOfCustomers = FilesCarrier(FunctionSpecs.WhatsAppEventHandler) ?? WakeUps;
        FilesOfAgents = FilesCarrier(FunctionSpecs.ConnectEventHandler) ?? Answers;
        Agents = new Agents(this);
        Customers = new Customers(this);
        Phones = new Phones(this, Customers);
        Flows = new Flows(this);
        ICarrier? FilesCarrier(FunctionSpec function) => wiring is Wiring.Queues ? new SimulatedQueue(this, function, function.FilesQueue!) : null;
        ICarrier Carrier(FunctionSpec function) => wiring is Wiring.Queues ? new SimulatedQueue(this, function) : new AsynchronousInvocations(this, function);
    }

    /// <summary>How functions are told of what they have to do.</summary>
    public Wiring Wiring { get; }

    public Random Random { get; }

    public SimulatedClock Clock { get; } = new();

    public InProcessDynamoDb DynamoDb { get; }

    public FakeConnect Connect { get; }

    public FakeMedia Media { get; } = new();

    /// <summary>How long End User Messaging takes for a file.</summary>
    public Func<TimeSpan> FetchTime { get; set; } = () => TimeSpan.FromMilliseconds(200);

    /// <summary>Whether the event handler lets messages go when the customer has finished, and not the aggregator when a window ends.</summary>
    public bool ReleasesQuiet { get; set; }

    /// <summary>The longest message that Connect is given.</summary>
    public int MaxCharacters { get; set; } = 16;

    public LambdaPlatform Lambda { get; }

    public ILogger Log { get; } = NullLogger.Instance;

    /// <summary>What brings webhooks to <c>on_raw_messages</c>.</summary>
    public ICarrier Sns { get; set; }

    /// <summary>What brings wake-ups from the aggregator to the event handler.</summary>
    public ICarrier WakeUps { get; set; }

    /// <summary>What brings agents' answers from Connect to <c>connect_event_handler</c>.</summary>
    public ICarrier Answers { get; set; }

    /// <summary>What brings work that waits for customers' files to the event handler.</summary>
    public ICarrier FilesOfCustomers { get; set; }

    /// <summary>What brings agents' files from Connect to <c>connect_event_handler</c>.</summary>
    public ICarrier FilesOfAgents { get; set; }

    public Agents Agents { get; }

    public Customers Customers { get; }

    public Phones Phones { get; }

    public Workspace Workspace { get; } = new();

    public Flows Flows { get; }

    public Repetitions Repetitions { get; } = new();

    /// <summary>Whether nobody reads what SQS says of entries of a batch that it did not take.</summary>
    public bool HidesFailedEntries { get; set; }

    /// <summary>Whether what DynamoDB says of transactions that went together is taken for what it says of each.</summary>
    public bool AnswersTransactionsTogether { get; set; }

    /// <summary>Whether the outbox is looked through every five minutes, so that an aggregate whose wake-up was lost is late and no more.</summary>
    public bool HasSweep { get; set; }

    /// <summary>
    /// What sandboxes of <c>on_raw_messages</c> remember of the routes that they found: as many as there are warm sandboxes at a time.
    /// </summary>
    public IReadOnlyList<RouteCache> RouteCaches { get; }

    /// <summary>The conversation's customer that the messages under a raw key belong to. As it is now: the key itself.</summary>
    public Func<string, string>? ConversationOf { get; set; }

    /// <summary>How long half a call takes.</summary>
    public Func<TimeSpan> Latency { get; set; }

    /// <summary>What goes wrong at a step.</summary>
    public Func<string, Trouble> Trouble { get; set; } = _ => World.Trouble.None;

    /// <summary>Every step so far.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>Makes a function another than it is: its requests to DynamoDB…</summary>
    public Action<AmazonDynamoDBRequest> Rewrite { get; set; } = _ => { };

    /// <summary>… its outbox …</summary>
    public Func<IOutbox, IOutbox> Outbox { get; set; } = outbox => outbox;

    /// <summary>… its answers …</summary>
    public Func<IReplies, IReplies> Replies { get; set; } = replies => replies;

    /// <summary>… its sendings …</summary>
    public Func<ISendings, ISendings> Sendings { get; set; } = sendings => sendings;

    /// <summary>… and its chats.</summary>
    public Func<IChats, IChats> Chats { get; set; } = chats => chats;

    /// <summary>Events that Lambda gave up.</summary>
    public Queue<(ICarrier Carrier, byte[] Event)> DeadLetters { get; } = [];

    /// <summary>Parts of aggregates that the event handler put aside.</summary>
    public List<DeadLetter> Refused { get; } = [];

    /// <summary>Answers that <c>connect_event_handler</c> put aside.</summary>
    public List<string> AnswersPutAside { get; } = [];

    /// <summary>Texts that Connect refuses until <see cref="RedriveRefused"/>: they come to the agent late.</summary>
    public HashSet<string> Refuses { get; } = [];

    /// <summary>Batches that the mapping gave up; empty unless it is told to have little patience.</summary>
    public List<RawRecord> GivenUp { get; } = [];

    /// <summary>Texts of messages in <see cref="GivenUp"/>: they come to the agent late, if they had not come before.</summary>
    public HashSet<string> ComesBack { get; } = [];

    /// <summary>What a letter of the event handler's is put back as.</summary>
    public Func<DeadLetter, string> EventOf { get; set; } = letter => letter.Item.Event;

    public StreamMappingSettings MappingSettings { get; set; } = new()
    {
        FunctionName = FunctionSpecs.MessageAggregator.Name,
        EventSourceArn = "",
        BatchSize = BufferSettings.BatchSize,
        MaximumBatchingWindowInSeconds = BufferSettings.DefaultSeconds,
        TumblingWindowInSeconds = BufferSettings.DefaultSeconds,
        BisectBatchOnFunctionError = true,
        ReportBatchItemFailures = true,
        MaximumRetryAttempts = BufferSettings.MaximumRetryAttempts,
        MaximumRecordAgeInSeconds = BufferSettings.MaximumRecordAgeInSeconds,
        OnFailure = "arn:aws:sqs:us-east-1:123456789012:nowhere",
    };

    /// <summary>The next step, and what goes wrong with it.</summary>
    public Trouble TroubleAt(string step)
    {
        Steps.Add(step);
        return Trouble(step);
    }

    public Task DelayAsync(TimeSpan time, CancellationToken cancellationToken = default) => Task.Delay(time, Clock, cancellationToken);

    /// <summary>Begins something that has to come to an end before the run does.</summary>
    public void Begin(Func<Task> work) => _running.Add(_thread.Start(work));

    public void After(TimeSpan delay, Action happens) => Begin(async () =>
    {
        await DelayAsync(delay);
        happens();
    });

    /// <summary>The run says nothing any more; <see cref="Settle"/> will fail.</summary>
    public InvalidOperationException Break(string reason) => new(_broken ??= reason);

    /// <summary>Runs until nothing is under way; then sends each dead letter once more, as an operator does, until there is none.</summary>
    public void Settle()
    {
        Start();
        RunUntilQuiet();
        for (int redrives = 0; DeadLetters.TryDequeue(out (ICarrier Carrier, byte[] Event) letter); redrives++)
        {
            Assert.True(redrives < 100, "The same dead letters come back again and again.");
            letter.Carrier.Accept(letter.Event, TimeSpan.Zero);
            RunUntilQuiet();
        }
    }

    /// <summary>
    /// Days later Connect takes everything, all chats have ended, and an operator puts back what was put aside, some of it twice.
    /// </summary>
    public void RedriveRefused()
    {
        Connect.Fail = (_, _) => null;
        Connect.Contacts.ForEach(contact => contact.Ended = true);
        foreach (DeadLetter letter in Refused.Concat(Refused.Where(_ => Random.Next(2) == 0)).ToList())
        {
            WakeUps.Accept(System.Text.Encoding.UTF8.GetBytes(EventOf(letter)), TimeSpan.Zero);
        }

        Refused.Clear();
        Settle();
    }

    /// <summary>An operator puts back what the mapping gave up, some of it twice.</summary>
    /// <param name="asksFirst">Whether the notes of what was handed over are looked at.</param>
    public void RedriveGivenUp(bool asksFirst = true)
    {
        using var dynamoDb = new OpenDynamoDb(DynamoDb);
        var rows = new RawRows(dynamoDb);
        foreach (RawRecord record in GivenUp.Concat(GivenUp.Where(_ => Random.Next(2) == 0)).ToList())
        {
            Task<string?> done = rows.PutBackAsync(record, asksFirst, CancellationToken.None);
            Assert.True(done.IsCompleted);
            Assert.Null(done.Result);
        }

        GivenUp.Clear();
        Settle();
    }

    /// <summary>What is still under way stays where it is: its clock stands still for ever.</summary>
    public void Dispose() => DynamoDb.Dispose();

    private void Start()
    {
        if (_mapping is not null)
        {
            return;
        }

        var router = new DeliveryRouter();
        router.Add(new GivenUpBatches(this));
        var context = new MappingContext(
            "mapping",
            "arn:aws:lambda:us-east-1:123456789012:function:" + FunctionSpecs.MessageAggregator.Name,
            MappingSettings with { EventSourceArn = DynamoDb.StreamArn },
            [],
            new EmbeddedStreamSource(DynamoDb.Engine),
            Lambda,
            router,
            Clock,
            _ => { },
            (destination, _) => Break($"The mapping gave a batch up, to {destination}."));
        _mapping = new MappingRun(context, [], problem => Break(problem));
        _ = _thread.Start(() => _mapping.RunAsync(CancellationToken.None));
        if (HasSweep)
        {
            _ = _thread.Start(SweepAsync);
        }
    }

    /// <summary>EventBridge's schedule.</summary>
    private async Task SweepAsync()
    {
        var schedule = new AsynchronousInvocations(this, FunctionSpecs.MessageAggregator);
        for (TimeSpan wait = Sweep.Interval * Random.NextDouble(); ; wait = Sweep.Interval)
        {
            await DelayAsync(wait);
            schedule.Accept(Encoding.UTF8.GetBytes($$"""{"detail-type":"Scheduled Event","source":"aws.events","time":"{{Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}}"}"""), TimeSpan.Zero);
        }
    }

    private void RunUntilQuiet()
    {
        _lastBusyAt = Clock.GetUtcNow();
        DateTimeOffset limit = _lastBusyAt + TimeSpan.FromHours(6);
        int moments = 0;
        for (_thread.RunReady(); !IsQuiet(); _thread.RunReady())
        {
            Assert.Null(_broken);
            Assert.True(++moments < MostMoments && Clock.GetUtcNow() < limit, $"The simulation does not come to an end: {Describe()}");
            Clock.GoOn();
        }
    }

    private string Describe() =>
        $"{_running.Count} under way, {string.Join(", ", _mapping!.Shards)}, {DynamoDb.Outbox.Count} in the outbox; last steps: {string.Join(", ", Steps.TakeLast(20))}";

    private bool IsQuiet()
    {
        _running.RemoveAll(task => task.IsCompletedSuccessfully);
        if (_running.Find(task => task.IsCompleted) is { } failed)
        {
            throw failed.Exception!.InnerException!;
        }

        bool isBusy = _running.Count > 0
            || Lambda.UnderWay > 0
            || Lambda.FailedClosings.Count > 0
            || _mapping!.Shards.Any(shard => shard.Waiting > 0)
            || (HasSweep && DynamoDb.Outbox.Count > 0);
        _lastBusyAt = isBusy ? Clock.GetUtcNow() : _lastBusyAt;
        return Clock.GetUtcNow() - _lastBusyAt > Quiet;
    }
}
