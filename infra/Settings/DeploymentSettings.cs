using System.Collections.Frozen;
using System.Runtime.InteropServices;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Settings;

/// <summary>How the stream is cut into invocations of the aggregator.</summary>
internal enum BufferWindow
{
    /// <summary>Tumbling and batching window, as in the guide. AWS refuses a filter with it.</summary>
    Tumbling,

    /// <summary>Batching window alone, with a filter that lets only new messages through.</summary>
    Batching,
}

/// <summary>How functions are packaged.</summary>
internal enum PackageKind
{
    /// <summary>Native AOT executables on <c>provided.al2023</c>.</summary>
    Native,

    /// <summary>Assemblies on the managed runtime <c>dotnet10</c>.</summary>
    Managed,
}

/// <summary>What happens to data when the stack or a resource of it is deleted.</summary>
internal enum DataRemoval
{
    /// <summary>Tables, bucket, key and logs stay; tables and stack are protected against deletion.</summary>
    Retain,

    /// <summary>Everything goes. The bucket must be emptied first.</summary>
    Destroy,
}

/// <summary>What a deployment may choose, each as a context key of the same name: <c>cdk deploy -c bufferSeconds=10</c>.</summary>
internal sealed record DeploymentSettings
{
    /// <summary><c>bufferSeconds</c>, 1–300: how long a burst is collected. Longer joins more messages, and each waits longer.</summary>
    public int BufferSeconds { get; init; } = BufferSettings.DefaultSeconds;

    /// <summary><c>window</c>, tumbling or batching; docs/deploy.md says what each costs.</summary>
    public BufferWindow Window { get; init; } = BufferWindow.Tumbling;

    /// <summary><c>release</c>, window or quiet: whether the clock or the customer ends a burst. <c>quiet</c> has no <c>bufferSeconds</c> and no <c>window</c>.</summary>
    public ReleaseChoice Release { get; init; } = ReleaseChoice.Window;

    /// <summary><c>wiring</c>, queues or guide: whether work waits in queues, or is invoked asynchronously as in the guide.</summary>
    public Wiring Wiring { get; init; } = Wiring.Queues;

    /// <summary>
    /// <c>sweep</c>, true or false: the search for what waits too long, and its index. False is for one deployment on the way from a version with
    /// another index, because DynamoDB changes one index at a time (docs/deploy.md).
    /// </summary>
    public bool Sweep { get; init; } = true;

    /// <summary><c>retentionDays</c>, 1–365: how long raw messages and media are kept.</summary>
    public int RetentionDays { get; init; } = RetentionSettings.DefaultDays;

    /// <summary>
    /// <c>maxMessageCharacters</c>, 16–16,384: longer texts are split. <c>sendCourtesies</c>, true or false: read receipts and reactions for
    /// customers, or neither, where the parameter's <c>courtesies</c> does not say.
    /// </summary>
    public ChatDefaults Chats { get; init; } = new();

    /// <summary><c>packaging</c>, native or managed.</summary>
    public PackageKind Packaging { get; init; } = PackageKind.Native;

    /// <summary><c>architecture</c>, x64 or arm64: of the functions. The same wherever it is synthesized.</summary>
    public Architecture Architecture { get; init; } = Architecture.X64;

    /// <summary><c>stage</c>: the name of the file with these settings; null without one.</summary>
    public string? Stage { get; init; }

    /// <summary><c>functions.NAME.memory</c>, <c>.timeout</c>, <c>.concurrency</c>, <c>.filesConcurrency</c>: the functions as they are to be.</summary>
    public IReadOnlyDictionary<string, FunctionSpec> Functions { get; init; } = FrozenDictionary<string, FunctionSpec>.Empty;

    /// <summary><c>logRetentionDays</c>: how long logs are kept.</summary>
    public int LogRetentionDays { get; init; } = 30;

    /// <summary><c>tableKeyArn</c>: a KMS key of yours for the tables, instead of the one that AWS manages in the account.</summary>
    public string? TableKeyArn { get; init; }

    /// <summary><c>logKeyArn</c>: a KMS key of yours for the logs; its policy must let CloudWatch Logs use it.</summary>
    public string? LogKeyArn { get; init; }

    /// <summary><c>tags.NAME</c>: tags of everything that has tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>
    /// <c>configCreatedWith</c>, INSTANCE/FLOW: what the SSM parameter was created with. <c>./wab.cs deploy</c> gives it from the deployed stack's output, so that the template says for
    /// ever what it said at first, and CloudFormation never writes over what a person has filled in.
    /// </summary>
    public string? ConfigCreatedWith { get; init; }

    /// <summary><c>instanceId</c>: fills the SSM parameter and limits the event handler to this Connect instance.</summary>
    public string? InstanceId { get; init; }

    /// <summary><c>contactFlowId</c>, only with <see cref="InstanceId"/>: fills the SSM parameter and limits the event handler to this flow.</summary>
    public string? ContactFlowId { get; init; }

    /// <summary><c>alarmEmail</c>: a new SNS topic mails alarms here; the address must be confirmed once.</summary>
    public string? AlarmEmail { get; init; }

