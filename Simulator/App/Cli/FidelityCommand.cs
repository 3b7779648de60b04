using Spectre.Console;
using WhatsAppBuffer.Simulator.App.Fidelity;

namespace WhatsAppBuffer.Simulator.App.Cli;

/// <summary><c>fidelity</c>: does again what was recorded on AWS, here or in the user's own account, and tells the differences.</summary>
internal sealed class FidelityCommand(TimeProvider clock)
{
    private const int Same = 0;
    private const int Different = 1;
    private const int CouldNotReplay = 2;

    /// <summary>Networks and processes take their time.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    public async Task<int> RunAsync(string[] names, bool onAws, bool yes, CancellationToken cancellationToken)
    {
        IAnsiConsole console = AnsiConsole.Console;
        try
        {
            IReadOnlyList<Recording> recordings = Recording.Load(names);
            await using IReplayCloud cloud = onAws ? await AskAsync(recordings, yes, console, cancellationToken) : await LocalReplayCloud.StartAsync(clock, cancellationToken);
            var replay = new Replay(cloud, line => console.MarkupLineInterpolated($"[grey]{line}[/]")) { Settling = TimeSpan.FromSeconds(onAws ? 30 : 2) };
            IReadOnlyDictionary<Recording, Replayed> seen = await replay.RunAsync(recordings, cancellationToken);
            bool same = true;
            foreach (Recording recording in recordings)
            {
                IReadOnlyList<string> differences = new RecordingComparison(recording, Tolerance).Differences(seen[recording]);
                same &= differences.Count == 0;
                console.MarkupLineInterpolated($"{(differences.Count == 0 ? "same     " : "DIFFERENT")} {recording.Name}");
                foreach (string difference in differences)
                {
                    console.MarkupLineInterpolated($"          {difference}");
                }
            }

            return same ? Same : Different;
        }
        catch (UserErrorException e)
        {
            await Console.Error.WriteLineAsync($"wab: {e.Message}");
            return CouldNotReplay;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CouldNotReplay;
        }
    }

    private static async Task<IReplayCloud> AskAsync(IReadOnlyList<Recording> recordings, bool yes, IAnsiConsole console, CancellationToken cancellationToken)
    {
        AwsReplayCloud aws = await AwsReplayCloud.ConnectAsync(line => console.MarkupLineInterpolated($"[grey]{line}[/]"), cancellationToken);
        console.MarkupLineInterpolated($"""
            In the AWS account [bold]{aws.Account}[/], region [bold]{aws.Region}[/], this creates for each of {recordings.Count} recordings a table, a queue, a log group,
            a Python function and an event source mapping, and one role for all, their names beginning with wab-. It takes about fifteen minutes and costs less
            than one US cent. Everything is deleted at the end, also when it fails or you press Ctrl+C.
            """);
        console.Markup(yes ? "" : "Go on? [[y/N]] ");
        if (yes || (await Console.In.ReadLineAsync(cancellationToken))?.Trim() is "y" or "yes")
        {
            return aws;
        }

        await aws.DisposeAsync();
        throw new UserErrorException("Nothing was created.");
    }
}
