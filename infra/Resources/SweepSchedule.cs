using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Constructs;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>What a <see cref="SweepSchedule"/> needs.</summary>
internal sealed record SweepScheduleProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentSettings Settings { get; init; }

    /// <summary>The function that looks for what waits too long.</summary>
    public required PipelineFunction Target { get; init; }
}

/// <summary>The schedule by which a lost wake-up is found. A sweep that fails is tried again by Lambda, and then comes the next one.</summary>
internal sealed class SweepSchedule : Construct
{
    public SweepSchedule(Construct scope, string id, SweepScheduleProps props)
        : base(scope, id)
    {
        _ = new Rule(this, "Rule", new RuleProps
        {
            RuleName = props.Settings.NameOf(SweepSettings.Rule),
            Description = SweepSettings.Description,
            Schedule = Schedule.Rate(Duration.Minutes(SweepSettings.IntervalMinutes)),
            Targets = [new LambdaFunction(props.Target.Function)],
        });
    }
}
