namespace LocalAws.Faults;

/// <summary>How long something takes, in seconds of the cloud's clock: log-normal, as latencies of networks and services are.</summary>
/// <param name="Median">Half of the calls take no longer; above 0.</param>
/// <param name="P99">99 of 100 calls take no longer; at least the median, and equal to it for a constant latency.</param>
public sealed record Latency(double Median, double P99)
{
    /// <summary>How many standard deviations the 99th percentile of a normal distribution lies above its median.</summary>
    private const double NormalP99 = 2.3263478740408408;

    /// <summary>The latency that two even chances stand for.</summary>
    /// <param name="first">Even in [0, 1).</param>
    /// <param name="second">Even in [0, 1), independent of the first.</param>
    internal TimeSpan Of(double first, double second)
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - first)) * Math.Cos(2 * Math.PI * second);
        double deviation = Math.Log(P99 / Median) / NormalP99;
        return TimeSpan.FromSeconds(Math.Min(Median * Math.Exp(deviation * normal), TimeSpan.FromHours(1).TotalSeconds));
    }
}
