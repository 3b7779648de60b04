namespace AppHost.Tests;

/// <summary><c>--lambda emulator</c>: the functions are projects under the AWS Lambda Test Tool.</summary>
public sealed class EmulatorModeTests(EmulatorModeTests.Running running) : IClassFixture<EmulatorModeTests.Running>
{
    [Fact]
    public async Task The_guides_burst_is_one_message_for_the_agent()
    {
        await running.WriteBurstAsync("Kike");

        Assert.Equal(["Hello\nI need help\nwith my order\nP12345"], await running.SeenOnceTheBufferEndsAsync("Kike"));
    }

    public sealed class Running() : RunningAppHost(
        ["simulator", "LambdaServiceEmulator", "on-raw-messages", "message-aggregator", "whatsapp-event-handler", "connect-event-handler", "send-whatsapp-message"], "--storage", "embedded", "--lambda", "emulator", "--window", "7");
}
