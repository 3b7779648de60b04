using System.Text.RegularExpressions;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Topology;

namespace Infra.Tests;

/// <summary>
/// The deployment, the simulator and AppHost read names and settings from Topology; the functions, which know no deployment, repeat what they
/// read. Whoever goes his own way fails here.
/// </summary>
public partial class DriftTests
{
    /// <summary>How a function's source shows that it needs a permission: a client's method, a part of a transaction, an option of a request.</summary>
    private static readonly (string Action, string Source)[] Calls =
    [
        ("dynamodb:GetItem", @"\.GetItemAsync\(|ReturnValuesOnConditionCheckFailure\.ALL_OLD|\btable\.FindAsync\("),
        ("dynamodb:Query", @"\.QueryAsync\("),
        ("dynamodb:Scan", @"\.ScanAsync\("),
        ("dynamodb:PutItem", @"\.PutItemAsync\(|\bPut = |\btable\.PutIfAbsent\("),
        ("dynamodb:UpdateItem", @"\.UpdateItemAsync\(|\bUpdate = |\btable\.TryUpdateAsync\("),
        ("dynamodb:DeleteItem", @"\.DeleteItemAsync\(|\bDelete = "),
        ("dynamodb:ConditionCheckItem", @"\bConditionCheck = "),
        ("lambda:InvokeFunction", @"\blambda\.InvokeAsync\("),
        ("ssm:GetParameter", @"\bnew SsmParameterStore\("),
        ("connect:StartChatContact", @"\.StartChatContactAsync\("),
        ("connect:StartContactStreaming", @"\.StartContactStreamingAsync\("),
        ("connect:StopContact", @"\.StopContactAsync\("),
        ("connect:DescribeContact", @"\.DescribeContactAsync\("),
        ("connect:CreateNotification", @"\.CreateNotificationAsync\("),
        ("social-messaging:SendWhatsAppMessage", @"\.SendWhatsAppMessageAsync\("),
        ("social-messaging:GetWhatsAppMessageMedia", @"\.GetWhatsAppMessageMediaAsync\("),
        ("social-messaging:PostWhatsAppMessageMedia", @"\.PostWhatsAppMessageMediaAsync\("),
        ("s3:GetObject", @"\.GetObjectAsync\("),
    ];

    /// <summary>
    /// Calls without an entry above: a transaction needs what its parts need, a batch what one message does; a queue's policy is the CDK's, given with the destination; chats are
    /// spoken to with a token of theirs, not by IAM. The bucket is also the mapping's, which lists it and writes to it with a function's role: see PolicyTests.
    /// </summary>
    private static readonly string[] Covered =
        ["DynamoDB TransactWriteItems", "Lambda Invoke", "SQS SendMessage", "SQS SendMessageBatch", "ConnectParticipant CreateParticipantConnection", "ConnectParticipant SendMessage",
            "ConnectParticipant GetAttachment", "ConnectParticipant StartAttachmentUpload", "ConnectParticipant CompleteAttachmentUpload", "S3 ListObjectsV2"];

    /// <summary>Names in the parameter with the templates, which look like variables.</summary>
    private static readonly string[] MembersOfTheGuidesDocument = ["ORIGINATION_PHONE_NUMBER_ID", "META_API_VERSION"];

