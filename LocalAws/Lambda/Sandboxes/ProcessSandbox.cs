using System.ComponentModel;
using System.Diagnostics;
using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.RuntimeApi;

namespace LocalAws.Lambda.Sandboxes;

/// <summary>
/// A sandbox that is one operating-system process with a Runtime API of its own. If this program dies without disposing it, the process
/// loses its connection and its standard input at once and ends at its next call; <see cref="ProcessGuard"/> ends it at once where it can.
/// </summary>
internal sealed class ProcessSandbox(
    FunctionDefinition definition, FunctionCode.Program code, AwsAccount account, string logStream, FunctionLog log, SandboxSlots slots, ProcessGuard guard, TimeProvider time)
    : ISandbox
{
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MemoryInterval = TimeSpan.FromSeconds(1);

    private readonly int _slot = slots.Take();
    private readonly RuntimeExchange _exchange = new();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RuntimeApiServer? _server;
    private Process? _process;
    private string _initRequestId = "";
    private int _exitCode;
    private int _maxMemoryUsed;
    private long _memoryMeasured;
    private bool _released;

    public string LogStream => logStream;

    public Task Ended => _exited.Task;

    public bool IsAlive => _process is not null && !_exited.Task.IsCompleted && !_process.HasExited;

    public int MaxMemoryUsed
    {
        get
        {
            if (IsAlive && (_maxMemoryUsed == 0 || time.GetElapsedTime(_memoryMeasured) > MemoryInterval))
            {
                MeasureMemory(_process!);
            }

            return _maxMemoryUsed;
        }
    }

    public async Task<SandboxReply?> InitializeAsync(string requestId, TimeSpan limit)
    {
        _initRequestId = requestId;
        _server = await RuntimeApiServer.StartAsync(_exchange);
        _process = CreateProcess(_server.Address);
        try
        {
            _process.Start();
        }
        catch (Win32Exception e)
        {
            _exited.TrySetResult();
            return PlatformErrors.NotStarted(requestId, code.Command, e.Message);
        }

        guard.Watch(_process.Id);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            return await _exchange.Initialized.WaitAsync(limit, time);
        }
        catch (TimeoutException)
        {
            await KillAsync();
            return PlatformErrors.InitTimedOut(requestId, limit);
        }
    }

    public async Task<SandboxReply> InvokeAsync(SandboxInvocation invocation)
    {
        Task<SandboxReply> ended = _exchange.HandOver(invocation);
        if (_exited.Task.IsCompleted)
        {
            CloseExchange();
        }

        try
        {
            return await ended.WaitAsync(definition.Timeout, time);
        }
        catch (TimeoutException)
        {
            _exchange.Close(PlatformErrors.TimedOut(invocation.RequestId, definition.Timeout));
            await KillAsync();
            return await ended;
        }
    }

    public async Task KillAsync()
    {
        if (_process is null || _exited.Task.IsCompleted)
        {
            return;
        }

        MeasureMemory(_process);
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }

        await _exited.Task.WaitAsync(KillLimit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        // Whoever stops the cloud and whoever finds that the process has ended may both get here, at the same time.
        if (!Interlocked.Exchange(ref _released, true))
        {
            slots.Free(_slot);
            _process?.Dispose();
        }
    }

    private Process CreateProcess(string runtimeApi)
    {
        string taskRoot = code.WorkingDirectory ?? Environment.CurrentDirectory;
        var start = new ProcessStartInfo(code.Command, code.Arguments)
        {
            WorkingDirectory = taskRoot,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        SandboxEnvironment.Fill(start.Environment, definition, taskRoot, account, runtimeApi, logStream, _slot);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Log(line.Data);
        process.ErrorDataReceived += (_, line) => Log(line.Data);
        process.Exited += (_, _) => _ = EndAsync(process);
        return process;
    }

    private void Log(string? line)
    {
        if (line is not null)
        {
            log.Write(logStream, line);
        }
    }

    private async Task EndAsync(Process process)
    {
        guard.Forget(process.Id);
        using var limit = new CancellationTokenSource(OutputLimit, time);
        // Also waits for the end of the output, which a grandchild may hold open.
        await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _exitCode = process.ExitCode;
        _exited.TrySetResult();
        CloseExchange();
    }

    private void CloseExchange() =>
        _exchange.Close(PlatformErrors.Exited(_exchange.RequestId ?? _initRequestId, _exitCode));

    private void MeasureMemory(Process process)
    {
        try
        {
            process.Refresh();
            _maxMemoryUsed = Math.Max(_maxMemoryUsed, (int)(process.PeakWorkingSet64 >> 20));
            _memoryMeasured = time.GetTimestamp();
        }
        catch (InvalidOperationException)
        {
            // It has exited: what was measured before stands.
        }
    }
}
