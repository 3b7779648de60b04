using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Topology;

namespace Infra.Tests.Stack;

public class FunctionTests
{
    /// <summary>Requests at once that Connect's default quotas allow of StartChatContact and StartContactStreaming, the smallest of those used.</summary>
    private const int SmallestBurstOfConnect = 8;

    public static TheoryData<FunctionSpec> Functions => [.. FunctionSpecs.All];

    public static TheoryData<FunctionSpec> FunctionsWithDeadLetters => [.. FunctionSpecs.All.Where(function => function.DeadLetterQueue is not null)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_is_a_native_executable_on_Amazon_Linux_2023_with_traces(FunctionSpec spec)
    {
        Deployments.Default.ShouldHave($"{spec.Project}Function", $$"""
            {
              "FunctionName": "{{spec.Name}}",
              "Runtime": "provided.al2023",
              "Handler": "bootstrap",
              "Architectures": ["x86_64"],
              "MemorySize": {{spec.MemoryMegabytes}},
              "Timeout": {{spec.TimeoutSeconds}},
              "TracingConfig": { "Mode": "Active" },
              "LoggingConfig": { "LogFormat": "JSON", "LogGroup": "${{{spec.Project}}Log}" }
            }
            """);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Only_without_queues_a_part_of_the_accounts_concurrency_is_reserved(FunctionSpec spec)
    {
        Assert.False(Deployments.Default[$"{spec.Project}Function"].Properties.ContainsKey("ReservedConcurrentExecutions"));
        Deployments.Guide.ShouldHave($"{spec.Project}Function", $$"""{ "ReservedConcurrentExecutions": {{spec.Concurrency}} }""");
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_runs_on_arm64_when_asked_for(FunctionSpec spec)
    {
        Deployments.Batching.ShouldHave($"{spec.Project}Function", """{ "Architectures": ["arm64"], "Runtime": "provided.al2023" }""");
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_runs_on_the_managed_runtime_when_asked_for(FunctionSpec spec)
    {
        Deployments.Scoped.ShouldHave($"{spec.Project}Function", $$"""{ "Runtime": "dotnet10", "Handler": "{{spec.Project}}" }""");
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_log_has_a_name_and_an_end(FunctionSpec spec)
    {
        Deployments.Default.ShouldHave($"{spec.Project}Log", $$"""{ "LogGroupName": "/aws/lambda/{{spec.Name}}", "RetentionInDays": 30 }""");
    }

    [Fact]
    public void Functions_get_the_variables_they_read()
    {
        Deployments.Default.ShouldHave("OnRawMessagesFunction", """
            { "Environment": { "Variables": { "RAW_MESSAGES_TABLE": "${RawMessagesTable}", "TABLE_NAME": "${ActiveConnectionsTable}", "RETENTION_DAYS": "30", "DEAD_LETTER_QUEUE_URL": "${OnRawMessagesDeadLettersQueue}", "ANSWER_STATUS_QUEUE_URL": "${RepliesQueue}" } } }
            """);
        Deployments.Default.ShouldHave("MessageAggregatorFunction", """
            { "Environment": { "Variables": { "WAKE_UP_QUEUE_URL": "${WakeUpsQueue}", "TABLE_NAME": "${ActiveConnectionsTable}", "CONFIG_PARAM_NAME": "${ChatConfig}" } } }
            """);
        Deployments.Guide.ShouldHave("MessageAggregatorFunction", """
            { "Environment": { "Variables": { "WHATSAPP_EVENT_HANDLER": "${WhatsAppEventHandlerFunction}", "TABLE_NAME": "${ActiveConnectionsTable}", "CONFIG_PARAM_NAME": "${ChatConfig}" } } }
            """);
        Deployments.Default.ShouldHave("WhatsAppEventHandlerFunction", """
            {
              "Environment": {
                "Variables": {
                  "TABLE_NAME": "${ActiveConnectionsTable}",
                  "TOPIC_ARN": "${WhatsAppOutTopic}",
                  "CONFIG_PARAM_NAME": "${ChatConfig}",
                  "META_API_VERSION": "v23.0",
                  "DEAD_LETTER_QUEUE_URL": "${WhatsAppEventHandlerDeadLettersQueue}",
                  "MAX_MESSAGE_CHARACTERS": "1024"
                }
              }
            }
            """);
        Deployments.Batching.ShouldHave("WhatsAppEventHandlerFunction", """
            { "Environment": { "Variables": { "MAX_MESSAGE_CHARACTERS": "16384", "SEND_COURTESIES": "no" } } }
            """);
        Deployments.Default.ShouldHave("ConnectEventHandlerFunction", """
            { "Environment": { "Variables": { "TABLE_NAME": "${ActiveConnectionsTable}", "META_API_VERSION": "v23.0", "DEAD_LETTER_QUEUE_URL": "${ConnectEventHandlerDeadLettersQueue}" } } }
            """);
    }

    [Fact]
    public void Only_flows_of_the_instance_invoke_what_sends_templates_and_none_waits_in_vain()
    {
        Deployments.Default.ShouldHave("SendWhatsAppMessageFunction", """
            { "Timeout": 8, "Environment": { "Variables": { "TABLE_NAME": "${ActiveConnectionsTable}", "TEMPLATE_PARAM_NAME": "${ChatTemplates}" } } }
            """);
        Deployments.Scoped.ShouldHave("SendWhatsAppMessageFunctionFlows", $$"""
            {
              "Action": "lambda:InvokeFunction",
              "FunctionName": "${SendWhatsAppMessageFunction.Arn}",
              "Principal": "connect.amazonaws.com",
              "SourceAccount": "${AWS::AccountId}",
              "SourceArn": "arn:${AWS::Partition}:connect:${AWS::Region}:${AWS::AccountId}:instance/{{Deployments.InstanceId}}"
            }
            """);
        Assert.DoesNotContain(Deployments.Default.OfType("AWS::SQS::Queue"), queue => queue.Id.StartsWith("SendWhatsAppMessage", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Telemetry_is_sent_only_where_it_is_asked_for(FunctionSpec spec)
    {
        Deployments.Batching.ShouldHave($"{spec.Project}Function", """
            { "Environment": { "Variables": { "OTEL_EXPORTER_OTLP_ENDPOINT": "https://otlp.example.com:4318" } } }
            """);
        JsonObject variables = Deployments.Default[$"{spec.Project}Function"].Properties["Environment"]!["Variables"]!.AsObject();
        Assert.DoesNotContain(variables, variable => variable.Key.StartsWith("OTEL_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("OnRawMessages")]
    [InlineData("WhatsAppEventHandler")]
    [InlineData("ConnectEventHandler")]
    public void Without_queues_an_event_is_tried_three_times_within_six_hours_and_then_kept(string function)
    {
        Resource config = Assert.Single(
            Deployments.Guide.OfType("AWS::Lambda::EventInvokeConfig"),
            it => it.Properties["FunctionName"]!.GetValue<string>() == $"${{{function}Function}}");

        Assert.Null(JsonText.FirstDifference(config.Properties, JsonNode.Parse($$"""
            {
              "Qualifier": "$LATEST",
              "MaximumRetryAttempts": 2,
              "MaximumEventAgeInSeconds": 21600,
              "DestinationConfig": { "OnFailure": { "Destination": "${{{function}}DeadLettersQueue.Arn}" } }
            }
            """), ""));
    }

    [Theory]
    [MemberData(nameof(FunctionsWithDeadLetters))]
    public void A_dead_letter_is_kept_for_two_weeks_encrypted_and_written_over_TLS(FunctionSpec spec)
    {
        Deployments.Default.ShouldHave($"{spec.Project}DeadLettersQueue", $$"""
            { "QueueName": "{{spec.DeadLetterQueue}}", "MessageRetentionPeriod": 1209600, "SqsManagedSseEnabled": true }
            """);
        JsonNode denied = Deployments.Default[$"{spec.Project}DeadLettersQueuePolicy"].Properties["PolicyDocument"]!["Statement"]![0]!;
        Assert.Null(JsonText.FirstDifference(
            denied, JsonNode.Parse("""{ "Effect": "Deny", "Action": "sqs:*", "Condition": { "Bool": { "aws:SecureTransport": "false" } } }"""), ""));
    }

    [Fact]
    public void The_event_handler_cannot_exceed_a_burst_that_Connect_allows()
    {
        Assert.True(FunctionSpecs.WhatsAppEventHandler.Concurrency <= SmallestBurstOfConnect);
    }

    [Fact]
    public void Raw_messages_outlive_the_dead_letters_that_name_them()
    {
        int deadLetterDays = Deployments.Default["MessageAggregatorDeadLettersQueue"].Properties["MessageRetentionPeriod"]!.GetValue<int>() / 86_400;

        Assert.True(RetentionSettings.DefaultDays > deadLetterDays);
    }
}
