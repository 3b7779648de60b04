using LocalAws.Events;
using LocalAws.Lambda.EventSourceMappings;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Deployment;
using WhatsAppBuffer.Simulator.App.Deployment.Templates;
using WhatsAppBuffer.Topology;

namespace App.Tests.Deployment.Templates;

public class TemplateReaderTests
{
    private const string Table = """
        "Table": { "Type": "AWS::DynamoDB::Table", "Properties": {
          "TableName": "raw", "BillingMode": "PAY_PER_REQUEST", "StreamSpecification": { "StreamViewType": "NEW_IMAGE" } } }
        """;

    private static UserErrorException Refused(string resources) => Assert.Throws<UserErrorException>(() => SmallTemplate.ReadResources(resources));

    [Fact]
    public void The_synthesized_template_declares_what_the_simulator_sets_up_without_one()
    {
        IReadOnlyList<CloudResource> template = SmallTemplate.Read(SmallTemplate.Synthesized).Resources;
        IReadOnlyList<CloudResource> topology = new TopologyResources(SmallTemplate.Account, SmallTemplate.Endpoint, Wiring.Queues, ReleaseChoice.Window, BufferSettings.DefaultSeconds, _ => SmallTemplate.Code, table => table.Name).All;

        Assert.Equivalent(Named<TableResource>(topology), Named<TableResource>(template), strict: true);
        Assert.Equivalent(Named<TopicResource>(topology), Named<TopicResource>(template), strict: true);
        Assert.Equivalent(Named<BucketResource>(topology), Named<BucketResource>(template), strict: true);
        Assert.Equivalent(Named<QueueResource>(topology), Named<QueueResource>(template), strict: true);
        Assert.Equivalent(Named<ParameterResource>(topology), Named<ParameterResource>(template), strict: true);
        Assert.Equivalent(Named<FunctionResource>(topology), Named<FunctionResource>(template), strict: true);
        Assert.Equivalent(Named<SubscriptionResource>(topology), Named<SubscriptionResource>(template), strict: true);
        Assert.Equivalent(Named<MappingResource>(topology), Named<MappingResource>(template), strict: true);
        Assert.Equivalent(Named<QueueMappingResource>(topology), Named<QueueMappingResource>(template), strict: true);
        Assert.Equivalent(Named<ScheduleResource>(topology), Named<ScheduleResource>(template), strict: true);
        Assert.Equal(topology.Count, template.Count);

        static T[] Named<T>(IReadOnlyList<CloudResource> resources)
            where T : CloudResource => [.. resources.OfType<T>().Select(resource => resource with { Id = "" })];
    }

    [Fact]
    public void What_is_left_out_is_listed_by_type_with_its_name()
    {
        TemplateContents read = SmallTemplate.Read(SmallTemplate.Synthesized);

        Assert.Contains(new IgnoredPart("AWS::KMS::Key", "MessageKey0AD9B42D"), read.Ignored);
        Assert.Contains(new IgnoredPart("AWS::Lambda::Function", "Role", IsProperty: true), read.Ignored);
        Assert.Contains(read.Summary, line => line.Contains("AWS::S3::BucketPolicy: MediaBucket", StringComparison.Ordinal));
        Assert.Contains(read.Summary, line => line == "  AWS::Lambda::Function: 5");
    }

    [Fact]
    public void A_prefix_is_carried_into_every_name_and_every_part_is_found()
    {
        string prefixed = SmallTemplate.Synthesized
            .Replace("\"TableName\": \"", "\"TableName\": \"test_", StringComparison.Ordinal)
            .Replace("\"TopicName\": \"", "\"TopicName\": \"test_", StringComparison.Ordinal)
            .Replace("\"QueueName\": \"", "\"QueueName\": \"test_", StringComparison.Ordinal)
            .Replace("\"FunctionName\": \"", "\"FunctionName\": \"test_", StringComparison.Ordinal)
            .Replace("\"Name\": \"/whatsapp", "\"Name\": \"/test/whatsapp", StringComparison.Ordinal);

        PipelineResources found = PipelineResources.Find(SmallTemplate.Read(prefixed).Resources, SmallTemplate.Account);

        Assert.Equal("arn:aws:sns:us-east-1:123456789012:test_whatsapp_in", found.TopicIn);
        Assert.Equal("test_raw_messages", found.RawMessagesTable);
        Assert.Equal("/test/whatsapp_eum_connect_chat/config", found.ConfigParameter);
        Assert.Equal(BufferSettings.DefaultSeconds, found.BufferSeconds);
        Assert.Equal("test_message_aggregator", found.Mapping.Settings.FunctionName);
        Assert.All(found.Functions.Concat(found.Queues), name => Assert.StartsWith("test_", name, StringComparison.Ordinal));
    }