    public static TheoryData<FunctionSpec> Functions => [.. FunctionSpecs.All];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_reads_the_variables_that_every_deployment_gives_it_those_that_some_do_and_no_others(FunctionSpec function)
    {
        IEnumerable<string> read = VariableName().Matches(SourceOf(function.Project)).Select(match => match.Groups["name"].Value)
            // Those Lambda gives to every function.
            .Where(name => !name.StartsWith("AWS_LAMBDA_", StringComparison.Ordinal));
        read = function == FunctionSpecs.SendWhatsAppMessage ? read.Except(MembersOfTheGuidesDocument) : read;
        HashSet<string> given = [.. FunctionVariables.OptionalFor(function)];
        foreach (Wiring wiring in Enum.GetValues<Wiring>())
        {
            Template template = wiring is Wiring.Queues ? Deployments.Default : Deployments.Guide;
            IEnumerable<string> onAws = template[$"{function.Project}Function"].Properties["Environment"]!["Variables"]!.AsObject().Select(variable => variable.Key);
            IEnumerable<string> here = FunctionVariables.Of(function, wiring, ReleaseChoice.Window, "topic", "bucket", queue => new Uri($"http://{queue}"), table => table.Name).Keys;
            Assert.Equal(here.Order(), onAws.Order());
            given.UnionWith(here);
        }

        Assert.Equal(given.Order(), read.Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_may_call_what_it_calls_and_nothing_else(FunctionSpec function)
    {
        string source = SourceOf(function.Project);
        HashSet<string> allowed = [.. Deployments.Default.Statements().Concat(Deployments.Guide.Statements())
            .Where(statement => statement.Owner == $"{function.Project}RoleDefaultPolicy")
            .SelectMany(statement => statement.Grants)
            .Select(grant => grant.Split(' ')[0])];

        Assert.All(Calls, call => Assert.Equal((call.Action, Regex.IsMatch(source, call.Source)), (call.Action, allowed.Contains(call.Action))));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void No_function_calls_what_the_permissions_above_do_not_cover(FunctionSpec function)
    {
        IEnumerable<string> calls =
            from file in Repository.Sources(Path.Combine("Functions", function.Project))
            let source = File.ReadAllText(file)
            from Match client in Client().Matches(source)
            from Match call in Regex.Matches(source, $@"\b{client.Groups["name"].Value}\.(?<operation>\w+)Async\(")
            select $"{client.Groups["service"].Value} {call.Groups["operation"].Value}";

        Assert.NotEmpty(calls);
        Assert.All(calls, call => Assert.True(Covered.Contains(call) || Calls.Any(known => Regex.IsMatch($".{call.Split(' ')[1]}Async(", known.Source)), $"{call}: add what IAM asks for it to the policy and to these tests."));
    }

    [Fact]
    public void The_room_that_decides_what_is_let_go_knows_no_clock()
    {
        string[] files = [.. Repository.Sources(Path.Combine("Functions", "WhatsAppEventHandler", "Release"))];

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotMatch(@"\b(TimeProvider|UtcNow|GetUtcNow|Stopwatch|Environment\.TickCount)\b", File.ReadAllText(file)));
    }

    [Fact]
    public void Log_events_that_alarms_count_are_those_of_the_event_handler()
    {
        Dictionary<string, int> events = LogEvent().Matches(File.ReadAllText(Repository.Path("Functions", "WhatsAppEventHandler", "Log.cs")))
            .ToDictionary(match => match.Groups["name"].Value, match => int.Parse(match.Groups["id"].Value));

        Assert.Equal((LogEvents.CallFailed, LogEvents.DeadLettered), (events["CallFailed"], events["DeadLettered"]));
        Assert.Contains($"LoggerMessage({LogEvents.Swept}, LogLevel.Information, \"Swept: {{Waiting}} aggregates wait, the oldest for {{OldestSeconds}} s", SourceOf("MessageAggregator"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_metric_of_how_long_customers_wait_is_the_one_that_the_event_handler_writes()
    {
        string source = SourceOf("WhatsAppEventHandler");

        Assert.Contains($"Namespace = \"{Metrics.Namespace}\"", source, StringComparison.Ordinal);
        Assert.Contains($"Name = \"{Metrics.ReceiptToAgent}\"", source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schedule_of_sweeps_is_the_one_that_a_sweep_reckons_with()
    {
        Assert.Contains($"Interval = TimeSpan.FromMinutes({SweepSettings.IntervalMinutes});", SourceOf("MessageAggregator"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_event_handler_takes_when_it_is_told_nothing_is_what_it_would_be_told()
    {
        string source = SourceOf("WhatsAppEventHandler");
        var chats = new ChatDefaults();

        Assert.Contains($"MetaApiVersion {{ get; init; }} = \"{MetaApi.DefaultVersion}\"", source, StringComparison.Ordinal);
        Assert.Contains($"MaxMessageCharacters {{ get; init; }} = {chats.MaxMessageCharacters};", source, StringComparison.Ordinal);
        Assert.Contains($"{ChatDefaults.FewestCharacters}, {ChatDefaults.MostCharacters:#\\_###})", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_are_sent_with_the_same_version_of_Metas_API_when_nothing_is_told()
    {
        Assert.Contains($"Text(\"META_API_VERSION\") ?? \"{MetaApi.DefaultVersion}\"", SourceOf("ConnectEventHandler"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("infra")]
    [InlineData("AppHost")]
    [InlineData("Simulator/App")]
    [InlineData("Simulator/Page")]
    public void No_name_of_Topology_is_written_a_second_time(string room)
    {
        string[] names =
        [
            .. Tables.All.SelectMany(table => (string?[])[table.Name, table.Index?.Name]).OfType<string>(),
            .. FunctionSpecs.All.SelectMany(function => (string?[])[function.Name, function.DeadLetterQueue, .. function.Queues.Select(queue => queue.Name)]).OfType<string>(),
            Topics.WhatsAppIn, Topics.WhatsAppOut, SweepSettings.Rule, Parameters.Config, Parameters.Templates, Parameters.TopicIn,
            Variables.RawMessagesTable, Variables.RetentionDays, Variables.WakeUpQueueUrl, Variables.WhatsAppEventHandler, Variables.TableName, Variables.TopicArn,
            Variables.ConfigParamName, Variables.TemplateParamName, Variables.MetaApiVersion, Variables.DeadLetterQueueUrl,
            Variables.MaxMessageCharacters, Variables.SendCourtesies, Variables.AnswerStatusQueueUrl, Variables.LeaseSeconds, Variables.OtlpEndpoint,
        ];
        IEnumerable<string> written =
            from file in Repository.Sources(room)
            let source = File.ReadAllText(file)
            from name in names
            where source.Contains($"\"{name}\"", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Repository.Root, file)}: \"{name}\"";

        Assert.Empty(written);
    }

    private static string SourceOf(string project) => string.Concat(Repository.Sources(Path.Combine("Functions", project)).Select(File.ReadAllText));

    [GeneratedRegex(@"\bI?Amazon(?<service>\w+?)(?:Client)? (?<name>_?[a-z]\w*)\b")]
    private static partial Regex Client();

    [GeneratedRegex(@"""(?<name>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)""")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"\[LoggerMessage\((?<id>\d+),[^\n]*\n\s*public static partial void (?<name>\w+)\(")]
    private static partial Regex LogEvent();
}
