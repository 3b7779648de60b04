using System.Security.Cryptography;
using Amazon.DynamoDBv2;
using LocalAws;
using LocalAws.Clock;
using LocalAws.Connect;
using LocalAws.Faults;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;
using WhatsAppBuffer.Simulator.App.Agents;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Simulator.App.DeadLetters;
using WhatsAppBuffer.Simulator.App.Deployment;
using WhatsAppBuffer.Simulator.App.Observation;
using WhatsAppBuffer.Simulator.App.Scenarios;
using WhatsAppBuffer.Simulator.App.Storage;
using WhatsAppBuffer.Simulator.App.Words;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App;

/// <summary>What the control API and the page do with a running system: send, look, act as the agent, reset.</summary>
internal sealed class Simulation
{
    private static readonly TimeSpan PollOfTheStream = TimeSpan.FromSeconds(1);

    private readonly LocalCloud _cloud;
    private readonly OpenStorage _storage;
    private readonly DeployedPipeline _pipeline;
    private readonly SimulatorOptions _options;
    private readonly Uri _uri;
    private readonly Journal _journal;
    private readonly CallCounter _calls = new();
    private readonly FunctionRights _rights = new();
    private readonly LostAnswers _lostAnswers = new();
    private readonly ReceiptBoard _receipts;
    private readonly string? _resetWord;
    private readonly PriceList _prices = PriceList.Read();
    private StatisticsView _baseline;

    public Simulation(LocalCloud cloud, CloudClock clock, OpenStorage storage, DeployedPipeline pipeline, Uri uri, SimulatorOptions options)
    {
        Scenarios = new ScenarioPlayer(uri, TimeProvider.System);
        (_cloud, Clock, _storage, _pipeline, _uri, _options) = (cloud, clock, storage, pipeline, uri, options);
        _resetWord = options.Storage.Home == StorageOptions.Aws ? RandomNumberGenerator.GetHexString(8, lowercase: true) : null;
        _journal = new Journal(cloud.Clock, Resources.RawMessagesTable);
        DeadLetters = new DeadLetterOffice(cloud, uri, Resources);
        Functions = new FunctionDesk(cloud.Lambda, options.Address ?? uri, options.LambdaEndpoint);
        WhatsApp = new WhatsApp(cloud, Resources.TopicIn, _journal);
        cloud.Endpoint.CallCompleted += _journal.OnCall;
        cloud.Endpoint.CallCompleted += _calls.OnCall;
        if (options.Rights)
        {
            cloud.Endpoint.CallCompleted += _rights.OnCall;
        }

        cloud.Endpoint.CallCompleted += _lostAnswers.OnCall;
        _receipts = new ReceiptBoard(cloud.Connect.AgentDesktop);
        Agents = new AnsweringAgents(cloud.Connect.AgentDesktop, cloud.Clock);
        cloud.Mappings.HandedOver += _journal.OnBatch;
        _baseline = Counted();
        if (options.Statuses)
        {
            new StatusWebhooks(cloud, Resources.TopicIn, WhatsApp.Phones.IsOutsideTheWindow).Start();
        }
    }

    public CloudClock Clock { get; }

    /// <summary>The clock, to be frozen, stepped or made faster.</summary>
    /// <exception cref="ArgumentException">The tables live elsewhere: their streams follow the real clock.</exception>
    public CloudClock ClockToChange => _options.Storage.Home == StorageOptions.Embedded
        ? Clock
        : throw new ArgumentException($"With --storage {_options.Storage.Home} the clock stays the real one, which the records of its streams follow. Start the simulator with --storage embedded to change it.");

    /// <summary>Whether the functions are late; see <see cref="LocalAws.Lambda.LambdaEngine.IsBehind"/>.</summary>
    public bool IsBehind(TimeSpan patience) => _cloud.Lambda.IsBehind(patience);

    /// <summary>The cloud, for whoever watches it.</summary>
    public LocalCloud Cloud => _cloud;

    /// <summary>How it is deployed.</summary>
    public PipelineResources Resources => _pipeline.Resources;

    /// <summary>What things cost.</summary>
    public PriceList Prices => _prices;

    /// <summary>Raised when a reset has forgotten everything.</summary>
    public event Action? Forgotten;

    /// <summary>Where the Aspire dashboard is; null while none is known.</summary>
    public Uri? Dashboard => _options.Dashboard.Enabled && Environment.GetEnvironmentVariable(Variables.OtlpEndpoint) is not null ? _options.Dashboard.Url : null;

    public WhatsApp WhatsApp { get; }

    public AnsweringAgents Agents { get; }