    [Fact]
    public void All_settings_of_a_mapping_are_carried_over()
    {
        TemplateContents read = SmallTemplate.ReadResources($$"""
            {{Table}},
            "Mapping": { "Type": "AWS::Lambda::EventSourceMapping", "Properties": {
              "FunctionName": "f", "EventSourceArn": { "Fn::GetAtt": ["Table", "StreamArn"] }, "StartingPosition": "LATEST", "Enabled": false, "BatchSize": "7",
              "MaximumBatchingWindowInSeconds": 300, "MaximumRetryAttempts": 2, "MaximumRecordAgeInSeconds": 60, "BisectBatchOnFunctionError": "true",
              "ParallelizationFactor": 1, "FilterCriteria": { "Filters": [ { "Pattern": "{\"eventName\":[\"INSERT\"]}" } ] } } }
            """);

        MappingResource mapping = Assert.Single(read.Resources.OfType<MappingResource>());

        Assert.Equal("raw", mapping.Table);
        Assert.Equivalent(
            new StreamMappingSettings
            {
                FunctionName = "f",
                EventSourceArn = "",
                StartingPosition = "LATEST",
                Enabled = false,
                BatchSize = 7,
                MaximumBatchingWindowInSeconds = 300,
                MaximumRetryAttempts = 2,
                MaximumRecordAgeInSeconds = 60,
                BisectBatchOnFunctionError = true,
                Filters = ["{\"eventName\":[\"INSERT\"]}"],
            },
            mapping.Settings,
            strict: true);
    }

    [Fact]
    public void All_settings_of_a_queues_mapping_are_carried_over()
    {
        TemplateContents read = SmallTemplate.ReadResources("""
            "Work": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "work" } },
            "Mapping": { "Type": "AWS::Lambda::EventSourceMapping", "Properties": {
              "FunctionName": "f", "EventSourceArn": { "Fn::GetAtt": ["Work", "Arn"] }, "Enabled": "false", "BatchSize": "7", "MaximumBatchingWindowInSeconds": 1,
              "FunctionResponseTypes": ["ReportBatchItemFailures"], "ScalingConfig": { "MaximumConcurrency": 2 },
              "FilterCriteria": { "Filters": [ { "Pattern": "{\"body\":[\"a\"]}" } ] } } }
            """);

        Assert.Equivalent(
            new QueueMappingSettings
            {
                FunctionName = "f",
                EventSourceArn = "arn:aws:sqs:us-east-1:123456789012:work",
                Enabled = false,
                BatchSize = 7,
                MaximumBatchingWindowInSeconds = 1,
                ReportBatchItemFailures = true,
                MaximumConcurrency = 2,
                Filters = ["{\"body\":[\"a\"]}"],
            },
            Assert.Single(read.Resources.OfType<QueueMappingResource>()).Settings,
            strict: true);
    }

    [Fact]
    public void A_subscription_of_a_queue_is_carried_over_with_raw_delivery_and_the_queues_policy_is_left_out()
    {
        TemplateContents read = SmallTemplate.ReadResources("""
            "Work": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "work", "VisibilityTimeout": 180 } },
            "Policy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [ { "Ref": "Work" } ], "PolicyDocument": { "Statement": [] } } },
            "Subscription": { "Type": "AWS::SNS::Subscription", "Properties": {
              "Protocol": "sqs", "Endpoint": { "Fn::GetAtt": ["Work", "Arn"] }, "TopicArn": "arn:aws:sns:us-east-1:123456789012:in", "RawMessageDelivery": true } }
            """);

        SubscriptionResource subscription = Assert.Single(read.Resources.OfType<SubscriptionResource>());
        Assert.Equal(("sqs", "arn:aws:sqs:us-east-1:123456789012:work", "true"), (subscription.Protocol, subscription.Endpoint, subscription.Attributes["RawMessageDelivery"]));
        Assert.Equal("180", Assert.Single(read.Resources.OfType<QueueResource>()).Attributes["VisibilityTimeout"]);
        Assert.Equal([new IgnoredPart("AWS::SQS::QueuePolicy", "Policy")], read.Ignored);
    }

