using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.Events;

/// <summary>The wire of EventBridge: JSON 1.1, target <c>AWSEvents</c>.</summary>
/// <param name="engine">The rules.</param>
public sealed class EventBridgeService(EventBridgeEngine engine) : AwsService("events", Protocol)
{
    private const string DefaultBus = "default";
    private const int MostListed = 100;

    private static readonly AwsConstraint Check = new("ValidationException");
    private static readonly JsonRpcProtocol Protocol = new(AwsJson.Json11, "AWSEvents")
    {
        Service = "EventBridge",
        Refusal = "ValidationException",
        NamespaceOf = _ => "com.amazonaws.events",
    };

    private protected override IReadOnlyList<AwsOperation> Table =>
    [
        Protocol.Of("PutRule", Shape.PutRuleInput, Shape.PutRuleOutput, PutRule),
        Protocol.Of("DescribeRule", Shape.RuleInput, Shape.RuleOutput, input => Output(engine.DescribeRule(NameOf(input.Name, input.EventBusName)))),
        Protocol.Of("EnableRule", Shape.RuleInput, input => engine.Enable(NameOf(input.Name, input.EventBusName), true)),
        Protocol.Of("DisableRule", Shape.RuleInput, input => engine.Enable(NameOf(input.Name, input.EventBusName), false)),
        Protocol.Of("DeleteRule", Shape.DeleteRuleInput, input => engine.DeleteRule(NameOf(input.Name, input.EventBusName))),
        Protocol.Of("ListRules", Shape.ListRulesInput, Shape.ListRulesOutput, ListRules),
        Protocol.Of("PutTargets", Shape.PutTargetsInput, Shape.FailedEntriesOutput, PutTargets),
        Protocol.Of("RemoveTargets", Shape.RemoveTargetsInput, Shape.FailedEntriesOutput, RemoveTargets),
        Protocol.Of("ListTargetsByRule", Shape.ListTargetsByRuleInput, Shape.ListTargetsByRuleOutput, ListTargetsByRule),
    ];

    private static EventBridgeJson Shape => EventBridgeJson.Default;

    private PutRuleOutput PutRule(PutRuleInput input)
    {
        string name = NameOf(input.Name, input.EventBusName);
        Check.OneOf(input.State, "state", "ENABLED", "DISABLED");
        string expression = input.ScheduleExpression is { Length: > 0 } given
            ? given
            : throw new AwsException("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
        return new PutRuleOutput(engine.PutRule(name, expression, input.State != "DISABLED", input.Description));
    }

    private ListRulesOutput ListRules(ListRulesInput input)
    {
        RequireDefaultBus(input.EventBusName);
        IEnumerable<ScheduleRule> found = engine.Rules.Where(rule => rule.Name.StartsWith(input.NamePrefix ?? "", StringComparison.Ordinal));
        (IReadOnlyList<ScheduleRule> page, string? next) = Page(found, rule => rule.Name, input.NextToken, input.Limit);
        return new ListRulesOutput([.. page.Select(Output)], next);
    }

    private FailedEntriesOutput PutTargets(PutTargetsInput input)
    {
        IReadOnlyList<TargetMember> targets = Check.Required(input.Targets, "targets");
        Check.Range(targets.Count, "targets", 1, MostListed, "have length");
        engine.PutTargets(
            NameOf(input.Rule, input.EventBusName, "rule"),
            [.. targets.Select(target => new EventTarget(Check.Required(target.Id, "targets.member.id"), Check.Required(target.Arn, "targets.member.arn"), target.Input))]);
        return FailedEntriesOutput.None;
    }

    private FailedEntriesOutput RemoveTargets(RemoveTargetsInput input)
    {
        engine.RemoveTargets(NameOf(input.Rule, input.EventBusName, "rule"), Check.Required(input.Ids, "ids"));
        return FailedEntriesOutput.None;
    }

    private ListTargetsByRuleOutput ListTargetsByRule(ListTargetsByRuleInput input)
    {
        ScheduleRule rule = engine.DescribeRule(NameOf(input.Rule, input.EventBusName, "rule"));
        (IReadOnlyList<EventTarget> page, string? next) = Page(rule.Targets, target => target.Id, input.NextToken, input.Limit);
        return new ListTargetsByRuleOutput([.. page.Select(target => new TargetMember(target.Id, target.Arn, target.Input))], next);
    }

    private static RuleOutput Output(ScheduleRule rule) => new(rule.Name, rule.Arn, rule.IsEnabled ? "ENABLED" : "DISABLED", rule.Description, rule.ScheduleExpression);

    /// <summary>A page of what is sorted by a key; the token is the last key of the page before.</summary>
    private static (IReadOnlyList<T> Page, string? Next) Page<T>(IEnumerable<T> all, Func<T, string> keyOf, string? token, int? limit)
    {
        Check.Range(limit, "limit", 1, MostListed);
        T[] rest = [.. all.OrderBy(keyOf, StringComparer.Ordinal).Where(item => token is null || string.CompareOrdinal(keyOf(item), token) > 0)];
        T[] page = [.. rest.Take(limit ?? MostListed)];
        return (page, rest.Length > page.Length ? keyOf(page[^1]) : null);
    }

    private static string NameOf(string? name, string? bus, string member = "name")
    {
        RequireDefaultBus(bus);
        return Check.Required(name, member, 1, 64);
    }

    private static void RequireDefaultBus(string? bus)
    {
        if (bus is not (null or DefaultBus))
        {
            throw new AwsException("ValidationException", $"This local cloud imitates the event bus '{DefaultBus}' only (EventBusName), not '{bus}'.");
        }
    }
}
