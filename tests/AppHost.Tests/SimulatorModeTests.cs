namespace AppHost.Tests;

/// <summary><c>--lambda simulator</c>: the functions are processes of the simulator.</summary>
public sealed class SimulatorModeTests(SimulatorModeTests.Running running) : IClassFixture<SimulatorModeTests.Running>
{
    [Fact]
    public async Task The_guides_burst_is_one_message_for_the_agent()
    {
        await running.WriteBurstAsync("Kike");

        Assert.Equal(["Hello\nI need help\nwith my order\nP12345"], await running.SeenOnceTheBufferEndsAsync("Kike"));
    }

    public sealed class Running() : RunningAppHost(["simulator"], "--storage", "embedded", "--lambda", "simulator", "--window", "7");
}