    /// <summary><c>alarmTopicArn</c>, instead of <see cref="AlarmEmail"/>: an SNS topic of yours that CloudWatch may publish to.</summary>
    public string? AlarmTopicArn { get; init; }

    /// <summary><c>ticketEmail</c>: a new SNS topic mails here the alarms that wake nobody; without it they go where the others go.</summary>
    public string? TicketEmail { get; init; }

    /// <summary><c>ticketTopicArn</c>, instead of <see cref="TicketEmail"/>: an SNS topic of yours for them.</summary>
    public string? TicketTopicArn { get; init; }

    /// <summary><c>silentHours</c>, 1–168: after how many hours without anything from End User Messaging somebody is woken.</summary>
    public int SilentHours { get; init; } = 24;

    /// <summary><c>runbookUrl</c>: where your copy of docs/runbook.md is, for links in alarms and on the dashboard.</summary>
    public string? RunbookUrl { get; init; }

    /// <summary><c>removalPolicy</c>, retain or destroy.</summary>
    public DataRemoval RemovalPolicy { get; init; } = DataRemoval.Retain;

    /// <summary><c>pointInTimeRecovery</c>, true or false: continuous backup of the tables, 35 days back.</summary>
    public bool PointInTimeRecovery { get; init; } = true;

    /// <summary><c>otlpEndpoint</c>: where the functions send telemetry; none unless given. X-Ray is always on.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary><c>prefix</c>: put before every name, for a second deployment in one account and region.</summary>
    public string? Prefix { get; init; }

    /// <summary>
    /// <c>firstDeployment</c>: whether the stack does not exist yet. Its tables and the stack itself are then protected by the deployment after, because CloudFormation cannot take
    /// back what is protected when the first one fails. <c>./wab.cs deploy</c> gives it.
    /// </summary>
    public bool FirstDeployment { get; init; }

    /// <summary>What was given, by key: the rest has its default. What the next deployment is compared with.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Whether a schedule looks for what waits too long: where the event handler has a queue to be woken by.</summary>
    public bool HasSweep => Sweep && Wiring is Wiring.Queues;

    /// <summary>A function as this deployment has it.</summary>
    /// <param name="spec">The function as it is everywhere else.</param>
    public FunctionSpec Of(FunctionSpec spec) => Functions.GetValueOrDefault(spec.Name) ?? spec;

    /// <summary>Name of the stack.</summary>
    public string StackName => Prefix is null ? "WhatsAppBuffer" : $"WhatsAppBuffer-{Prefix}";

    /// <summary>A resource's name in this deployment.</summary>
    /// <param name="name">Its name in <see cref="Topology"/>.</param>
    public string NameOf(string name) => Prefix is null ? name : $"{Prefix}_{name}";

    /// <summary>An SSM parameter's name in this deployment.</summary>
    /// <param name="path">Its name in <see cref="Parameters"/>.</param>
    public string ParameterOf(string path) => Prefix is null ? path : $"/{Prefix}{path}";

