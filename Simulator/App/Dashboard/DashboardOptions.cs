namespace WhatsAppBuffer.Simulator.App.Dashboard;

/// <summary>How the Aspire dashboard is run. All ports are of 127.0.0.1.</summary>
internal sealed record DashboardOptions
{
    /// <summary>False with <c>--no-dashboard</c>.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Port of its page.</summary>
    public int Port { get; init; } = 18888;

    /// <summary>Port it takes OTLP over HTTP on, the one this system's processes export to. OTLP over gRPC is on the port before it.</summary>
    public int OtlpPort { get; init; } = 4318;

    /// <summary>Where programs are looked for: the value of <c>PATH</c>.</summary>
    public string SearchPath { get; init; } = Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>Where the Aspire CLI is installed to when it is nowhere to be found.</summary>
    public string ToolFolder { get; init; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "WhatsAppBuffer", "aspire-cli");

    /// <summary>How long the start of the system waits for the dashboard at the most.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The page.</summary>
    public Uri Url => new($"http://127.0.0.1:{Port}");
}
