using WhatsAppBuffer.Simulator.App.Fidelity;

namespace EndToEnd.Tests;

/// <summary>The replay of recordings: on a local cloud with real processes, and in an AWS account as far as a script in place of the AWS CLI goes.</summary>
public class FidelityTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_local_cloud_does_what_was_recorded_on_AWS()
    {
        Needs.Have(IsOnPath(OperatingSystem.IsWindows() ? "python.exe" : "python3"), "Python 3");
        IReadOnlyList<Recording> recordings = Recording.Load(["partial-batch-response", "thrown-error-with-bisect", "empty-item-identifier", "tumbling-window-closing-call-fails"]);
        await using LocalReplayCloud cloud = await LocalReplayCloud.StartAsync(TimeProvider.System, TestContext.Current.CancellationToken);

        IReadOnlyDictionary<Recording, Replayed> replayed = await new Replay(cloud, _ => { }).RunAsync(recordings, TestContext.Current.CancellationToken);

        Assert.Empty(recordings.SelectMany(recording => new RecordingComparison(recording, tolerance: Patience).Differences(replayed[recording])));
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    [Fact]
    public async Task What_was_begun_in_an_AWS_account_is_deleted_when_it_fails()
    {
        using var aws = new ScriptedAwsCli(whenStackIsCreated: "echo 'Waiter StackCreateComplete failed' >&2; exit 255");
        using var simulator = SimulatorProgram.Start(aws.Environment, "fidelity", "--aws", "--yes");

        Assert.Equal(2, await simulator.WhenExitedAsync(Patience));
        Assert.Contains("StackCreateComplete failed", simulator.Output, StringComparison.Ordinal);
        Assert.Equal(aws.NameIn("cloudformation create-stack"), aws.NameIn("cloudformation delete-stack"));
        Assert.Equal(aws.NameIn("cloudformation create-stack"), aws.NameIn("cloudformation wait stack-delete-complete"));
    }

    [Fact]
    public async Task What_was_begun_in_an_AWS_account_is_deleted_on_Ctrl_C()
    {
        using var aws = new ScriptedAwsCli(whenStackIsCreated: "sleep 60");
        using var simulator = SimulatorProgram.Start(aws.Environment, "fidelity", "--aws", "--yes");
        await RunningSimulator.WhenAsync(() => Task.FromResult(aws.Calls), calls => calls.Any(call => call.Contains("wait stack-create-complete", StringComparison.Ordinal)));

        simulator.Interrupt();

        Assert.Equal(2, await simulator.WhenExitedAsync(Patience));
        Assert.Equal(aws.NameIn("cloudformation create-stack"), aws.NameIn("cloudformation delete-stack"));
    }

    [Fact]
    public async Task Nothing_is_created_in_an_AWS_account_without_a_yes()
    {
        using var aws = new ScriptedAwsCli(whenStackIsCreated: "exit 0");
        using var simulator = SimulatorProgram.Start(aws.Environment, "fidelity", "--aws");
        simulator.Say("n");

        Assert.Equal(2, await simulator.WhenExitedAsync(Patience));
        Assert.Contains("111122223333", simulator.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was created.", simulator.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(aws.Calls, call => call.StartsWith("cloudformation", StringComparison.Ordinal));
    }
}
