using System.Text;
using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;

namespace Infra.Tests.Stack;

/// <summary>What cfn-lint, or else CloudFormation half-way through a deployment, would complain of. The rule's number stands beside each test.</summary>
public class LintTests
{
    private static readonly int[] LogRetentions =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    /// <summary>Type, property, least, most; from the CloudFormation resource reference.</summary>
    private static readonly (string Type, string Property, int Least, int Most)[] Ranges =
    [
        ("AWS::Lambda::Function", "MemorySize", 128, 10_240),
        ("AWS::Lambda::Function", "Timeout", 1, 900),
        ("AWS::Lambda::Function", "ReservedConcurrentExecutions", 0, 900),
        ("AWS::Lambda::EventSourceMapping", "BatchSize", 1, 10_000),
        ("AWS::Lambda::EventSourceMapping", "MaximumBatchingWindowInSeconds", 0, 300),
        ("AWS::Lambda::EventSourceMapping", "TumblingWindowInSeconds", 0, 900),
        ("AWS::Lambda::EventSourceMapping", "MaximumRetryAttempts", -1, 10_000),
        ("AWS::Lambda::EventSourceMapping", "MaximumRecordAgeInSeconds", 60, 604_800),
        ("AWS::Lambda::EventInvokeConfig", "MaximumRetryAttempts", 0, 2),
        ("AWS::Lambda::EventInvokeConfig", "MaximumEventAgeInSeconds", 60, 21_600),
        ("AWS::SQS::Queue", "MessageRetentionPeriod", 60, 1_209_600),
        ("AWS::CloudWatch::Alarm", "EvaluationPeriods", 1, 1_440),
    ];

    /// <summary>Type, property, and what AWS allows it to be.</summary>
    private static readonly (string Type, string Property, string Pattern)[] Names =
    [
        ("AWS::DynamoDB::Table", "TableName", "^[a-zA-Z0-9_.-]{3,255}$"),
        ("AWS::Lambda::Function", "FunctionName", "^[a-zA-Z0-9-_]{1,64}$"),
        ("AWS::Lambda::Function", "Runtime", "^(provided.al2023|dotnet10)$"),
        ("AWS::SNS::Topic", "TopicName", "^[a-zA-Z0-9_-]{1,256}$"),
        ("AWS::SQS::Queue", "QueueName", "^[a-zA-Z0-9_-]{1,80}$"),
        ("AWS::SSM::Parameter", "Name", "^/(?!aws|ssm)[a-zA-Z0-9_./-]{1,1010}$"),
        ("AWS::Logs::LogGroup", "LogGroupName", @"^[.\-_/#A-Za-z0-9]{1,512}$"),
        ("AWS::CloudWatch::Alarm", "AlarmName", "^.{1,255}$"),
        ("AWS::CloudWatch::Dashboard", "DashboardName", "^[a-zA-Z0-9_-]{1,255}$"),
    ];

    public static TheoryData<string> All => Deployments.All;

