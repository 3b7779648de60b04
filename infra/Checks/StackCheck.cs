using System.Text.Json;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Checks;

/// <summary>Looks, and only looks, at everything between WhatsApp and the agent, in the order in which a message passes it.</summary>
/// <param name="aws">The account.</param>
/// <param name="settings">The deployment.</param>
internal sealed class StackCheck(IAws aws, DeploymentSettings settings)
{
    private const string SocialMessaging = "social-messaging.amazonaws.com";

    /// <summary>What a local cloud says to what it does not imitate.</summary>
    private const string LocalCloud = "This local cloud does not imitate";

    /// <summary>All findings, one after another as they are found.</summary>
    public async IAsyncEnumerable<Finding> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string account = "";
        yield return await LookAsync("Credentials", "aws sts get-caller-identity, with the profile and region of the deployment", async () =>
        {
            JsonElement caller = await aws.AskAsync(cancellationToken, "sts", "get-caller-identity");
            account = Text(caller, "Account");
            return new Finding("Credentials", Health.Good, $"account {account}");
        });
        string topic = "";
        yield return await LookAsync("Stack", $"./wab.cs deploy{Stage}", async () =>
        {
            JsonElement stack = (await aws.AskAsync(cancellationToken, "cloudformation", "describe-stacks", "--stack-name", settings.StackName)).GetProperty("Stacks")[0];
            string status = Text(stack, "StackStatus");
            return status.EndsWith("_COMPLETE", StringComparison.Ordinal) && !status.Contains("ROLLBACK", StringComparison.Ordinal)
                ? new Finding("Stack", Health.Good, $"{settings.StackName} is {status}")
                : new Finding("Stack", Health.Missing, $"{settings.StackName} is {status}", $"its events in the CloudFormation console say why; then ./wab.cs deploy{Stage}");
        });
        yield return await LookAsync("Topic for WhatsApp", $"./wab.cs deploy{Stage}", async () =>
        {
            topic = Text((await aws.AskAsync(cancellationToken, "sns", "list-topics")).GetProperty("Topics").EnumerateArray()
                .FirstOrDefault(each => Text(each, "TopicArn").EndsWith($":{settings.NameOf(Topics.WhatsAppIn)}", StringComparison.Ordinal)), "TopicArn");
            return topic.Length > 0
                ? new Finding("Topic for WhatsApp", Health.Good, topic)
                : new Finding("Topic for WhatsApp", Health.Missing, $"there is no topic {settings.NameOf(Topics.WhatsAppIn)} in this region", $"is it the region of the deployment? ./wab.cs deploy{Stage}");
        });
        if (topic.Length > 0)
        {
            yield return await LookAsync("Topic policy and key", $"./wab.cs deploy{Stage}", () => PolicyAsync(topic, cancellationToken));
            yield return await LookAsync("Subscription", $"./wab.cs deploy{Stage}", () => SubscriptionAsync(topic, cancellationToken));
            yield return await LookAsync("Event destination", "End User Messaging Social console → WhatsApp Business Account → Event destination", () => EventDestinationAsync(topic, cancellationToken));
        }

        foreach (FunctionSpec function in FunctionSpecs.All.Where(function => function.DeadLetterQueue is not null))
        {
            string name = settings.NameOf(function.Name);
            yield return await LookAsync($"Mappings of {name}", $"aws lambda list-event-source-mappings --function-name {name}", () => MappingsAsync(name, cancellationToken));
        }

        JsonElement? config = null;
        yield return await LookAsync("Parameter", $"aws ssm get-parameter --name {settings.ParameterOf(Parameters.Config)}", async () =>
        {
            (Finding finding, config) = await ParameterAsync(cancellationToken);
            return finding;
        });
        if (config is { } chosen)
        {
            (string instance, string flow) = (Text(chosen, "instance_id"), Text(chosen, "contact_flow_id"));
            yield return await LookAsync("Contact flow", "Amazon Connect console → the instance → Flows", () => FlowAsync(instance, flow, cancellationToken));
            if (Text(chosen, "attach_files") != "no")
            {
                yield return await LookAsync("Attachments", "Amazon Connect console → the instance → Data storage → Attachments", () => AttachmentsAsync(instance, cancellationToken));
            }
        }

        foreach (FunctionSpec function in FunctionSpecs.All.Where(function => function.DeadLetterQueue is not null))
        {
            string queue = settings.NameOf(function.DeadLetterQueue!);
            yield return await LookAsync($"Dead letters in {queue}", "./wab.cs redrive --dry-run", () => DeadLettersAsync(queue, cancellationToken));
        }

