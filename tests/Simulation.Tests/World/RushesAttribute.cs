using System.Globalization;
using FsCheck.Xunit;

namespace Simulation.Tests.World;

/// <summary>
/// A property of many rushes: of the same ones each time, so that a change that breaks nothing is never held up by what was there before it. With the environment variable
/// <c>SIMULATION_FACTOR</c> = N it is N times as many, and others each time: how faults are looked for.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
#pragma warning disable xUnit3003 // FsCheck's attribute takes no source information.
internal sealed class RushesAttribute : PropertyAttribute
#pragma warning restore xUnit3003
{
    public RushesAttribute(int count)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("SIMULATION_FACTOR"), NumberStyles.None, CultureInfo.InvariantCulture, out int factor) && factor > 0)
        {
            MaxTest = count * factor;
            return;
        }

        MaxTest = count;
        Replay = "2026,11";
    }
}
