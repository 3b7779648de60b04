using System.Text.RegularExpressions;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Permissions;
using WhatsAppBuffer.Topology;

namespace Infra.Tests.Stack;

/// <summary>Who may do what. Every policy document of the template is looked at, wherever it stands.</summary>
public partial class PolicyTests
{
    private const string Connect = "arn:${AWS::Partition}:connect:${AWS::Region}:${AWS::AccountId}:instance/";

    /// <summary>The wildcards that AWS forces, each explained where it is written.</summary>
    private static readonly string[] Forced =
    [
        // X-Ray has no resources.
        "xray:PutTelemetryRecords on *",
        "xray:PutTraceSegments on *",
        // In a key's own policy * is the key; the first is AWS's way of letting IAM policies decide.
        "MessageKey: kms:* on *",
        "MessageKey: kms:Decrypt on *",
        "MessageKey: kms:GenerateDataKey on *",
        // A list names no stream.
        "dynamodb:ListStreams on ${RawMessagesTable.Arn}/stream/*",
        // Lambda chooses the keys.
        "s3:PutObject on ${MediaBucket.Arn}/aws/lambda/*",
        // End User Messaging chooses what they end with.
        "s3:GetObject on ${MediaBucket.Arn}/media/*",
        "s3:PutObject on ${MediaBucket.Arn}/media/*",
        // Ids that AWS makes after the deployment.
        "social-messaging:GetWhatsAppMessageMedia on arn:${AWS::Partition}:social-messaging:${AWS::Region}:${AWS::AccountId}:phone-number-id/*",
        "social-messaging:PostWhatsAppMessageMedia on arn:${AWS::Partition}:social-messaging:${AWS::Region}:${AWS::AccountId}:phone-number-id/*",
        "social-messaging:SendWhatsAppMessage on arn:${AWS::Partition}:social-messaging:${AWS::Region}:${AWS::AccountId}:phone-number-id/*",
    ];

    /// <summary>While the instance is not given.</summary>
    private static readonly string[] ForcedWithoutInstance =
    [
        $"connect:CreateNotification on {Connect}*",
        $"connect:CreateNotification on {Connect}*/notification/*",
        $"connect:DescribeContact on {Connect}*/contact/*",
        $"connect:StartChatContact on {Connect}*",
        $"connect:StartChatContact on {Connect}*/contact-flow/*",
        $"connect:StartContactStreaming on {Connect}*",
        $"connect:StartContactStreaming on {Connect}*/contact/*",
    ];

    /// <summary>Chats and notifications do not exist yet.</summary>
    private static readonly string[] ForcedWithInstance =
    [
        $"connect:CreateNotification on {Connect}{Deployments.InstanceId}/notification/*",
        $"connect:DescribeContact on {Connect}{Deployments.InstanceId}/contact/*",
        $"connect:StartContactStreaming on {Connect}{Deployments.InstanceId}/contact/*",
    ];

    [Fact]
    public void No_wildcard_but_those_that_AWS_forces()
    {
        Assert.Equal(Sorted([.. Forced, .. ForcedWithoutInstance]), Wildcards(Deployments.Default));
        Assert.Equal(Sorted([.. Forced, .. ForcedWithoutInstance]), Wildcards(Deployments.Batching));
        Assert.Equal(Sorted([.. Forced, .. ForcedWithInstance]), Wildcards(Deployments.Scoped));
    }

    /// <summary>What functions really call is held against the same document where scenarios are played (EndToEnd.Tests).</summary>
    [Theory]
    [MemberData(nameof(Deployments.All), MemberType = typeof(Deployments))]
    public void The_functions_policies_hold_the_lines_of_the_document_and_no_others(string deployment)
    {
        Template template = Deployments.Named(deployment);
        bool isGuide = deployment == nameof(Deployments.Guide);
        HashSet<string> queues = [.. template.OfType("AWS::SQS::Queue").Select(queue => queue.Properties["QueueName"]!.GetValue<string>())];
        bool isSwept = template.OfType("AWS::Events::Rule").Any();
        IEnumerable<string> documented = Permission.Read(File.ReadAllText(Repository.Path("docs", "permissions.md")))
            .Where(right => isGuide || !right.IsOnlyOfGuide)
            .Select(right => right.ToString())
            .Where(right => isSwept || !right.Contains("dynamodb:Scan", StringComparison.Ordinal))
            .Where(right => !right.Contains(" sqs:", StringComparison.Ordinal) || queues.Contains(Prefix(deployment) + right.Split(' ')[2]));

        Assert.Equal(Sorted(documented), Sorted(FunctionSpecs.All.SelectMany(function => RightsOf(template, function, deployment))));
    }

    [Fact]
    public void Every_function_may_write_its_own_log_and_traces()
    {
        Template template = Deployments.Default;

        Assert.All(FunctionSpecs.All, function => Assert.Equal(
            [
                $"logs:CreateLogStream on ${{{function.Project}Log.Arn}}",
                $"logs:PutLogEvents on ${{{function.Project}Log.Arn}}",
                "xray:PutTelemetryRecords on *",
                "xray:PutTraceSegments on *",
            ],
            Sorted(GrantsOf(template, function).Where(IsOfEveryFunction))));
    }

