using System.ComponentModel;
using System.Diagnostics;

namespace WhatsAppBuffer.AppHost.Choices;

/// <summary>Whether containers can be started here.</summary>
internal interface IContainerRuntime
{
    /// <summary>The runtime that answers, or null.</summary>
    Task<string?> FindAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Docker or Podman, asked as Aspire itself asks: <c>container ls -n 1</c> succeeds only when the engine behind the command answers. Aspire's own
/// variable chooses one of them.
/// </summary>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="clock">Real time.</param>
internal sealed class ContainerRuntime(Func<string, string?> variable, TimeProvider clock) : IContainerRuntime
{
    private static readonly string[] Known = ["docker", "podman"];

    /// <summary>An engine that is installed but stopped may keep its command waiting.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        string? chosen = Variable("ASPIRE_CONTAINER_RUNTIME") ?? Variable("DOTNET_ASPIRE_CONTAINER_RUNTIME");
        foreach (string runtime in chosen is null ? Known : [chosen])
        {
            if (await AnswersAsync(runtime, cancellationToken))
            {
                return runtime;
            }
        }

        return null;
    }

    private string? Variable(string name) => variable(name) is { Length: > 0 } value ? value : null;

    private async Task<bool> AnswersAsync(string runtime, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(runtime, ["container", "ls", "-n", "1"]) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return false;
        }

        // Read, lest it wait for room to write.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
