using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace WhatsAppBuffer.Simulator.App.Storage;

/// <summary>A running DynamoDB Local: in memory, one database for all credentials and regions. It ends with <see cref="DisposeAsync"/>.</summary>
internal sealed class DynamoDbLocalProcess : IAsyncDisposable
{
    private const int Attempts = 3;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private string _words = "";

    private DynamoDbLocalProcess(Process process, int port) => (_process, Uri) = (process, new Uri($"http://127.0.0.1:{port}/"));

    /// <summary>Where it answers. (It listens on all interfaces: DynamoDB Local cannot be told to do otherwise.)</summary>
    public Uri Uri { get; }

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it on a free port and waits until it answers.</summary>
    /// <exception cref="UserErrorException">Java is missing, or it ended; the message says why and what to do.</exception>
    public static async Task<DynamoDbLocalProcess> StartAsync(DynamoDbLocalPackage package, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            DynamoDbLocalProcess local = Start(package, FreePort());
            if (await local.AnswersAsync(clock, cancellationToken))
            {
                return local;
            }

            await local.DisposeAsync();
            bool portWasTaken = local._words.Contains("Address already in use", StringComparison.Ordinal);
            if (!portWasTaken || attempt == Attempts)
            {
                throw new UserErrorException($"DynamoDB Local did not start: {local._words.Trim()} It needs Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless).");
            }
        }
    }

    /// <summary>Ends the process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static DynamoDbLocalProcess Start(DynamoDbLocalPackage package, int port)
    {
        var start = new ProcessStartInfo("java",
        [
            "-Djava.library.path=./DynamoDBLocal_lib", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m",
            "-jar", DynamoDbLocalPackage.Jar, "-inMemory", "-sharedDb", "-port", port.ToString(CultureInfo.InvariantCulture),
        ])
        {
            WorkingDirectory = package.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var local = new DynamoDbLocalProcess(new Process { StartInfo = start }, port);
        local._process.OutputDataReceived += local.Keep;
        local._process.ErrorDataReceived += local.Keep;
        try
        {
            local._process.Start();
        }
        catch (Win32Exception e)
        {
            throw new UserErrorException("DynamoDB Local needs Java, and no `java` was found on the PATH. Install Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless).", e);
        }

        local._process.BeginOutputReadLine();
        local._process.BeginErrorReadLine();
        return local;
    }

    /// <summary>Whether it takes connections. False: it ended instead, or took too long.</summary>
    private async Task<bool> AnswersAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (long began = clock.GetTimestamp(); clock.GetElapsedTime(began) < StartLimit && !_process.HasExited;)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(Uri, cancellationToken);
                return !_process.HasExited;
            }
            catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                await Task.Delay(Poll, clock, cancellationToken);
            }
        }

        if (_process.HasExited)
        {
            // Its last words may still be on their way.
            await _process.WaitForExitAsync(cancellationToken);
        }

        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        // Stack traces say nothing to a user.
        if (!string.IsNullOrWhiteSpace(e.Data) && !e.Data.StartsWith('\t'))
        {
            _words = e.Data;
        }
    }
}
