namespace LocalAws.Sns;

/// <summary>What a test or simulation may choose about SNS.</summary>
public sealed record SnsOptions
{
    /// <summary>How many of the latest messages <see cref="SnsEngine.Redeliver"/> can find; default 1,000. More costs memory.</summary>
    public int RememberedMessages { get; init; } = 1000;
}