    public ScenarioPlayer Scenarios { get; }

    public DeadLetterOffice DeadLetters { get; }

    public FunctionDesk Functions { get; }

    /// <summary>For each attached function, how to start its process; nothing where an orchestrator does.</summary>
    public IEnumerable<string> HowToAttach() => _options.Address is null ? Functions.HowToAttach() : [];

    /// <summary>Where a reset deletes what cannot be had again: the word it needs, which no page knows.</summary>
    public IEnumerable<string> HowToReset() => _resetWord is null ? [] : [$"A reset deletes the items of {TablesInTheAccount} in your AWS account, and needs a word: curl -X POST '{Shown}_wab/reset?word={_resetWord}'"];

    private string TablesInTheAccount => string.Join(" and ", Resources.Tables.Select(table => table.Request.TableName));

    private Uri Shown => _options.Address ?? _uri;

    public IReadOnlyList<MessageTimes> Times => _journal.All;

    /// <summary>A customer writes the messages of the guide's burst without a pause, once each has a process that waits for it.</summary>
    public async Task<IReadOnlyList<CustomerMessage>> SendBurstAsync(string customer)
    {
        IReadOnlyList<ScriptLine> burst = ScenarioScript.Write(ScenarioFile.Read("rapid-burst"));
        await WarmUpAsync(FunctionSpecs.OnRawMessages.Name, burst.Count);
        return WhatsApp.Send([.. burst.Select(line => line.Request with { Customer = customer, Id = null })]);
    }

    /// <summary>Starts processes of a function ahead, up to its concurrency; nothing where they are not the simulator's own to start.</summary>
    /// <exception cref="LocalAws.Endpoint.AwsException">There is no such function.</exception>
    public Task WarmUpAsync(string functionName, int processes)
    {
        // A template may give its names a prefix.
        string name = Resources.Functions.FirstOrDefault(name => name.EndsWith(functionName, StringComparison.Ordinal), functionName);
        return _cloud.Lambda.GetFunction(name).Code is FunctionCode.Program ? _cloud.Lambda.WarmUpAsync(name, processes) : Task.CompletedTask;
    }

    public StatusView Status()
    {
        ClockReading clock = Clock.Read();
        var shards = _cloud.Mappings.GetShards(_pipeline.MappingId);
        EventSourceMappingState mapping = _cloud.Mappings.Get(_pipeline.MappingId);
        return new StatusView
        {
            Now = clock.Now,
            Speed = clock.Speed,
            Frozen = clock.IsFrozen,
            BufferSeconds = Resources.BufferSeconds,
            Release = Resources.IsQuiet ? "quiet" : "window",
            Buffered = Buffered(),
            Quotas = _options.Quotas.ToString().ToLowerInvariant(),
            Idle = _cloud.Sns.IsIdle && _cloud.Lambda.IsIdle && _cloud.Mappings.IsIdle && Agents.IsIdle && WaitingForSweep() == 0 && _journal.SinceLastStored > PollOfTheStream,
            Parts =
            [
                new PartStatus("local cloud", PartState.Ready, $"{Shown}{string.Concat(_cloud.Observers.Failures.Select(Watcher))}"),
                new PartStatus("storage", PartState.Ready, _storage.Description),
                new PartStatus("page", PartState.Ready, new Uri(Shown, "_wab/").ToString()),
                MappingPart.Of(mapping, shards),
                .. Functions.Parts,
            ],
            Shards =
            [
                .. shards.Select(shard => new ShardView(
                    shard.ShardId,
                    shard.Window is { } window ? ShardView.InWords(window, clock.Now) : null,
                    shard.Waiting,
                    shard.IteratorAge.TotalSeconds,
                    shard.LastError)),
            ],
            DeadLetters = Resources.Queues.ToDictionary(queue => queue, queue => _cloud.Sqs.Peek(queue).Count),
        };
    }

    /// <summary>
    /// What lies in an outbox is on its way even when its wake-up is lost: the sweep finds it. (Where no schedule sweeps, only a redrive would; and of tables that live
    /// elsewhere nothing is known here.)
    /// </summary>
    private int WaitingForSweep() =>
        _cloud.DynamoDb.Statistics().FirstOrDefault(table => table.TableName == Resources.SweptTable)?.IndexItemCounts.GetValueOrDefault(Tables.ActiveConnections.Index!.Name) ?? 0;

    public StatisticsView Statistics() => Counted().Since(_baseline);

