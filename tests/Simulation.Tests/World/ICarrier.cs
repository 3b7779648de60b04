namespace Simulation.Tests.World;

/// <summary>Brings events to a function that nobody waits for: late, in any order, more than once.</summary>
internal interface ICarrier
{
    /// <summary>Takes an event.</summary>
    /// <param name="payload">UTF-8 JSON.</param>
    /// <param name="delay">Not to be delivered before.</param>
    void Accept(byte[] payload, TimeSpan delay);
}
