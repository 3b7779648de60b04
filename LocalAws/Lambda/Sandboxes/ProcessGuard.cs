using System.ComponentModel;
using System.Diagnostics;

namespace LocalAws.Lambda.Sandboxes;

/// <summary>
/// Ends the functions' processes when this program dies without a chance to do it itself (kill -9, a crash): one small shell per cloud
/// knows their ids and kills them when its standard input ends. Unix only: on Windows a process left behind ends at its next call of
/// the Runtime API, as it does where no shell can be started.
/// </summary>
internal sealed class ProcessGuard : IDisposable
{
    private const string Script =
        """
        trap '' INT TERM HUP
        pids=' '
        while read -r verb pid; do
          case $verb in
            watch) pids="$pids$pid " ;;
            forget) pids="${pids%% $pid *} ${pids#* $pid }" ;;
          esac
        done
        for pid in $pids; do kill -9 "$pid" 2>/dev/null; done
        """;

    private readonly Lock _lock = new();
    private Process? _shell;
    private bool _refused = OperatingSystem.IsWindows();

    /// <summary>Takes a process under guard.</summary>
    public void Watch(int processId) => Tell("watch", processId);

    /// <summary>The process has ended; its id may soon be another's.</summary>
    public void Forget(int processId) => Tell("forget", processId);

    /// <summary>Ends the shell, and with it whatever is still under guard.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _refused = true;
            _shell?.StandardInput.Close();
            _shell?.Dispose();
            _shell = null;
        }
    }

    private void Tell(string verb, int processId)
    {
        lock (_lock)
        {
            if (_refused)
            {
                return;
            }

            try
            {
                _shell ??= Start();
                _shell.StandardInput.Write($"{verb} {processId}\n");
                _shell.StandardInput.Flush();
            }
            catch (Exception e) when (e is Win32Exception or IOException)
            {
                _refused = true;
            }
        }
    }

    private static Process Start() => Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
    })!;
}
