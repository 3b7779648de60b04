using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Constructs;
using WhatsAppBuffer.Infra.Packaging;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;
using CpuArchitecture = System.Runtime.InteropServices.Architecture;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>What a <see cref="PipelineFunction"/> is made of.</summary>
internal sealed record PipelineFunctionProps
{
    /// <summary>Name, size and limits.</summary>
    public required FunctionSpec Spec { get; init; }

    /// <summary>The code.</summary>
    public required FunctionPackage Package { get; init; }

    /// <summary>The deployment.</summary>
    public required DeploymentSettings Settings { get; init; }

    /// <summary>What becomes of asynchronous invocations; null for a function that gets none.</summary>
    public AsynchronousEvents? Events { get; init; }
}

/// <summary>What becomes of a function's asynchronous invocations when they fail; Lambda repeats each twice.</summary>
internal enum AsynchronousEvents
{
    /// <summary>They are tried for six hours, and then go to the dead-letter queue.</summary>
    Kept,

    /// <summary>They are forgotten when the next one comes: a schedule's.</summary>
    OfSchedule,
}

/// <summary>
/// A function with its log group, its dead-letter queue and a role of its own, which at first may write that log and X-Ray traces, and nothing
/// else: AWS's ready-made role for functions may write every log in the account.
/// </summary>
internal sealed class PipelineFunction : Construct
{
    private readonly FailureQueue? _deadLetters;

    public PipelineFunction(Construct scope, string id, PipelineFunctionProps props)
        : base(scope, id)
    {
        (FunctionSpec spec, DeploymentSettings settings) = (props.Spec, props.Settings);
        PhysicalName = settings.NameOf(spec.Name);
        _deadLetters = spec.DeadLetterQueue is { } queue
            ? new FailureQueue(this, "DeadLetters", new FailureQueueProps { Name = settings.NameOf(queue), Settings = settings })
            : null;
        Log = new LogGroup(this, "Log", new LogGroupProps
        {
            LogGroupName = $"/aws/lambda/{PhysicalName}",
            EncryptionKey = settings.LogKeyArn is { } logKey ? Key.FromKeyArn(this, "LogKey", logKey) : null,
            RemovalPolicy = settings.CdkRemovalPolicy(),
        });
        // Every number that the settings allow; the construct knows them by name only.
        ((CfnLogGroup)Log.Node.DefaultChild!).RetentionInDays = settings.LogRetentionDays;
        var role = new Role(this, "Role", new RoleProps { AssumedBy = new ServicePrincipal("lambda.amazonaws.com") });
        Log.GrantWrite(role);
        Function = new Function(this, "Function", new FunctionProps
        {
            FunctionName = PhysicalName,
            // By name: this CDK library is older than the runtime dotnet10.
            Runtime = new Runtime(props.Package.Runtime),
            Architecture = settings.Architecture is CpuArchitecture.Arm64 ? Architecture.ARM_64 : Architecture.X86_64,
            Code = Code.FromAsset(props.Package.Directory),
            Handler = props.Package.Handler,
            Role = role,
            LogGroup = Log,
            // The functions write what this says, and the alarms read their lines by member.
            LoggingFormat = LoggingFormat.JSON,
            // Adds the two X-Ray actions on *: X-Ray has no resources to name.
            Tracing = Tracing.ACTIVE,
            MemorySize = spec.MemoryMegabytes,
            Timeout = Duration.Seconds(spec.TimeoutSeconds),
            // A queue's mapping has a limit of its own, and a stream's invokes once for each shard: nothing of the account is reserved.
            ReservedConcurrentExecutions = settings.Wiring is Wiring.Guide ? spec.Concurrency : null,
            MaxEventAge = props.Events switch
            {
                AsynchronousEvents.Kept => Duration.Hours(6),
                AsynchronousEvents.OfSchedule => Duration.Minutes(SweepSettings.IntervalMinutes),
                _ => null,
            },
            RetryAttempts = props.Events is null ? null : 2,
        });
        KeepsEvents = props.Events is AsynchronousEvents.Kept;
        if (KeepsEvents)
        {
            // The construct for it would let the function ask for the queue's attributes and URL too.
            Allow(["sqs:SendMessage"], DeadLetters.Queue.QueueArn);
            ((CfnEventInvokeConfig)Function.Node.FindChild("EventInvokeConfig").Node.DefaultChild!).DestinationConfig = new CfnEventInvokeConfig.DestinationConfigProperty
            {
                OnFailure = new CfnEventInvokeConfig.OnFailureProperty { Destination = DeadLetters.Queue.QueueArn },
            };
        }

        if (settings.TableKeyArn is { } tableKey)
        {
            Function.AddToRolePolicy(new PolicyStatement(new PolicyStatementProps
            {
                Actions = ["kms:Decrypt"],
                Resources = [tableKey],
                Conditions = new Dictionary<string, object>
                {
                    ["StringEquals"] = new Dictionary<string, object> { ["kms:ViaService"] = $"dynamodb.{Stack.Of(this).Region}.{Stack.Of(this).UrlSuffix}" },
                },
            }));
        }

        if (settings.OtlpEndpoint is { } endpoint)
        {
            Function.AddEnvironment(Variables.OtlpEndpoint, endpoint);
        }
    }

    /// <summary>The function's name, as text: <see cref="Function"/> gives a reference instead.</summary>
    public string PhysicalName { get; }

    /// <summary>The function.</summary>
    public Function Function { get; }

    /// <summary>Its log.</summary>
    public LogGroup Log { get; }

    /// <summary>Whether there is something that it cannot do and nobody waits for.</summary>
    public bool HasDeadLetters => _deadLetters is not null;

    /// <summary>Whether what Lambda gives up of its asynchronous invocations goes to its dead letters.</summary>
    public bool KeepsEvents { get; }

    /// <summary>Where what it could not do ends up.</summary>
    public FailureQueue DeadLetters => _deadLetters ?? throw new InvalidOperationException($"{PhysicalName} has no dead letters: its caller waits for the answer.");

    /// <summary>Gives the function variables of <see cref="FunctionVariables"/>.</summary>
    public void Tell(IReadOnlyDictionary<string, string> variables)
    {
        foreach ((string name, string value) in variables)
        {
            Function.AddEnvironment(name, value);
        }
    }

    /// <summary>Lets the function call these actions on these resources.</summary>
    public void Allow(string[] actions, params string[] resources) =>
        Function.AddToRolePolicy(new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = resources }));
}
