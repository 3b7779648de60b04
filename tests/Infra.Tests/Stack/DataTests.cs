using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;

namespace Infra.Tests.Stack;

public class DataTests
{
    [Fact]
    public void Media_are_private_encrypted_and_go_when_messages_go()
    {
        Deployments.Default.ShouldHave("MediaBucket", """
            {
              "PublicAccessBlockConfiguration": {
                "BlockPublicAcls": true, "BlockPublicPolicy": true, "IgnorePublicAcls": true, "RestrictPublicBuckets": true
              },
              "OwnershipControls": { "Rules": [{ "ObjectOwnership": "BucketOwnerEnforced" }] },
              "BucketEncryption": { "ServerSideEncryptionConfiguration": [{ "ServerSideEncryptionByDefault": { "SSEAlgorithm": "AES256" } }] },
              "LifecycleConfiguration": {
                "Rules": [{ "Status": "Enabled", "ExpirationInDays": 30, "AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 1 } }]
              }
            }
            """);
        Deployments.Batching.ShouldHave("MediaBucket", """{ "LifecycleConfiguration": { "Rules": [{ "ExpirationInDays": 7 }] } }""");
    }

    [Fact]
    public void Media_travel_over_TLS_only()
    {
        IEnumerable<string> denied = Deployments.Default["MediaBucketPolicy"].Properties["PolicyDocument"]!["Statement"]!.AsArray()
            .Select(statement => $"{statement!["Effect"]} {statement["Action"]} {statement["Condition"]!.ToJsonString()}");

        Assert.Equal(
            ["""Deny s3:* {"Bool":{"aws:SecureTransport":"false"}}""", """Deny s3:* {"NumericLessThan":{"s3:TlsVersion":1.2}}"""],
            denied);
    }

    [Fact]
    public void The_configuration_begins_as_the_guide_has_it()
    {
        Deployments.Default.ShouldHave("ChatConfig", """{ "Name": "/whatsapp_eum_connect_chat/config", "Type": "String" }""");
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {
                  "instance_id": "<your-connect-instance-id>",
                  "contact_flow_id": "<your-contact-flow-id>",
                  "chat_duration_minutes": 60,
                  "ignore_reactions": "yes",
                  "ignore_stickers": "yes"
                }
                """),
            Configuration(Deployments.Default)));
    }

    [Fact]
    public void What_the_deployment_knows_is_filled_in()
    {
        JsonNode configuration = Configuration(Deployments.Scoped);

        Assert.Equal(Deployments.InstanceId, configuration["instance_id"]!.GetValue<string>());
        Assert.Equal(Deployments.ContactFlowId, configuration["contact_flow_id"]!.GetValue<string>());
    }

    [Fact]
    public void The_topic_for_the_event_destination_is_in_Parameter_Store()
    {
        Deployments.Default.ShouldHave("ChatTopicIn", """
            { "Name": "/whatsapp_eum_connect_chat/topic/in", "Type": "String", "Value": "${WhatsAppInTopic}" }
            """);
    }

    [Fact]
    public void The_stack_tells_what_to_do_next()
    {
        JsonObject outputs = Deployments.Default.Readable["Outputs"]!.AsObject();

        Assert.Equal(
            ["TopicInArn ${WhatsAppInTopic}", "ConfigParameter ${ChatConfig}", "TemplateParameter ${ChatTemplates}", "SendWhatsAppMessageArn ${SendWhatsAppMessageFunction.Arn}", "TopicOutArn ${WhatsAppOutTopic}", "MediaBucket ${MediaBucket}", "ConfigCreatedWith -/-", "DeployedSettings {\"architecture\":\"x64\"}", "DashboardName WhatsAppBuffer-${AWS::Region}"],
            outputs.Select(output => $"{output.Key} {output.Value!["Value"]}"));
    }

    [Fact]
    public void A_prefix_stands_before_every_name()
    {
        (string Type, string Property)[] named =
        [
            ("AWS::DynamoDB::Table", "TableName"), ("AWS::SNS::Topic", "TopicName"), ("AWS::SQS::Queue", "QueueName"), ("AWS::Lambda::Function", "FunctionName"), ("AWS::Events::Rule", "Name"),
        ];
        foreach ((string type, string property) in named)
        {
            Assert.All(Deployments.Scoped.OfType(type), it => Assert.StartsWith("test_", it.Properties[property]!.GetValue<string>(), StringComparison.Ordinal));
        }

        Assert.All(
            Deployments.Scoped.OfType("AWS::SSM::Parameter"),
            it => Assert.StartsWith("/test/whatsapp_", it.Properties["Name"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.All(
            Deployments.Scoped.OfType("AWS::Logs::LogGroup"),
            it => Assert.StartsWith("/aws/lambda/test_", it.Properties["LogGroupName"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.All(
            Deployments.Scoped.OfType("AWS::CloudWatch::Alarm"),
            it => Assert.StartsWith("WhatsAppBuffer-test-", it.Properties["AlarmName"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Deployments.All), MemberType = typeof(Deployments))]
    public void Nothing_but_plain_CloudFormation_is_used(string deployment)
    {
        // What a custom resource does is in its function's code, which no other reader of the template can know.
        Assert.DoesNotContain(
            Deployments.Named(deployment).Resources,
            it => it.Type.StartsWith("Custom::", StringComparison.Ordinal) || it.Type is "AWS::CloudFormation::CustomResource" or "AWS::CDK::Metadata");
    }

    private static JsonNode Configuration(Template template) =>
        JsonNode.Parse(template["ChatConfig"].Properties["Value"]!.GetValue<string>())!;
}
