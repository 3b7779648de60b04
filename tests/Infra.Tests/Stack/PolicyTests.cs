using Infra.Tests.Synthesis;

namespace Infra.Tests.Stack;

/// <summary>Who may do what. Every policy document of the template is looked at, wherever it stands.</summary>
public class PolicyTests
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
        "MessageKey: kms:GenerateDataKeyWithoutPlaintext on *",
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

    [Fact]
    public void Functions_may_do_what_they_do_and_nothing_else()
    {
        Assert.Equal(
            [
                "OnRawMessages: dynamodb:GetItem on ${ActiveConnectionsTable.Arn}",
                "OnRawMessages: dynamodb:GetItem on ${RawMessagesTable.Arn}",
                "OnRawMessages: dynamodb:PutItem on ${ActiveConnectionsTable.Arn}",
                "OnRawMessages: dynamodb:PutItem on ${RawMessagesTable.Arn}",
                "OnRawMessages: dynamodb:Query on ${ActiveConnectionsTable.Arn}",
                "OnRawMessages: dynamodb:UpdateItem on ${ActiveConnectionsTable.Arn}",
                "OnRawMessages: logs:CreateLogStream on ${OnRawMessagesLog.Arn}",
                "OnRawMessages: logs:PutLogEvents on ${OnRawMessagesLog.Arn}",
                .. Sorted([.. Queues("OnRawMessages", receivesFrom: ["Notifications"]), "OnRawMessages: sqs:SendMessage on ${RepliesQueue.Arn}"]),
                .. Traces("OnRawMessages"),
            ],
            Allowed("OnRawMessages"));
        Assert.Equal(
            [
                "MessageAggregator: dynamodb:DescribeStream on ${RawMessagesTable.StreamArn}",
                "MessageAggregator: dynamodb:GetItem on ${ActiveConnectionsTable.Arn}",
                "MessageAggregator: dynamodb:GetRecords on ${RawMessagesTable.StreamArn}",
                "MessageAggregator: dynamodb:GetShardIterator on ${RawMessagesTable.StreamArn}",
                "MessageAggregator: dynamodb:ListStreams on ${RawMessagesTable.Arn}/stream/*",
                "MessageAggregator: dynamodb:PutItem on ${ActiveConnectionsTable.Arn}",
                "MessageAggregator: dynamodb:Scan on ${ActiveConnectionsTable.Arn}/index/waiting-index",
                "MessageAggregator: dynamodb:UpdateItem on ${ActiveConnectionsTable.Arn}",
                "MessageAggregator: logs:CreateLogStream on ${MessageAggregatorLog.Arn}",
                "MessageAggregator: logs:PutLogEvents on ${MessageAggregatorLog.Arn}",
                "MessageAggregator: s3:ListBucket on ${MediaBucket.Arn}",
                "MessageAggregator: s3:PutObject on ${MediaBucket.Arn}/aws/lambda/*",
                .. Sorted([.. Queues("MessageAggregator"), "MessageAggregator: sqs:SendMessage on ${WakeUpsQueue.Arn}"]),
                "MessageAggregator: ssm:GetParameter on arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${ChatConfig}",
                .. Traces("MessageAggregator"),
            ],
            Allowed("MessageAggregator"));
        Assert.Equal(
            [
                $"WhatsAppEventHandler: connect:StartChatContact on {Connect}*",
                $"WhatsAppEventHandler: connect:StartChatContact on {Connect}*/contact-flow/*",
                $"WhatsAppEventHandler: connect:StartContactStreaming on {Connect}*",
                $"WhatsAppEventHandler: connect:StartContactStreaming on {Connect}*/contact/*",
                "WhatsAppEventHandler: dynamodb:DeleteItem on ${ActiveConnectionsTable.Arn}",
                "WhatsAppEventHandler: dynamodb:GetItem on ${ActiveConnectionsTable.Arn}",
                "WhatsAppEventHandler: dynamodb:PutItem on ${ActiveConnectionsTable.Arn}",
                "WhatsAppEventHandler: dynamodb:Query on ${ActiveConnectionsTable.Arn}",
                "WhatsAppEventHandler: dynamodb:UpdateItem on ${ActiveConnectionsTable.Arn}",
                "WhatsAppEventHandler: logs:CreateLogStream on ${WhatsAppEventHandlerLog.Arn}",
                "WhatsAppEventHandler: logs:PutLogEvents on ${WhatsAppEventHandlerLog.Arn}",
                "WhatsAppEventHandler: s3:GetObject on ${MediaBucket.Arn}/media/*",
                "WhatsAppEventHandler: s3:ListBucket on ${MediaBucket.Arn}",
                "WhatsAppEventHandler: s3:PutObject on ${MediaBucket.Arn}/media/*",
                $"WhatsAppEventHandler: {Forced[^3]}",
                $"WhatsAppEventHandler: {Forced[^1]}",
                .. Queues("WhatsAppEventHandler", receivesFrom: ["WakeUps", "CustomersFiles"], "CustomersFiles", "WakeUps"),
                "WhatsAppEventHandler: ssm:GetParameter on arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${ChatConfig}",
                .. Traces("WhatsAppEventHandler"),
            ],
            Allowed("WhatsAppEventHandler"));
        Assert.Equal(
            [
                $"ConnectEventHandler: connect:CreateNotification on {Connect}*",
                $"ConnectEventHandler: connect:CreateNotification on {Connect}*/notification/*",
                $"ConnectEventHandler: connect:DescribeContact on {Connect}*/contact/*",
                "ConnectEventHandler: dynamodb:DeleteItem on ${ActiveConnectionsTable.Arn}",
                "ConnectEventHandler: dynamodb:GetItem on ${ActiveConnectionsTable.Arn}",
                "ConnectEventHandler: dynamodb:PutItem on ${ActiveConnectionsTable.Arn}",
                "ConnectEventHandler: dynamodb:Query on ${ActiveConnectionsTable.Arn}",
                "ConnectEventHandler: dynamodb:UpdateItem on ${ActiveConnectionsTable.Arn}",
                "ConnectEventHandler: logs:CreateLogStream on ${ConnectEventHandlerLog.Arn}",
                "ConnectEventHandler: logs:PutLogEvents on ${ConnectEventHandlerLog.Arn}",
                $"ConnectEventHandler: {Forced[^2]}",
                $"ConnectEventHandler: {Forced[^1]}",
                .. Queues("ConnectEventHandler", receivesFrom: ["Replies", "AgentsFiles"]),
                .. Traces("ConnectEventHandler"),
            ],
            Allowed("ConnectEventHandler"));
        Assert.Equal(
            [
                "SendWhatsAppMessage: dynamodb:DeleteItem on ${ActiveConnectionsTable.Arn}",
                "SendWhatsAppMessage: dynamodb:GetItem on ${ActiveConnectionsTable.Arn}",
                "SendWhatsAppMessage: dynamodb:PutItem on ${ActiveConnectionsTable.Arn}",
                "SendWhatsAppMessage: dynamodb:UpdateItem on ${ActiveConnectionsTable.Arn}",
                "SendWhatsAppMessage: logs:CreateLogStream on ${SendWhatsAppMessageLog.Arn}",
                "SendWhatsAppMessage: logs:PutLogEvents on ${SendWhatsAppMessageLog.Arn}",
                $"SendWhatsAppMessage: {Forced[^1]}",
                "SendWhatsAppMessage: ssm:GetParameter on arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${ChatTemplates}",
                .. Traces("SendWhatsAppMessage"),
            ],
            Allowed("SendWhatsAppMessage"));
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

    private static List<string> Allowed(string function) => Sorted(Deployments.Default.Statements()
        .Where(statement => statement.Owner == $"{function}RoleDefaultPolicy" && statement.Allows)
        .SelectMany(statement => statement.Grants)
        .Select(grant => $"{function}: {grant}"));

    private static List<string> Queues(string function, string[]? receivesFrom = null, params string[] sendsTo) => Sorted(
    [
        $"{function}: sqs:SendMessage on ${{{function}DeadLettersQueue.Arn}}",
        .. (receivesFrom ?? []).SelectMany(queue => new[] { "DeleteMessage", "GetQueueAttributes", "ReceiveMessage" }.Select(action => $"{function}: sqs:{action} on ${{{queue}Queue.Arn}}")),
        .. sendsTo.Select(queue => $"{function}: sqs:SendMessage on ${{{queue}Queue.Arn}}"),
    ]);

    private static string[] Traces(string function) => [$"{function}: {Forced[0]}", $"{function}: {Forced[1]}"];

    private static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Distinct().Order(StringComparer.Ordinal)];
}