        yield return await LookAsync("Concurrency", "Service Quotas → AWS Lambda → Concurrent executions", () => ConcurrencyAsync(cancellationToken));
        yield return await LookAsync("Quotas of Connect", "Service Quotas → Amazon Connect", () => QuotasAsync(cancellationToken));
        yield return await LookAsync("Alarms", "aws cloudwatch describe-alarms", () => AlarmsAsync(cancellationToken));
        foreach (string metric in (string[])[Metrics.ReceiptToAgent, "PolledEventCount"])
        {
            // From docs/unverified.md: what shows itself in an account by looking.
            yield return await LookAsync($"Metric {metric}", "docs/unverified.md", () => MetricAsync(metric, cancellationToken));
        }
    }

    private string Stage => settings.Stage is { } stage ? $" --stage {stage}" : "";

    /// <summary>What cannot be asked is unknown, and everything else is looked at all the same.</summary>
    private static async Task<Finding> LookAsync(string what, string byHand, Func<Task<Finding>> look)
    {
        try
        {
            return await look();
        }
        catch (Exception failure) when (failure is AwsRefusedException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            if (failure.Message.Contains(LocalCloud, StringComparison.Ordinal))
            {
                return new Finding(what, Health.Unknown, "a local cloud has none");
            }

            string why = failure.Message.ReplaceLineEndings(" ");
            return new Finding(what, Health.Unknown, why.Length > 300 ? $"{why[..300]}…" : why, $"look by hand: {byHand}");
        }
    }

    private async Task<Finding> PolicyAsync(string topic, CancellationToken cancellationToken)
    {
        JsonElement attributes = (await aws.AskAsync(cancellationToken, "sns", "get-topic-attributes", "--topic-arn", topic)).GetProperty("Attributes");
        if (Text(attributes, "Policy").Length == 0)
        {
            return new Finding("Topic policy and key", Health.Unknown, "the topic has no policy, as in a local cloud, which asks nobody for rights");
        }

        if (!Text(attributes, "Policy").Contains(SocialMessaging, StringComparison.Ordinal))
        {
            return new Finding("Topic policy and key", Health.Missing, $"the topic's policy does not let {SocialMessaging} publish", $"./wab.cs deploy{Stage}");
        }

        string key = Text(attributes, "KmsMasterKeyId");
        if (key.Length == 0)
        {
            return new Finding("Topic policy and key", Health.Good, $"{SocialMessaging} may publish; the topic is not encrypted");
        }

        string state = Text((await aws.AskAsync(cancellationToken, "kms", "describe-key", "--key-id", key)).GetProperty("KeyMetadata"), "KeyState");
        if (state != "Enabled")
        {
            return new Finding("Topic policy and key", Health.Missing, $"the topic's key is {state}", state == "PendingDeletion" ? $"aws kms cancel-key-deletion --key-id {key}; aws kms enable-key --key-id {key}" : $"aws kms enable-key --key-id {key}");
        }

        string policy = Text(await aws.AskAsync(cancellationToken, "kms", "get-key-policy", "--key-id", key, "--policy-name", "default"), "Policy");
        return policy.Contains(SocialMessaging, StringComparison.Ordinal)
            ? new Finding("Topic policy and key", Health.Good, $"{SocialMessaging} may publish and use the key")
            : new Finding("Topic policy and key", Health.Missing, $"the key's policy does not let {SocialMessaging} use it", $"./wab.cs deploy{Stage}");
    }

    private async Task<Finding> SubscriptionAsync(string topic, CancellationToken cancellationToken)
    {
        string wanted = settings.Wiring is Wiring.Queues ? settings.NameOf(FunctionSpecs.OnRawMessages.Queue!.Name) : settings.NameOf(FunctionSpecs.OnRawMessages.Name);
        bool has = (await aws.AskAsync(cancellationToken, "sns", "list-subscriptions-by-topic", "--topic-arn", topic)).GetProperty("Subscriptions").EnumerateArray()
            .Any(each => Text(each, "Endpoint").EndsWith($":{wanted}", StringComparison.Ordinal));
        return has
            ? new Finding("Subscription", Health.Good, wanted)
            : new Finding("Subscription", Health.Missing, $"{wanted} is not subscribed to the topic", $"./wab.cs deploy{Stage}");
    }

    private async Task<Finding> EventDestinationAsync(string topic, CancellationToken cancellationToken)
    {
        const string what = "Event destination";
        JsonElement[] accounts = [.. (await aws.AskAsync(cancellationToken, "socialmessaging", "list-linked-whatsapp-business-accounts")).GetProperty("linkedAccounts").EnumerateArray()];
        if (accounts.Length == 0)
        {
            return new Finding(what, Health.Missing, "no WhatsApp Business Account is linked in this region", "End User Messaging Social console → Add WhatsApp Business Account");
        }

        JsonElement ours = accounts.FirstOrDefault(account => account.GetProperty("eventDestinations").EnumerateArray().Any(each => Text(each, "eventDestinationArn") == topic));
        if (ours.ValueKind is JsonValueKind.Undefined)
        {
            return new Finding(
                what, Health.Missing, $"no account publishes to this topic: {string.Join(", ", accounts.Select(account => Text(account, "wabaName")))}",
                $"aws socialmessaging put-whatsapp-business-account-event-destinations --id {Text(accounts[0], "id")} --event-destinations eventDestinationArn={topic}");
        }

        return Text(ours, "registrationStatus") == "COMPLETE"
            ? new Finding(what, Health.Good, Text(ours, "wabaName"))
            : new Finding(what, Health.Missing, $"the registration of {Text(ours, "wabaName")} is {Text(ours, "registrationStatus")}", "End User Messaging Social console → the account → complete the registration");
    }

    private async Task<Finding> MappingsAsync(string function, CancellationToken cancellationToken)
    {
        JsonElement[] mappings = [.. (await aws.AskAsync(cancellationToken, "lambda", "list-event-source-mappings", "--function-name", function)).GetProperty("EventSourceMappings").EnumerateArray()];
        string what = $"Mappings of {function}";
        if (mappings.Length == 0)
        {
            return settings.Wiring is Wiring.Guide && function != settings.NameOf(FunctionSpecs.MessageAggregator.Name)
                ? new Finding(what, Health.Good, "none, with wiring=guide")
                : new Finding(what, Health.Missing, "there is none", $"./wab.cs deploy{Stage}");
        }

        foreach (JsonElement mapping in mappings)
        {
            (string state, string last, string source) = (Text(mapping, "State"), Text(mapping, "LastProcessingResult"), Text(mapping, "EventSourceArn").Split(':')[^1]);
            if (state is "Disabled" or "Disabling")
            {
                return new Finding(what, Health.Missing, $"that of {source} is {state}", $"aws lambda update-event-source-mapping --uuid {Text(mapping, "UUID")} --enabled");
            }

            if (last.StartsWith("PROBLEM", StringComparison.Ordinal))
            {
                return new Finding(what, Health.Missing, $"that of {source}: {last}", $"docs/runbook.md#stopped; the log /aws/lambda/{function}");
            }
        }

        return new Finding(what, Health.Good, string.Join(", ", mappings.Select(mapping => $"{Text(mapping, "State")}{(Text(mapping, "LastProcessingResult") is { Length: > 0 } last ? $", {last}" : "")}")));
    }

    private async Task<(Finding Finding, JsonElement? Config)> ParameterAsync(CancellationToken cancellationToken)
    {
        const string what = "Parameter";
        string name = settings.ParameterOf(Parameters.Config);
        string value = Text((await aws.AskAsync(cancellationToken, "ssm", "get-parameter", "--name", name)).GetProperty("Parameter"), "Value");
        string mend = $"aws ssm put-parameter --overwrite --name {name} --value '{{\"instance_id\": \"{settings.InstanceId ?? "…"}\", \"contact_flow_id\": \"{settings.ContactFlowId ?? "…"}\", …}}' (docs/deploy.md has the members)";
        JsonElement config;
        try
        {
            using var json = JsonDocument.Parse(value);
            config = json.RootElement.Clone();
        }
        catch (JsonException wrong)
        {
            return (new Finding(what, Health.Missing, $"{name} is not JSON: {wrong.Message}", mend), null);
        }

        foreach ((string member, string? wanted) in (IEnumerable<(string, string?)>)[("instance_id", settings.InstanceId), ("contact_flow_id", settings.ContactFlowId)])
        {
            string has = Text(config, member);
            if (has.Length == 0 || has.StartsWith('<'))
            {
                return (new Finding(what, Health.Missing, $"{member} of {name} is still a placeholder", mend), null);
            }

            if (wanted is not null && has != wanted)
            {
                return (new Finding(what, Health.Missing, $"{member} of {name} is {has}; the deployment is for {wanted}, and may use no other", mend), config);
            }
        }

        return (new Finding(what, Health.Good, name), config);
    }

    private async Task<Finding> FlowAsync(string instance, string flow, CancellationToken cancellationToken)
    {
        JsonElement found = (await aws.AskAsync(cancellationToken, "connect", "describe-contact-flow", "--instance-id", instance, "--contact-flow-id", flow)).GetProperty("ContactFlow");
        (string type, string state, string status) = (Text(found, "Type"), Text(found, "State"), Text(found, "Status"));
        return type == "CONTACT_FLOW" && state == "ACTIVE" && status is "PUBLISHED" or ""
            ? new Finding("Contact flow", Health.Good, Text(found, "Name"))
            : new Finding("Contact flow", Health.Missing, $"{Text(found, "Name")} is {type}, {state}, {status}", "an inbound flow (CONTACT_FLOW) that is active and published: Amazon Connect → Flows → Publish");
    }

    private async Task<Finding> AttachmentsAsync(string instance, CancellationToken cancellationToken)
    {
        int storages = (await aws.AskAsync(cancellationToken, "connect", "list-instance-storage-configs", "--instance-id", instance, "--resource-type", "ATTACHMENTS")).GetProperty("StorageConfigs").GetArrayLength();
        return storages > 0
            ? new Finding("Attachments", Health.Good, "the instance takes attachments")
            : new Finding("Attachments", Health.Missing, "the instance takes no attachments: files are written in words", "Amazon Connect console → the instance → Data storage → Attachments; or \"attach_files\": \"no\" in the parameter");
    }

    private async Task<Finding> DeadLettersAsync(string queue, CancellationToken cancellationToken)
    {
        string url = Text(await aws.AskAsync(cancellationToken, "sqs", "get-queue-url", "--queue-name", queue), "QueueUrl");
        string count = Text((await aws.AskAsync(cancellationToken, "sqs", "get-queue-attributes", "--queue-url", url, "--attribute-names", "ApproximateNumberOfMessages")).GetProperty("Attributes"), "ApproximateNumberOfMessages");
        return count == "0"
            ? new Finding($"Dead letters in {queue}", Health.Good, "none")
            : new Finding($"Dead letters in {queue}", Health.Missing, $"{count}", $"./wab.cs redrive {queue} --dry-run");
    }

    private async Task<Finding> ConcurrencyAsync(CancellationToken cancellationToken)
    {
        int free = (await aws.AskAsync(cancellationToken, "lambda", "get-account-settings")).GetProperty("AccountLimit").GetProperty("UnreservedConcurrentExecutions").GetInt32();
        int wanted = FunctionSpecs.All.Select(settings.Of).Sum(function => function.Queues.Any() ? function.Queues.Sum(queue => queue.Concurrency) : function.Concurrency);
        return free >= wanted
            ? new Finding("Concurrency", Health.Good, $"{free} executions at once, at most {wanted} are wanted")
            : new Finding("Concurrency", Health.Missing, $"{free} executions at once, and the functions want up to {wanted}: they throttle each other in a rush", "Service Quotas → AWS Lambda → Concurrent executions");
    }

    private async Task<Finding> QuotasAsync(CancellationToken cancellationToken)
    {
        string[] names = ["StartChatContact", "Concurrent active chats"];
        string[] found = [.. (await aws.AskAsync(cancellationToken, "service-quotas", "list-service-quotas", "--service-code", "connect")).GetProperty("Quotas").EnumerateArray()
            .Where(quota => names.Any(name => Text(quota, "QuotaName").Contains(name, StringComparison.OrdinalIgnoreCase)))
            .Select(quota => $"{Text(quota, "QuotaName")} {quota.GetProperty("Value").GetDouble():0.##}")];
        return found.Length > 0
            ? new Finding("Quotas of Connect", Health.Good, string.Join("; ", found))
            : new Finding("Quotas of Connect", Health.Unknown, "none of the names was listed", "Service Quotas → Amazon Connect: StartChatContact 5 a second, 500 chats at once unless they were raised");
    }

    private async Task<Finding> AlarmsAsync(CancellationToken cancellationToken)
    {
        JsonElement[] alarms = [.. (await aws.AskAsync(cancellationToken, "cloudwatch", "describe-alarms", "--alarm-name-prefix", $"{settings.StackName}-")).GetProperty("MetricAlarms").EnumerateArray()];
        string[] up = [.. alarms.Where(alarm => Text(alarm, "StateValue") == "ALARM").Select(alarm => Text(alarm, "AlarmName"))];
        if (up.Length > 0)
        {
            return new Finding("Alarms", Health.Missing, $"up: {string.Join(", ", up)}", "docs/runbook.md");
        }

        return alarms.Length > 0 && alarms.All(alarm => alarm.GetProperty("AlarmActions").GetArrayLength() == 0)
            ? new Finding("Alarms", Health.Missing, "they go nowhere", "alarmEmail or alarmTopicArn of the stage")
            : new Finding("Alarms", Health.Good, $"{alarms.Length}, none up");
    }

    private async Task<Finding> MetricAsync(string metric, CancellationToken cancellationToken)
    {
        int found = (await aws.AskAsync(cancellationToken, "cloudwatch", "list-metrics", "--namespace", metric == Metrics.ReceiptToAgent ? Metrics.Namespace : "AWS/Lambda", "--metric-name", metric)).GetProperty("Metrics").GetArrayLength();
        return found > 0
            ? new Finding($"Metric {metric}", Health.Good, "it is counted")
            : new Finding($"Metric {metric}", Health.Unknown, "not there yet: it comes some minutes after the first message", "after the first message: docs/unverified.md");
    }

    private static string Text(JsonElement element, string member) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(member, out JsonElement value) ? value.ToString() : "";
}
