using System.Text;
using System.Text.Json.Nodes;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Fidelity;

namespace App.Tests.Fidelity;

public class ReplayStacksTests
{
    private const int MaxBytesInARequest = 51_200;

    private static readonly IReadOnlyList<Recording> All = Recording.Load([]);

    private static string NameOf(Recording recording) => $"wab-0000-{recording.Name}";

    private static JsonObject Main => ReplayStacks.Template(All, NameOf);

    private static JsonObject Mappings => ReplayStacks.MappingTemplate(All, NameOf, recording => $"stream of {recording.Name}");

    private static IEnumerable<JsonNode> Resources(JsonObject template, string type) =>
        template["Resources"]!.AsObject().Select(resource => resource.Value!).Where(resource => resource["Type"]!.GetValue<string>() == type).Select(resource => resource["Properties"]!);

    [Fact]
    public void The_recordings_of_the_tests_are_those_that_are_replayed() => Assert.Equal(11, All.Count);

    [Fact]
    public void An_unknown_recording_is_refused_with_the_names_of_those_there_are() =>
        Assert.Contains("batching-window-timer", Assert.Throws<UserErrorException>(() => Recording.Load(["nothing"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_recording_has_its_table_queue_log_group_function_and_mapping_by_its_name()
    {
        string[] names = [.. All.Select(NameOf)];

        Assert.Equal(names, Resources(Main, "AWS::DynamoDB::Table").Select(table => table["TableName"]!.GetValue<string>()));
        Assert.Equal(names, Resources(Main, "AWS::SQS::Queue").Select(queue => queue["QueueName"]!.GetValue<string>()));
        Assert.Equal(names.Select(name => $"/aws/lambda/{name}"), Resources(Main, "AWS::Logs::LogGroup").Select(group => group["LogGroupName"]!.GetValue<string>()));
        Assert.Equal(names, Resources(Main, "AWS::Lambda::Function").Select(function => function["FunctionName"]!.GetValue<string>()));
        Assert.Equal(names, Resources(Mappings, "AWS::Lambda::EventSourceMapping").Select(mapping => mapping["FunctionName"]!.GetValue<string>()));
        Assert.All(names, name => Assert.InRange(name.Length, 1, 64));
    }

    [Fact]
    public void Templates_are_small_enough_to_be_sent_with_the_request() =>
        Assert.All([Main, Mappings], template => Assert.InRange(Encoding.UTF8.GetByteCount(template.ToJsonString()), 1, MaxBytesInARequest));

    [Fact]
    public void A_mapping_has_the_settings_of_its_recording()
    {
        JsonNode mapping = Resources(Mappings, "AWS::Lambda::EventSourceMapping").First(mapping => mapping["FunctionName"]!.GetValue<string>().EndsWith("record-age-exceeded", StringComparison.Ordinal));

        Assert.Equal(60, mapping["MaximumRecordAgeInSeconds"]!.GetValue<int>());
        Assert.Equal("TRIM_HORIZON", mapping["StartingPosition"]!.GetValue<string>());
        Assert.Equal("stream of record-age-exceeded", mapping["EventSourceArn"]!.GetValue<string>());
    }

    [Fact]
    public void The_role_may_send_to_the_replays_own_queues_only()
    {
        JsonNode statement = Resources(Main, "AWS::IAM::Role").Single()["Policies"]![0]!["PolicyDocument"]!["Statement"]![0]!;

        Assert.Equal("sqs:SendMessage", statement["Action"]!.GetValue<string>());
        Assert.Equal(All.Count, statement["Resource"]!.AsArray().Count);
        Assert.All(statement["Resource"]!.AsArray(), arn => Assert.EndsWith(":wab-0000-", arn!["Fn::Sub"]!.GetValue<string>()[..(arn["Fn::Sub"]!.GetValue<string>().LastIndexOf(':') + 10)], StringComparison.Ordinal));
    }
}
