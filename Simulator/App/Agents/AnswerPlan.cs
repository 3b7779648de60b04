using System.ComponentModel;

namespace WhatsAppBuffer.Simulator.App.Agents;

/// <summary>How agents answer by themselves.</summary>
internal sealed record AnswerPlan
{
    private const int MostPerMessage = 10;
    private const double LongestOfPauses = 3_600;

    public static AnswerPlan Nobody { get; } = new() { PerMessage = 0 };

    [Description("How many answers each message on the agent's screen gets, 0 to 10.")]
    public int PerMessage { get; set; } = 1;

    [Description("Seconds of the simulator's clock within which each is written, 0 to 3,600.")]
    public double LongestPause { get; set; } = 10;

    [Description("Another seed makes other pauses.")]
    public int Seed { get; set; } = 1;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Problem() => this switch
    {
        { PerMessage: < 0 or > MostPerMessage } => $"'perMessage' is {PerMessage}; it must be 0 to {MostPerMessage}",
        { LongestPause: not (>= 0 and <= LongestOfPauses) } => $"'longestPause' is {LongestPause}; it must be 0 to {LongestOfPauses:N0} seconds",
        _ => null,
    };
}
