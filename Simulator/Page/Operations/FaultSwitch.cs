using LocalAws.Faults;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.Page.Operations;

/// <summary>A fault that can be switched on.</summary>
/// <param name="Name">What goes wrong, in a word.</param>
/// <param name="Where">Where.</param>
/// <param name="Percent">How often, in hundred; what a user may change.</param>
/// <param name="Rule">Makes the rule.</param>
internal sealed record FaultSwitch(string Name, string Where, double Percent, Func<double, FaultRule> Rule)
{
    /// <summary>The switches of the page.</summary>
    public static IReadOnlyList<FaultSwitch> All { get; } =
    [
        new("Throttle", "Connect’s chat", 20, share => new FaultRule { Service = "connectparticipant", Effect = FaultEffect.Throttle, Probability = share }),
        new("Error", "DynamoDB", 5, share => new FaultRule { Service = "dynamodb", Effect = FaultEffect.Error, Probability = share }),
        new("Refusal", "Connect’s chat, for good", 100, share => new FaultRule { Service = "connectparticipant", Operation = "SendMessage", Effect = FaultEffect.Error, Code = "ValidationException", Status = 400, Probability = share }),
        new("Lost answer", "any call", 2, share => new FaultRule { Effect = FaultEffect.DropResponse, Probability = share }),
        new("Crash", FunctionSpecs.OnRawMessages.Name, 30, share => new FaultRule { Service = "lambda", Operation = FunctionSpecs.OnRawMessages.Name, Effect = FaultEffect.Kill, Probability = share }),
        new("Twice", "SNS delivery", 10, share => new FaultRule { Service = "sns", Effect = FaultEffect.Duplicate, Probability = share }),
        new("Late", "SNS delivery, some 5 s", 20, share => new FaultRule { Service = "sns", Effect = FaultEffect.Reorder, Latency = new Latency(5, 10), Probability = share }),
    ];

    /// <summary>Whether a rule is this switch's.</summary>
    public bool Is(FaultRule rule) => Rule(rule.Probability ?? 1) == rule;

    /// <summary>The plan with this switch on at a share, or off.</summary>
    /// <param name="plan">The plan in force.</param>
    /// <param name="share">0 to 1; null for off.</param>
    public FaultPlan In(FaultPlan plan, double? share)
    {
        IEnumerable<FaultRule> others = plan.Rules.Where(rule => !Is(rule));
        return plan with { Rules = share is { } on ? [.. others, Rule(on)] : [.. others] };
    }
}
