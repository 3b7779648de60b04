using System.Text.Json.Nodes;
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
        ("dynamodb:GetItem", @"\.GetItemAsync\(|ReturnValuesOnConditionCheckFailure\.ALL_OLD"),
        ("dynamodb:Query", @"\.QueryAsync\("),
        ("dynamodb:Scan", @"\.ScanAsync\("),
        ("dynamodb:PutItem", @"\.PutItemAsync\(|\bPut = "),
        ("dynamodb:UpdateItem", @"\.UpdateItemAsync\(|\bUpdate = "),
        ("dynamodb:DeleteItem", @"\.DeleteItemAsync\(|\bDelete = "),
        ("dynamodb:ConditionCheckItem", @"\bConditionCheck = "),
        ("lambda:InvokeFunction", @"\blambda\.InvokeAsync\("),
        ("ssm:GetParameter", @"\.GetParameterAsync\("),
        ("connect:StartChatContact", @"\.StartChatContactAsync\("),
        ("connect:StartContactStreaming", @"\.StartContactStreamingAsync\("),
        ("connect:StopContact", @"\.StopContactAsync\("),
        ("social-messaging:SendWhatsAppMessage", @"\.SendWhatsAppMessageAsync\("),
    ];

    public static TheoryData<FunctionSpec> Functions => [.. FunctionSpecs.All];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_reads_every_variable_that_the_deployment_gives_it(FunctionSpec function)
    {
        string source = SourceOf(function.Project);
        JsonObject variables = Deployments.Default[$"{function.Project}Function"].Properties["Environment"]!["Variables"]!.AsObject();

        Assert.All(variables, variable => Assert.Contains($"\"{variable.Key}\"", source, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_may_call_what_it_calls_and_nothing_else(FunctionSpec function)
    {
        string source = SourceOf(function.Project);
        HashSet<string> allowed = [.. Deployments.Default.Statements()
            .Where(statement => statement.Owner == $"{function.Project}RoleDefaultPolicy")
            .SelectMany(statement => statement.Grants)
            .Select(grant => grant.Split(' ')[0])];

        Assert.All(Calls, call => Assert.Equal((call.Action, Regex.IsMatch(source, call.Source)), (call.Action, allowed.Contains(call.Action))));
    }

    [Fact]
    public void Log_events_that_alarms_count_are_those_of_the_event_handler()
    {
        Dictionary<string, int> events = LogEvent().Matches(File.ReadAllText(Repository.Path("Functions", "WhatsAppEventHandler", "Log.cs")))
            .ToDictionary(match => match.Groups["name"].Value, match => int.Parse(match.Groups["id"].Value));

        Assert.Equal((LogEvents.CallFailed, LogEvents.DeadLettered), (events["CallFailed"], events["DeadLettered"]));
    }

    [Fact]
    public void The_event_handler_speaks_the_same_version_of_Metas_API_by_default()
    {
        Assert.Contains($"MetaApiVersion {{ get; init; }} = \"{MetaApi.DefaultVersion}\"", SourceOf("WhatsAppEventHandler"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("infra")]
    [InlineData("AppHost")]
    [InlineData("Simulator/App")]
    public void No_name_of_Topology_is_written_a_second_time(string room)
    {
        string[] names =
        [
            .. Tables.All.SelectMany(table => (string?[])[table.Name, table.Index?.Name]).OfType<string>(),
            .. FunctionSpecs.All.SelectMany(function => (string[])[function.Name, function.DeadLetterQueue]),
            Topics.WhatsAppIn, Topics.WhatsAppOut, Parameters.Config, Parameters.TopicIn,
            Variables.RawMessagesTable, Variables.RetentionDays, Variables.WhatsAppEventHandler, Variables.TableName, Variables.TopicArn,
            Variables.ConfigParamName, Variables.MetaApiVersion, Variables.DeadLetterQueueUrl,
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

    [GeneratedRegex(@"\[LoggerMessage\((?<id>\d+),[^\n]*\n\s*public static partial void (?<name>\w+)\(")]
    private static partial Regex LogEvent();
}
