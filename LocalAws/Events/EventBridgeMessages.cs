using System.Text.Json.Serialization;

namespace LocalAws.Events;

internal sealed record PutRuleInput(string? Name, string? ScheduleExpression, string? State, string? Description, string? EventBusName);

internal sealed record PutRuleOutput(string RuleArn);

internal sealed record RuleInput(string? Name, string? EventBusName);

internal sealed record DeleteRuleInput(string? Name, string? EventBusName, bool Force = false);

internal sealed record ListRulesInput(string? NamePrefix, string? EventBusName, string? NextToken, int? Limit);

internal sealed record ListRulesOutput(IReadOnlyList<RuleOutput> Rules, string? NextToken);

internal sealed record RuleOutput(string Name, string Arn, string State, string? Description, string ScheduleExpression, string EventBusName = "default");

internal sealed record PutTargetsInput(string? Rule, string? EventBusName, IReadOnlyList<TargetMember>? Targets);

internal sealed record TargetMember(string? Id, string? Arn, string? Input);

internal sealed record RemoveTargetsInput(string? Rule, string? EventBusName, IReadOnlyList<string>? Ids, bool Force = false);

internal sealed record FailedEntriesOutput(int FailedEntryCount, IReadOnlyList<string> FailedEntries)
{
    public static FailedEntriesOutput None { get; } = new(0, []);
}

internal sealed record ListTargetsByRuleInput(string? Rule, string? EventBusName, string? NextToken, int? Limit);

internal sealed record ListTargetsByRuleOutput(IReadOnlyList<TargetMember> Targets, string? NextToken);

[JsonSerializable(typeof(PutRuleInput))]
[JsonSerializable(typeof(PutRuleOutput))]
[JsonSerializable(typeof(RuleInput))]
[JsonSerializable(typeof(RuleOutput))]
[JsonSerializable(typeof(DeleteRuleInput))]
[JsonSerializable(typeof(ListRulesInput))]
[JsonSerializable(typeof(ListRulesOutput))]
[JsonSerializable(typeof(PutTargetsInput))]
[JsonSerializable(typeof(RemoveTargetsInput))]
[JsonSerializable(typeof(FailedEntriesOutput))]
[JsonSerializable(typeof(ListTargetsByRuleInput))]
[JsonSerializable(typeof(ListTargetsByRuleOutput))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class EventBridgeJson : JsonSerializerContext;