    /// <exception cref="DeploymentException">Names every key that is unknown or has no usable value.</exception>
    public static DeploymentSettings Parse(IReadOnlyDictionary<string, string> context)
    {
        var defaults = new DeploymentSettings();
        var read = new ContextReader(context);
        var settings = new DeploymentSettings
        {
            BufferSeconds = read.Whole("bufferSeconds", defaults.BufferSeconds, BufferSettings.MinimumSeconds, BufferSettings.MaximumSeconds),
            Window = read.OneOf("window", defaults.Window),
            Release = read.OneOf("release", defaults.Release),
            Wiring = read.OneOf("wiring", defaults.Wiring),
            Sweep = read.YesOrNo("sweep", defaults.Sweep),
            RetentionDays = read.Whole("retentionDays", defaults.RetentionDays, RetentionSettings.MinimumDays, RetentionSettings.MaximumDays),
            Chats = new ChatDefaults
            {
                MaxMessageCharacters = read.Whole(
                    "maxMessageCharacters", defaults.Chats.MaxMessageCharacters, ChatDefaults.FewestCharacters, ChatDefaults.MostCharacters),
                SendCourtesies = read.YesOrNo("sendCourtesies"),
            },
            Packaging = read.OneOf("packaging", defaults.Packaging),
            Architecture = read.OneOf("architecture", defaults.Architecture, Architecture.X64, Architecture.Arm64),
            FirstDeployment = read.YesOrNo("firstDeployment", false),
            Stage = read.Text("stage", ContextPatterns.Stage(), "the name of a file in deploy/"),
            Functions = FunctionSpecs.All.Select(spec => (Spec: spec, Read: Read(read, spec))).Where(function => function.Read != function.Spec).ToFrozenDictionary(function => function.Spec.Name, function => function.Read),
            LogRetentionDays = read.OneOf("logRetentionDays", defaults.LogRetentionDays, [.. Enum.GetValues<LogRetention>().Cast<int>()]),
            TableKeyArn = read.Text("tableKeyArn", ContextPatterns.KeyArn(), "the ARN of a KMS key"),
            LogKeyArn = read.Text("logKeyArn", ContextPatterns.KeyArn(), "the ARN of a KMS key"),
            Tags = read.Below("tags", ContextPatterns.TagValue(), "at most 256 characters and no comma").ToFrozenDictionary(),
            ConfigCreatedWith = read.Text("configCreatedWith", ContextPatterns.CreatedWith(), "INSTANCE/FLOW as the stack's output says"),
            InstanceId = read.Text("instanceId", ContextPatterns.Id(), "the id of a Connect instance: what follows 'instance/' in its ARN"),
            ContactFlowId = read.Text("contactFlowId", ContextPatterns.Id(), "the id of a flow: what follows 'contact-flow/' in its ARN"),
            AlarmEmail = read.Text("alarmEmail", ContextPatterns.Email(), "an e-mail address"),
            AlarmTopicArn = read.Text("alarmTopicArn", ContextPatterns.TopicArn(), "the ARN of a standard SNS topic"),
            TicketEmail = read.Text("ticketEmail", ContextPatterns.Email(), "an e-mail address"),
            TicketTopicArn = read.Text("ticketTopicArn", ContextPatterns.TopicArn(), "the ARN of a standard SNS topic"),
            SilentHours = read.Whole("silentHours", defaults.SilentHours, 1, 168),
            RunbookUrl = read.Text("runbookUrl", ContextPatterns.Endpoint(), "an http(s) URL without user, password or query"),
            RemovalPolicy = read.OneOf("removalPolicy", defaults.RemovalPolicy),
            PointInTimeRecovery = read.YesOrNo("pointInTimeRecovery", defaults.PointInTimeRecovery),
            OtlpEndpoint = read.Text("otlpEndpoint", ContextPatterns.Endpoint(), "an http(s) URL without user, password or query"),
            Prefix = read.Text(
                "prefix", ContextPatterns.Prefix(), "1–16 lower-case letters and digits, a letter first, not beginning with 'aws' or 'ssm'"),
        };
        read.Require(settings.ContactFlowId is null || settings.InstanceId is not null, "contactFlowId needs instanceId as well.");
        read.Require(settings.AlarmEmail is null || settings.AlarmTopicArn is null, "Give alarmEmail or alarmTopicArn, not both.");
        read.Require(settings.TicketEmail is null || settings.TicketTopicArn is null, "Give ticketEmail or ticketTopicArn, not both.");
        bool isQuiet = settings.Release is ReleaseChoice.Quiet;
        read.Require(!isQuiet || !context.ContainsKey("bufferSeconds"), "bufferSeconds is of release=window; with quiet, quiet_seconds and quiet_max_seconds of the parameter say how long it is waited.");
        read.Require(!isQuiet || !context.ContainsKey("window"), "window is of release=window; with quiet there is none.");
        read.Require(!isQuiet || settings.Wiring is Wiring.Queues, "release=quiet needs wiring=queues: what may not go yet waits in the queue.");
        read.ThrowIfWrong();
        settings = settings with
        {
            Given = context.Where(pair => ContextPatterns.OwnKey().IsMatch(pair.Key) && pair.Key is not ("configCreatedWith" or "firstDeployment")).ToFrozenDictionary(),
        };
        return isQuiet ? settings with { BufferSeconds = BufferSettings.QuietFlushSeconds, Window = BufferWindow.Batching } : settings;
    }

    /// <summary>Time-outs may only be raised: leases and calls to other services are made for those of the specification. A flow waits no longer for its function.</summary>
    private static FunctionSpec Read(ContextReader read, FunctionSpec spec)
    {
        string key = $"functions.{spec.Name}";
        int timeout = spec.Queue is null && spec.DeadLetterQueue is null ? spec.TimeoutSeconds : read.Whole($"{key}.timeout", spec.TimeoutSeconds, spec.TimeoutSeconds, 900);
        return spec with
        {
            MemoryMegabytes = read.Whole($"{key}.memory", spec.MemoryMegabytes, 128, 10_240),
            TimeoutSeconds = timeout,
            Queue = Read(spec.Queue, "concurrency"),
            FilesQueue = Read(spec.FilesQueue, "filesConcurrency"),
        };

        QueueSpec? Read(QueueSpec? queue, string member) => queue is null ? null : queue with
        {
            Concurrency = read.Whole($"{key}.{member}", queue.Concurrency, 2, 1_000),
            VisibilityTimeoutSeconds = Math.Max(queue.VisibilityTimeoutSeconds, timeout * 3 / 2),
        };
    }

    /// <summary>For how many days CloudWatch can keep a log.</summary>
    private enum LogRetention
    {
        Day = 1,
        ThreeDays = 3,
        FiveDays = 5,
        Week = 7,
        TwoWeeks = 14,
        Month = 30,
        TwoMonths = 60,
        ThreeMonths = 90,
        FourMonths = 120,
        FiveMonths = 150,
        HalfYear = 180,
        Year = 365,
        ThirteenMonths = 400,
        EighteenMonths = 545,
        TwoYears = 731,
        FiveYears = 1_827,
        TenYears = 3_653,
    }
}