    private BufferedView Buffered()
    {
        long sent = WhatsApp.Sent - _baseline.WhatsAppMessagesIn;
        long delivered = _cloud.Connect.Statistics.MessagesIn - _baseline.ConnectMessagesIn;
        return new BufferedView(sent, delivered, delivered == 0 ? 0 : Math.Max(0, sent - delivered) * (decimal)_prices.ConnectChatMessage);
    }

    private StatisticsView Counted()
    {
        ConnectStatistics connect = _cloud.Connect.Statistics;
        var tables = _cloud.DynamoDb.Statistics();
        return new StatisticsView
        {
            Calls = _calls.Snapshot(),
            Rights = _rights.Snapshot(),
            Functions = Resources.Functions.ToDictionary(name => name, name => Usage(_cloud.Lambda.GetStatistics(name))),
            WriteRequestUnits = tables.Sum(table => table.ConsumedWriteUnits),
            ReadRequestUnits = tables.Sum(table => table.ConsumedReadUnits),
            ConnectMessagesIn = connect.MessagesIn,
            ConnectMessagesOut = connect.MessagesOut,
            WhatsAppMessagesIn = WhatsApp.Sent,
            WhatsAppMessagesOut = _cloud.SocialMessaging.SentCount,
            Faults = _cloud.Faults.Counts,
        };
    }

    public IReadOnlyList<ChatView> Chats() => [.. _cloud.Connect.AgentDesktop.Contacts.OrderBy(c => c.StartedAt).Select(Chat)];

    /// <summary>A chat with its transcript; null when there is none of that id.</summary>
    public ChatView? Chat(string contactId) => _cloud.Connect.AgentDesktop.Contacts.FirstOrDefault(contact => contact.Id == contactId) is { } contact ? Chat(contact) : null;

    /// <exception cref="LocalAws.Endpoint.AwsException">There is no such chat.</exception>
    public void EndChat(string contactId) => _cloud.Connect.AgentDesktop.EndChat(contactId);

    /// <summary>Ends the open chats, of one customer or, when none is named, of all.</summary>
    /// <returns>How many.</returns>
    public int EndChats(string? customer)
    {
        List<ContactSummary> open = [.. _cloud.Connect.AgentDesktop.Contacts.Where(c => c.EndedAt is null && (string.IsNullOrEmpty(customer) || c.CustomerName == customer))];
        open.ForEach(contact => EndChat(contact.Id));
        return open.Count;
    }

    /// <exception cref="ArgumentException">An agent cannot send that.</exception>
    /// <exception cref="LocalAws.Endpoint.AwsException">There is no such chat, or it has ended.</exception>
    public void SendAsAgent(string contactId, AgentMessageRequest request)
    {
        if (request.Attach is { } type)
        {
            SampleFile file = SampleFiles.OfAgent(type) ?? throw new ArgumentException($"'attach' is '{type}'; an agent attaches {string.Join(", ", SampleFiles.OfAgents)}.");
            _cloud.Connect.AgentDesktop.SendAttachment(contactId, file.Name, file.MimeType, file.Content);
            return;
        }

        if (request.Text.Length == 0)
        {
            throw new ArgumentException("'text' is empty; give what the agent writes, or a file to 'attach'.");
        }

        if (request.ContentType is not ("text/plain" or "text/markdown"))
        {
            throw new ArgumentException($"'contentType' is {request.ContentType}; an agent writes text/plain or text/markdown.");
        }

        _cloud.Connect.AgentDesktop.SendMessage(contactId, request.Text, request.ContentType);
    }

    /// <exception cref="ArgumentException">The request names nobody, or no function sends templates here.</exception>
    public async Task<FunctionAnswer> RunFlowAsync(FlowRequest request, CancellationToken cancellationToken)
    {
        if (request.Customer.Length == 0)
        {
            throw new ArgumentException("'customer' is empty; give the profile name of whoever gets the template.");
        }

        string function = Resources.Functions.FirstOrDefault(name => name.EndsWith(FunctionSpecs.SendWhatsAppMessage.Name, StringComparison.Ordinal))
            ?? throw new ArgumentException($"This deployment has no function {FunctionSpecs.SendWhatsAppMessage.Name}.");
        Customer customer = WhatsApp.Customers.Get(request.Customer, request.Phone);
        return FunctionAnswer.Of(await _cloud.Lambda.InvokeAsync(function, ContactFlow.Event(_cloud.Account, customer, request), cancellationToken));
    }

    /// <exception cref="LocalAws.Endpoint.AwsException">There is no such chat, or it has ended.</exception>
    public void TypeAsAgent(string contactId) => _cloud.Connect.AgentDesktop.Type(contactId);