    [Fact]
    public void A_pipeline_that_queues_what_it_is_told_is_found_and_its_work_is_no_dead_letter()
    {
        CloudResource[] resources = [.. SmallTemplate.Read(SmallTemplate.Synthesized).Resources.Where(r => r is not SubscriptionResource)];
        FunctionResource onRawMessages = resources.OfType<FunctionResource>().Single(f => f.Spec == FunctionSpecs.OnRawMessages);
        string topic = resources.OfType<TopicResource>().First().Name;
        string work = SmallTemplate.Account.Arn("sqs", "work");

        PipelineResources found = PipelineResources.Find(
            [
                .. resources,
                new QueueResource("Work", "work", new Dictionary<string, string>()),
                new SubscriptionResource("Subscription", topic, "sqs", work, new Dictionary<string, string>()),
                new QueueMappingResource("WorkMapping", new QueueMappingSettings { FunctionName = onRawMessages.Definition.Name, EventSourceArn = work }),
            ],
            SmallTemplate.Account);

        Assert.Equal(topic, found.TopicIn);
        Assert.DoesNotContain("work", found.Queues);
    }

    [Fact]
    public void A_bucket_is_carried_over_and_can_be_where_a_mapping_puts_what_it_gives_up()
    {
        TemplateContents read = SmallTemplate.ReadResources($$"""
            {{Table}},
            "Media": { "Type": "AWS::S3::Bucket", "Properties": { "BucketEncryption": {}, "LifecycleConfiguration": { "Rules": [] } } },
            "Named": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": { "Fn::Join": ["-", ["given-up", { "Ref": "AWS::AccountId" }]] } } },
            "Mapping": { "Type": "AWS::Lambda::EventSourceMapping", "Properties": {
              "FunctionName": "f", "EventSourceArn": { "Fn::GetAtt": ["Table", "StreamArn"] }, "StartingPosition": "LATEST",
              "DestinationConfig": { "OnFailure": { "Destination": { "Fn::GetAtt": ["Named", "Arn"] } } } } }
            """);

        Assert.Equal(["media", "given-up-123456789012"], read.Resources.OfType<BucketResource>().Select(bucket => bucket.Name));
        Assert.Equal("arn:aws:s3:::given-up-123456789012", Assert.Single(read.Resources.OfType<MappingResource>()).Settings.OnFailure);
    }

    [Fact]
    public void A_schedule_is_carried_over_with_its_targets()
    {
        TemplateContents read = SmallTemplate.ReadResources("""
            "F": { "Type": "AWS::Lambda::Function", "Properties": { "FunctionName": "message_aggregator" } },
            "Sweep": { "Type": "AWS::Events::Rule", "Properties": {
              "Description": "Sweeps", "ScheduleExpression": "rate(5 minutes)", "State": "DISABLED",
              "Targets": [ { "Id": "Target0", "Arn": { "Fn::GetAtt": ["F", "Arn"] }, "Input": "{\"a\":1}" } ] } }
            """);

        ScheduleResource schedule = Assert.Single(read.Resources.OfType<ScheduleResource>());

        Assert.Equal(("Sweep", "rate(5 minutes)", false, "Sweeps"), (schedule.Name, schedule.Expression, schedule.IsEnabled, schedule.Description));
        Assert.Equal([new EventTarget("Target0", "arn:aws:lambda:us-east-1:123456789012:function:message_aggregator", "{\"a\":1}")], schedule.Targets);
    }

    [Fact]
    public void A_subscription_that_only_people_would_read_is_left_out()
    {
        TemplateContents read = SmallTemplate.ReadResources("""
            "Mail": { "Type": "AWS::SNS::Subscription", "Properties": { "Protocol": "email", "Endpoint": "oncall@example.com", "TopicArn": "arn:aws:sns:us-east-1:123456789012:alarms" } }
            """);

        Assert.Empty(read.Resources);
        Assert.Equal([new IgnoredPart("AWS::SNS::Subscription", "Mail")], read.Ignored);
    }