    [Theory]
    [MemberData(nameof(All))]
    public void E1010_E1012_E3005_References_lead_somewhere(string deployment)
    {
        JsonObject raw = Deployments.Named(deployment).Raw;
        HashSet<string> known = [.. raw["Resources"]!.AsObject().Select(it => it.Key), .. raw["Parameters"]!.AsObject().Select(it => it.Key)];

        Assert.All(References.In(raw), id => Assert.True(known.Contains(id) || id.StartsWith("AWS::", StringComparison.Ordinal), id));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void E3004_No_resource_waits_for_itself(string deployment)
    {
        Assert.Null(References.FindCycle(Deployments.Named(deployment).Raw["Resources"]!.AsObject()));
    }

    [Fact]
    public void E3004_A_cycle_would_be_found()
    {
        JsonObject resources = JsonNode.Parse("""
            { "A": { "Ref": "B" }, "B": { "Fn::Sub": "${C.Arn}" }, "C": { "DependsOn": ["A"] }, "D": { "Ref": "A" } }
            """)!.AsObject();

        Assert.Equal("A → B → C → A", References.FindCycle(resources));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void E1002_E3010_E3012_The_template_keeps_within_CloudFormations_limits(string deployment)
    {
        Template template = Deployments.Named(deployment);

        Assert.True(Encoding.UTF8.GetByteCount(template.Raw.ToJsonString()) < 1_000_000);
        Assert.True(template.Resources.Count <= 500);
        Assert.All(template.Raw["Resources"]!.AsObject(), resource => Assert.Matches("^[A-Za-z0-9]{1,255}$", resource.Key));
        Assert.All(template.Raw["Outputs"]!.AsObject(), output => Assert.Matches("^[A-Za-z0-9]{1,255}$", output.Key));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void E3030_E3034_Numbers_are_in_their_ranges(string deployment)
    {
        Template template = Deployments.Named(deployment);
        foreach ((string type, string property, int least, int most) in Ranges)
        {
            Assert.All(Values(template, type, property), value => Assert.InRange(value.GetValue<int>(), least, most));
        }

        Assert.All(Values(template, "AWS::Logs::LogGroup", "RetentionInDays"), days => Assert.Contains(days.GetValue<int>(), LogRetentions.AsEnumerable()));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void E3031_Names_are_ones_that_AWS_takes_and_no_two_are_the_same(string deployment)
    {
        Template template = Deployments.Named(deployment);
        foreach ((string type, string property, string pattern) in Names)
        {
            string[] values = [.. Values(template, type, property).Select(value => value.GetValue<string>().Replace("${AWS::Region}", "eu-west-1", StringComparison.Ordinal))];

            Assert.NotEmpty(values);
            Assert.All(values, value => Assert.Matches(pattern, value));
            Assert.True(property == "Runtime" || values.Distinct().Count() == values.Length, property);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void E3039_Attributes_are_declared_when_they_are_keys_and_only_then(string deployment)
    {
        Assert.All(Deployments.Named(deployment).OfType("AWS::DynamoDB::Table"), table => Assert.Equal(
            KeysIn(table.Properties).Distinct().Order(StringComparer.Ordinal),
            table.Properties["AttributeDefinitions"]!.AsArray().Select(it => it!["AttributeName"]!.GetValue<string>()).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void E2531_E3663_Variables_are_few_enough_and_none_is_Lambdas_own(string deployment)
    {
        Assert.All(Values(Deployments.Named(deployment), "AWS::Lambda::Function", "Environment"), environment =>
        {
            JsonObject variables = environment["Variables"]!.AsObject();
            Assert.All(variables, variable => Assert.DoesNotMatch("^(AWS_|_|LAMBDA_)", variable.Key));
            Assert.True(variables.Sum(variable => variable.Key.Length + variable.Value!.GetValue<string>().Length) < 4096);
        });
    }

    [Theory]
    [MemberData(nameof(All))]
    public void W3011_What_keeps_data_says_so_for_deletion_and_for_replacement(string deployment)
    {
        string[] keepers = ["AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key", "AWS::SQS::Queue", "AWS::Logs::LogGroup"];

        Assert.All(Deployments.Named(deployment).Resources.Where(resource => keepers.Contains(resource.Type)), resource =>
        {
            (string? deletion, string? replacement) = (resource.Json["DeletionPolicy"]?.GetValue<string>(), resource.Json["UpdateReplacePolicy"]?.GetValue<string>());
            Assert.True((deletion, replacement) is ("RetainExceptOnCreate", "Retain") or ("Delete", "Delete"), $"{resource.Id}: {deletion}, {replacement}");
        });
    }

    [Theory]
    [MemberData(nameof(All))]
    public void W2511_E3510_Policies_are_of_todays_version_and_short_enough(string deployment)
    {
        Template template = Deployments.Named(deployment);
        foreach (JsonNode document in Values(template, "AWS::IAM::Policy", "PolicyDocument").Concat(Values(template, "AWS::IAM::Role", "AssumeRolePolicyDocument")))
        {
            Assert.Equal("2012-10-17", document["Version"]!.GetValue<string>());
            Assert.True(document.ToJsonString().Length < 10_240);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void E3637_Alarms_watch_one_figure_over_whole_minutes(string deployment)
    {
        foreach (JsonNode metrics in Values(Deployments.Named(deployment), "AWS::CloudWatch::Alarm", "Metrics"))
        {
            Assert.Single(metrics.AsArray(), metric => metric!["ReturnData"]?.GetValue<bool>() ?? true);
            Assert.All(metrics.AsArray(), metric => Assert.Matches("^[a-z][a-zA-Z0-9_]*$", metric!["Id"]!.GetValue<string>()));
            Assert.All(
                metrics.AsArray().Select(metric => metric!["MetricStat"]).OfType<JsonObject>(),
                stat => Assert.Equal(0, stat["Period"]!.GetValue<int>() % 60));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void E3002_Parameters_fit_the_standard_tier_and_descriptions_their_limit(string deployment)
    {
        Template template = Deployments.Named(deployment);

        Assert.All(Values(template, "AWS::SSM::Parameter", "Value"), value => Assert.True(Encoding.UTF8.GetByteCount(value.GetValue<string>()) <= 4096));
        Assert.All(Values(template, "AWS::CloudWatch::Alarm", "AlarmDescription"), value => Assert.True(value.GetValue<string>().Length <= 1024));
    }

    private static IEnumerable<string> KeysIn(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "KeySchema"
            ? member.Value!.AsArray().Select(key => key!["AttributeName"]!.GetValue<string>())
            : KeysIn(member.Value)),
        JsonArray items => items.SelectMany(KeysIn),
        _ => [],
    };

    private static IEnumerable<JsonNode> Values(Template template, string type, string property) =>
        template.OfType(type).Select(resource => resource.Properties[property]).OfType<JsonNode>();
}