    [Fact]
    public void A_known_instance_and_flow_are_the_only_ones_that_chats_can_start_in()
    {
        IEnumerable<string> starts = Deployments.Scoped.Statements()
            .Where(statement => statement.Allows).SelectMany(statement => statement.Grants)
            .Where(grant => grant.StartsWith("connect:StartChatContact", StringComparison.Ordinal));

        Assert.Equal(
            [
                $"connect:StartChatContact on {Connect}{Deployments.InstanceId}",
                $"connect:StartChatContact on {Connect}{Deployments.InstanceId}/contact-flow/{Deployments.ContactFlowId}",
            ],
            starts);
    }

    [Theory]
    [MemberData(nameof(Deployments.All), MemberType = typeof(Deployments))]
    public void Nothing_is_allowed_to_everybody_or_by_exclusion_or_by_a_policy_out_of_sight(string deployment)
    {
        Template template = Deployments.Named(deployment);

        Assert.All(template.Statements().Where(statement => statement.Allows), statement =>
        {
            Assert.DoesNotContain("\"*\"", statement.Json["Principal"]?.ToJsonString() ?? "");
            Assert.All(["NotAction", "NotResource", "NotPrincipal"], member => Assert.False(statement.Json.ContainsKey(member)));
        });
        Assert.All(template.OfType("AWS::IAM::Role"), role => Assert.False(role.Properties.ContainsKey("ManagedPolicyArns")));
    }

    [Theory]
    [MemberData(nameof(Deployments.All), MemberType = typeof(Deployments))]
    public void No_secret_is_in_the_template(string deployment)
    {
        string[] suspicious = ["AKIA", "BEGIN PRIVATE KEY", "password", "secret", "token", "bearer", "{{resolve:"];
        string template = Deployments.Named(deployment).Text;

        Assert.All(suspicious, word => Assert.DoesNotContain(word, template, StringComparison.OrdinalIgnoreCase));
    }

    private static List<string> Wildcards(Template template) => Sorted(template.Statements()
        .Where(statement => statement.Allows)
        .SelectMany(statement => statement.Grants.Select(grant => statement.Owner == "MessageKey" ? $"MessageKey: {grant}" : grant))
        .Where(grant => grant.Contains('*', StringComparison.Ordinal)));

    private static IEnumerable<string> GrantsOf(Template template, FunctionSpec function) => template.Statements()
        .Where(statement => statement.Owner == $"{function.Project}RoleDefaultPolicy" && statement.Allows)
        .SelectMany(statement => statement.Grants);

    private static bool IsOfEveryFunction(string grant) => grant.StartsWith("logs:", StringComparison.Ordinal) || grant.StartsWith("xray:", StringComparison.Ordinal) || grant.StartsWith("kms:", StringComparison.Ordinal);

    private static string Prefix(string deployment) => deployment == nameof(Deployments.Scoped) ? "test_" : "";

    /// <summary>In the document's words: ends of ARNs, without the prefix and the ids of a deployment.</summary>
    private static IEnumerable<string> RightsOf(Template template, FunctionSpec function, string deployment) => GrantsOf(template, function)
        .Where(grant => !IsOfEveryFunction(grant))
        .Select(grant => grant.Split(" on "))
        .Select(grant => $"{function.Name} {grant[0]} {Placeholder().Replace(grant[1], found => NameOf(template[found.Groups["id"].Value], found.Groups["attribute"].Value))
            .Replace(AnyArn(grant[1]), "", StringComparison.Ordinal)
            .Replace(Deployments.InstanceId, "*", StringComparison.Ordinal)
            .Replace(Deployments.ContactFlowId, "*", StringComparison.Ordinal)
            .Replace("test_", "", StringComparison.Ordinal)
            .Replace("/test/", "/", StringComparison.Ordinal)}");

    private static string AnyArn(string resource) => $"arn:${{AWS::Partition}}:{(resource.Split(':') is [_, _, _, _, var service, ..] ? service : "")}:${{AWS::Region}}:${{AWS::AccountId}}:";

    private static string NameOf(Resource resource, string attribute)
    {
        string Property(string name) => resource.Properties[name]!.GetValue<string>();
        return (resource.Type, attribute) switch
        {
            ("AWS::DynamoDB::Table", ".StreamArn") => $"table/{Property("TableName")}/stream",
            ("AWS::DynamoDB::Table", _) => $"table/{Property("TableName")}",
            ("AWS::SQS::Queue", _) => Property("QueueName"),
            ("AWS::Lambda::Function", _) => $"function:{Property("FunctionName")}",
            ("AWS::S3::Bucket", _) => "bucket",
            ("AWS::SSM::Parameter", _) => Property("Name"),
            _ => $"?{resource.Id}{attribute}",
        };
    }

    [GeneratedRegex(@"\$\{(?<id>[A-Za-z0-9]+)(?<attribute>\.[A-Za-z]+)?\}")]
    private static partial Regex Placeholder();

    private static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Distinct().Order(StringComparer.Ordinal)];
}