    [Theory]
    [InlineData("""
        "Mapping": { "Type": "AWS::Lambda::EventSourceMapping", "Properties": {
          "FunctionName": "f", "EventSourceArn": { "Fn::GetAtt": ["Table", "StreamArn"] }, "StartingPosition": "LATEST", "ScalingConfig": { "MaximumConcurrency": 2 } } }
        """, "ScalingConfig")]
    [InlineData("""
        "Other": { "Type": "AWS::DynamoDB::Table", "Properties": { "BillingMode": "PAY_PER_REQUEST", "LocalSecondaryIndexes": [] } }
        """, "LocalSecondaryIndexes")]
    [InlineData("""
        "Other": { "Type": "AWS::DynamoDB::Table", "Properties": { "BillingMode": "PAY_PER_REQUEST", "TimeToLiveSpecification": { "AttributeName": "a", "Enabled": true, "Late": 1 } } }
        """, "Late")]
    [InlineData("""
        "F": { "Type": "AWS::Lambda::Function", "Properties": { "FunctionName": "on_raw_messages", "Layers": ["arn"] } }
        """, "Layers")]
    [InlineData("""
        "R": { "Type": "AWS::Events::Rule", "Properties": { "ScheduleExpression": "rate(5 minutes)", "EventPattern": {} } }
        """, "EventPattern")]
    [InlineData("""
        "R": { "Type": "AWS::Events::Rule", "Properties": { "ScheduleExpression": "rate(5 minutes)", "Targets": [ { "Id": "a", "Arn": "b", "RetryPolicy": {} } ] } }
        """, "RetryPolicy")]
    public void A_setting_that_is_not_imitated_is_refused_by_name(string resource, string property)
    {
        UserErrorException error = Refused($"{Table}, {resource}");

        Assert.Contains(property, error.Message, StringComparison.Ordinal);
        Assert.Contains("not imitated", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""
        "Mapping": { "Type": "AWS::Lambda::EventSourceMapping", "Properties": {
          "FunctionName": "f", "EventSourceArn": "arn:aws:kinesis:us-east-1:123456789012:stream/s", "StartingPosition": "LATEST" } }
        """, "t.json: Mapping.EventSourceArn must be the StreamArn of a table of this template or the ARN of a queue")]
    [InlineData("""
        "Mapping": { "Type": "AWS::Lambda::EventSourceMapping", "Properties": {
          "FunctionName": "f", "EventSourceArn": { "Fn::GetAtt": ["Table", "StreamArn"] }, "StartingPosition": "LATEST", "BatchSize": "many" } }
        """, "t.json: Mapping.BatchSize must be a whole number")]
    [InlineData("""
        "F": { "Type": "AWS::Lambda::Function", "Properties": { "FunctionName": "log_retention" } }
        """, "t.json: F.FunctionName must be on_raw_messages or message_aggregator or whatsapp_event_handler or connect_event_handler")]
    [InlineData("""
        "T": { "Type": "AWS::DynamoDB::Table", "Properties": { "BillingMode": "PROVISIONED" } }
        """, "t.json: T.BillingMode must be PAY_PER_REQUEST")]
    [InlineData("""
        "R": { "Type": "AWS::Events::Rule", "Properties": { "EventPattern": {} } }
        """, "t.json: R.ScheduleExpression must be a text")]
    [InlineData("""
        "Q": { "Type": "AWS::SQS::Queue", "Condition": "OnFridays" }
        """, "t.json: Q exists only on the condition OnFridays")]
    public void A_value_that_cannot_be_used_is_named_with_what_it_must_be(string resource, string message) =>
        Assert.StartsWith(message, Refused($"{Table}, {resource}").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{ "Resources": { "A": {} } }""")]
    public void A_file_that_is_no_template_is_named(string text)
    {
        var error = Assert.Throws<UserErrorException>(() => Template.Parse("t.json", text));

        Assert.StartsWith("t.json is no CloudFormation template", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named_with_the_command_that_writes_one()
    {
        var error = Assert.Throws<UserErrorException>(() => Template.Load("nowhere/x.template.json"));

        Assert.Contains("nowhere/x.template.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("./wab.cs synth", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BufferMapping325D9B9E", "an event source mapping of message_aggregator")]
    [InlineData("NotificationsQueueWhatsAppBufferWhatsAppInTopic7754AF8B3E643B8C", "a subscription of on_raw_messages")]
    public void A_pipeline_with_a_part_missing_is_not_set_up(string resource, string part)
    {
        var resources = SmallTemplate.Read(SmallTemplate.Synthesized).Resources.Where(r => r.Id != resource).ToList();

        var error = Assert.Throws<UserErrorException>(() => PipelineResources.Find(resources, SmallTemplate.Account));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}
