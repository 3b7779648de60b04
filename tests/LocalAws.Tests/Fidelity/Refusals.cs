using LocalAws.Tests.Connect;
using LocalAws.Tests.Endpoint;
using LocalAws.Tests.Events;
using LocalAws.Tests.Lambda.EventSourceMappings;
using LocalAws.Tests.Lambda.Functions;
using LocalAws.Tests.Lambda.Wire;
using LocalAws.Tests.Logs;
using LocalAws.Tests.Protocols;
using LocalAws.Tests.S3;
using LocalAws.Tests.Sns;
using LocalAws.Tests.SocialMessaging;
using LocalAws.Tests.Sqs;
using LocalAws.Tests.Ssm;
using LocalAws.DynamoDb.Wire;

namespace LocalAws.Tests.Fidelity;

internal static class Refusals
{
    public static IReadOnlyList<Refusal> All { get; } =
    [
        new("any", "a member of a request that is not imitated, by its path", typeof(AwsInputTests), nameof(AwsInputTests.A_member_that_is_not_imitated_is_refused_by_its_path)),
        new("any", "services that are not imitated", typeof(UnknownServiceTests), nameof(UnknownServiceTests.A_JSON_client_of_a_service_that_is_not_imitated_finds_the_code_in_the_body)),
        new("CloudWatch Logs", "writing logs, filter patterns on JSON or columns, live tail", typeof(LogsServiceTests), nameof(LogsServiceTests.What_is_not_there_or_not_imitated_is_refused_by_name)),
        new("STS", "operations other than GetCallerIdentity", typeof(UnknownServiceTests), nameof(UnknownServiceTests.An_action_of_STS_that_is_not_imitated_is_refused_by_name)),
        new("DynamoDB", "operations: backups, global tables, exports and imports, PartiQL, tags, resource policies, Kinesis destinations", typeof(TableOperationTests), nameof(TableOperationTests.An_operation_that_is_not_imitated_is_refused_by_name)),
        new("DynamoDB", "LocalSecondaryIndexes", typeof(TableOperationTests), nameof(TableOperationTests.What_is_not_imitated_is_refused_by_name)),
        new("DynamoDB", "members from before expressions: Expected, AttributeUpdates, KeyConditions, QueryFilter, ScanFilter, AttributesToGet, ConditionalOperator", typeof(ErrorMappingTests), nameof(ErrorMappingTests.A_legacy_parameter_is_refused_by_name)),
        new("Event source mapping", "sources other than DynamoDB streams and SQS queues; StartingPosition AT_TIMESTAMP; Kafka destinations", typeof(MappingLifeTests), nameof(MappingLifeTests.Settings_out_of_range_or_not_imitated_are_refused_by_name)),
        new("Event source mapping", "FIFO queues; MetricsConfig and any other member of a queue's mapping", typeof(QueueMappingServiceTests), nameof(QueueMappingServiceTests.What_is_not_imitated_is_refused_by_name)),
        new("Event source mapping", "ProvisionedPollerConfig, and any other member", typeof(LambdaServiceTests), nameof(LambdaServiceTests.A_mapping_that_cannot_be_is_refused_by_name)),
        new("Lambda", "creating functions over the wire (the host program defines them)", typeof(LambdaServiceTests), nameof(LambdaServiceTests.Creating_a_function_over_the_wire_is_refused_with_the_reason)),
        new("Lambda", "qualifiers other than $LATEST: versions, aliases", typeof(LambdaServiceTests), nameof(LambdaServiceTests.The_qualifier_LATEST_is_known_and_no_other)),
        new("Lambda", "destinations other than SQS, SNS and functions", typeof(FunctionDefinitionTests), nameof(FunctionDefinitionTests.Settings_out_of_range_or_not_imitated_are_refused_by_name)),
        new("SNS", "FIFO topics", typeof(SnsEngineTests), nameof(SnsEngineTests.A_topic_name_against_the_rules_is_refused)),
        new("SNS", "topic attributes such as KmsMasterKeyId", typeof(SnsEngineTests), nameof(SnsEngineTests.A_topic_attribute_out_of_range_or_not_imitated_is_refused_by_name)),
        new("SNS", "protocols other than lambda and sqs", typeof(SnsEngineTests), nameof(SnsEngineTests.An_endpoint_that_is_not_imitated_is_refused)),
        new("SNS", "filters with wildcard, suffix, equals-ignore-case, cidr or $or, DeliveryPolicy of a subscription", typeof(SnsEngineTests), nameof(SnsEngineTests.A_subscription_attribute_that_is_wrong_or_not_imitated_is_refused_by_name)),
        new("SQS", "FIFO queues", typeof(SqsEngineTests), nameof(SqsEngineTests.A_queue_name_against_the_rules_is_refused)),
        new("SQS", "queue attributes such as KmsMasterKeyId", typeof(SqsEngineTests), nameof(SqsEngineTests.A_setting_out_of_range_or_not_imitated_is_refused)),
        new("SQS", "MessageGroupId, tags", typeof(SqsServiceTests), nameof(SqsServiceTests.What_is_not_imitated_is_refused_by_name)),
        new("EventBridge", "event patterns, cron expressions, other event buses, roles, targets other than functions, queues and topics, InputPath and InputTransformer, PutEvents", typeof(EventBridgeServiceTests), nameof(EventBridgeServiceTests.What_is_not_imitated_is_refused_by_name)),
        new("Systems Manager", "KeyId, policies, tiers and tags of a parameter", typeof(SsmServiceTests), nameof(SsmServiceTests.A_setting_that_is_not_imitated_is_refused_by_name)),
        new("Systems Manager", "operations other than those on parameters; parameter history and labels", typeof(SsmServiceTests), nameof(SsmServiceTests.An_operation_that_is_not_imitated_is_refused_by_name)),
        new("S3", "versioning and other operations on buckets, encryption settings", typeof(S3SdkTests), nameof(S3SdkTests.What_is_not_imitated_is_refused_by_name)),
        new("Connect", "persistent chats, WEBSOCKET connections", typeof(ConnectServiceTests), nameof(ConnectServiceTests.What_is_not_imitated_is_refused_by_name)),
        new("End User Messaging Social", "operations other than those on messages and media: business accounts, templates, tags", typeof(SocialMessagingServiceTests), nameof(SocialMessagingServiceTests.Other_operations_are_not_imitated)),
    ];
}