    public IReadOnlyList<PhoneItem> Phones() =>
        [.. _cloud.SocialMessaging.SentMessages.Select(m => new PhoneItem(m.To ?? "", m.Type, m.About ?? "", PhoneHistory.IsFile(m) ? PhoneHistory.Shown(m) : m.Text ?? "", m.SentAt) { IsDoubtful = _lostAnswers.Contains(m.CallbackData) })];

    public IReadOnlyList<NoticeView> Notices() => [.. _cloud.Connect.AgentDesktop.AgentNotifications.Select(told => new NoticeView(told.CreatedAt, told.Content, told.Recipients))];

    public IReadOnlyList<PhoneMessage> Phone(string customer) =>
        WhatsApp.Customers.Find(customer) is { } known ? WhatsApp.Phones.Of(known, _cloud.SocialMessaging.SentMessages) : [];

    /// <summary>
    /// Forgets messages, chats, dead letters and counts; the clock runs on at the speed it began with. What is still on its way may arrive afterwards.
    /// </summary>
    /// <param name="word">The word that a reset needs here; see <see cref="HowToReset"/>.</param>
    /// <param name="cancellationToken">Cancels what is not yet done.</param>
    /// <exception cref="ArgumentException">It is another.</exception>
    public async Task ResetAsync(string? word, CancellationToken cancellationToken)
    {
        if (_resetWord is not null && word != _resetWord)
        {
            throw new ArgumentException($"A reset deletes the items of {TablesInTheAccount} in your AWS account. Add the word that the simulator showed at its start: POST /_wab/reset?word=…");
        }

        Clock.Accelerate(_options.Speed);
        Clock.GoOn();
        if (_storage.Home is null)
        {
            _cloud.DynamoDb.Reset();
        }
        else
        {
            using AmazonDynamoDBClient dynamoDb = CloudDeployer.DynamoDbAt(_uri, _cloud.Account);
            await TableReset.RunAsync(dynamoDb, Resources.Tables, cancellationToken);
        }

        _cloud.Connect.Clear();
        _cloud.SocialMessaging.Clear();
        _cloud.Sqs.Clear();
        _cloud.Lambda.ForgetEvents();
        WhatsApp.Customers.Clear();
        WhatsApp.Phones.Clear();
        _journal.Clear();
        _lostAnswers.Clear();
        _receipts.Clear();
        Agents.Follow(AnswerPlan.Nobody);
        _baseline = Counted();
        Forgotten?.Invoke();
    }

    public FaultsView Faults() => new(_cloud.Faults.Plan, _cloud.Faults.Counts);

    /// <exception cref="ArgumentException">The plan has a rule that cannot be; says which and why.</exception>
    public void SetFaults(FaultPlan plan) => _cloud.Faults.Set(plan);

    /// <summary>Nothing waits for who watches, but what the page shows may lack something.</summary>
    private static string Watcher(ObserverFailure failure) => $"; {failure.Observer}, which watches {failure.Event}, failed {Plural.Of(failure.Count, "time")}, first with {failure.FirstError}";

    private ChatView Chat(ContactSummary contact) => new(
        contact.Id,
        contact.CustomerName,
        contact.Attributes.GetValueOrDefault("customerId") ?? "",
        contact.State.ToString().ToLowerInvariant(),
        contact.StartedAt,
        contact.EndedAt,
        [.. _cloud.Connect.AgentDesktop.Transcript(contact.Id).Select(Item)])
    {
        Number = BusinessNumber.OfSystem(contact.Attributes.GetValueOrDefault("systemNumber")).DisplayPhoneNumber,
        Attributes = contact.Attributes,
    };

    private static FunctionUsage Usage(FunctionStatistics statistics) => new(statistics.Invocations, statistics.Errors, statistics.GbSeconds);

    /// <summary>A file in a chat, and its bytes; null when there is none of that id.</summary>
    public (ChatFile File, ReadOnlyMemory<byte> Content)? Attachment(string id) =>
        Chats().SelectMany(chat => chat.Transcript).Select(item => item.File).FirstOrDefault(file => file?.Id == id) is { } file && _cloud.Connect.AgentDesktop.ReadAttachment(id) is { } content
            ? (file, content)
            : null;

    private ChatItem Item(TranscriptItem item)
    {
        ChatFile? file = item.Attachments is [var one, ..] ? new ChatFile(one.Id, one.Name, one.ContentType, one.Status) : null;
        return new ChatItem(item.Id, item.Time, item.Participant?.Role ?? "SYSTEM", item.ContentType, file is null ? item.Content ?? "" : $"📎 {file.Name}") { File = file, Receipt = _receipts.Of(item.Id) };
    }
}
