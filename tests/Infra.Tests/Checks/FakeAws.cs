using System.Text.Json;
using WhatsAppBuffer.Infra.Checks;

namespace Infra.Tests.Checks;

/// <summary>An account in which everything is as it should be, until a test says otherwise.</summary>
internal sealed class FakeAws : IAws
{
    public const string Topic = "arn:aws:sns:eu-west-1:111122223333:whatsapp_in";
    private const string Mapping = """{ "EventSourceMappings": [{ "UUID": "u-1", "State": "Enabled", "LastProcessingResult": "OK", "EventSourceArn": "arn:aws:sqs:eu-west-1:111122223333:q" }] }""";

    private readonly Dictionary<string, string> _answers = new()
    {
        ["sts get-caller-identity"] = """{ "Account": "111122223333" }""",
        ["cloudformation describe-stacks"] = """{ "Stacks": [{ "StackName": "WhatsAppBuffer", "StackStatus": "UPDATE_COMPLETE" }] }""",
        ["sns list-topics"] = $$"""{ "Topics": [{ "TopicArn": "{{Topic}}" }] }""",
        ["sns get-topic-attributes"] = """{ "Attributes": { "Policy": "… social-messaging.amazonaws.com …", "KmsMasterKeyId": "key-1" } }""",
        ["kms describe-key"] = """{ "KeyMetadata": { "KeyState": "Enabled" } }""",
        ["kms get-key-policy"] = """{ "Policy": "… social-messaging.amazonaws.com …" }""",
        ["sns list-subscriptions-by-topic"] = """{ "Subscriptions": [{ "Endpoint": "arn:aws:sqs:eu-west-1:111122223333:on_raw_messages_queue" }] }""",
        ["socialmessaging list-linked-whatsapp-business-accounts"] = $$"""{ "linkedAccounts": [{ "id": "waba-1", "wabaName": "Care", "registrationStatus": "COMPLETE", "eventDestinations": [{ "eventDestinationArn": "{{Topic}}" }] }] }""",
        ["lambda list-event-source-mappings"] = Mapping,
        ["ssm get-parameter"] = """{ "Parameter": { "Value": "{\"instance_id\":\"i-1\",\"contact_flow_id\":\"f-1\"}" } }""",
        ["connect describe-contact-flow"] = """{ "ContactFlow": { "Name": "Inbound", "Type": "CONTACT_FLOW", "State": "ACTIVE", "Status": "PUBLISHED" } }""",
        ["connect list-instance-storage-configs"] = """{ "StorageConfigs": [{}] }""",
        ["sqs get-queue-url"] = """{ "QueueUrl": "https://queue" }""",
        ["sqs get-queue-attributes"] = """{ "Attributes": { "ApproximateNumberOfMessages": "0" } }""",
        ["lambda get-account-settings"] = """{ "AccountLimit": { "UnreservedConcurrentExecutions": 1000 } }""",
        ["service-quotas list-service-quotas"] = """{ "Quotas": [{ "QuotaName": "Rate of StartChatContact API requests", "Value": 5.0 }] }""",
        ["cloudwatch describe-alarms"] = """{ "MetricAlarms": [{ "AlarmName": "WhatsAppBuffer-Waiting", "StateValue": "OK", "AlarmActions": ["arn"] }] }""",
        ["cloudwatch list-metrics"] = """{ "Metrics": [{}] }""",
    };

    /// <summary>Each question that was asked, as typed.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Answers that depend on the question; asked first.</summary>
    public Func<IReadOnlyList<string>, string?>? Otherwise { get; init; }

    /// <summary>Another answer; null refuses.</summary>
    public FakeAws With(string operation, string? answer)
    {
        _ = answer is null ? _answers.Remove(operation) : (_answers[operation] = answer) is not null;
        return this;
    }

    public Task<JsonElement> AskAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        Asked.Add(string.Join(' ', arguments));
        string answer = Otherwise?.Invoke(arguments)
            ?? _answers.GetValueOrDefault($"{arguments[0]} {arguments[1]}")
            ?? throw new AwsRefusedException($"An error occurred (AccessDeniedException) when calling {arguments[1]}");
        return Task.FromResult(JsonDocument.Parse(answer).RootElement);
    }
}
