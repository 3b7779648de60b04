using LocalAws.Endpoint;
using WhatsAppBuffer.Topology;

namespace Simulation.Tests.World;

/// <summary>A queue that wakes the event handler after a delay, now and then twice, and now and then not at all.</summary>
internal sealed class UnreliableQueue(Cloud cloud) : ICarrier
{
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(2);

    public double Loss { get; init; }

    public double Repetition { get; init; }

    /// <summary>On top of the delay that is asked for.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many wake-ups were lost.</summary>
    public int Lost { get; private set; }

    public void Accept(byte[] payload, TimeSpan delay)
    {
        if (cloud.Random.NextDouble() < Loss)
        {
            Lost++;
            return;
        }

        for (int times = cloud.Random.NextDouble() < Repetition ? 2 : 1; times > 0; times--)
        {
            cloud.Begin(() => ReceiveAsync(payload, delay + (LongestDelay * cloud.Random.NextDouble())));
        }
    }

    /// <summary>A message that the function did not take is visible again later.</summary>
    private async Task ReceiveAsync(byte[] payload, TimeSpan delay)
    {
        await cloud.DelayAsync(delay);
        while (!await TryAsync(payload))
        {
            await cloud.DelayAsync(Visibility);
        }
    }

    private async Task<bool> TryAsync(byte[] payload)
    {
        try
        {
            return (await cloud.Lambda.InvokeAsync(FunctionSpecs.WhatsAppEventHandler.Name, payload, CancellationToken.None)).FunctionError is null;
        }
        catch (AwsException)
        {
            return false;
        }
    }
}
