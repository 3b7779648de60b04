using System.Runtime.InteropServices;
using WhatsAppBuffer.Simulator.App.Dashboard;
using LocalAws.Testing;

namespace App.Tests.Dashboard;

/// <summary>With a stand-in for npm.</summary>
public sealed class AspireCliTests : IDisposable
{
    private const string WriteProgram = """bin="$3/node_modules/@microsoft/aspire-cli-linux-x64/bin"; mkdir -p "$bin"; echo program > "$bin/aspire" """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspire-cli");
    private readonly AspireCli _cli;

    public AspireCliTests()
    {
        _cli = new AspireCli(_folder.FullName, Tools);
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "npm carries the CLI for Linux on x64.");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_npm_installed_is_found_from_then_on()
    {
        WriteNpm(WriteProgram);

        string? installed = await _cli.InstallAsync(CancellationToken.None);

        Assert.Equal("program\n", await File.ReadAllTextAsync(installed!));
        Assert.Equal(installed, _cli.Find());
    }

    [Fact]
    public async Task An_installation_that_is_stopped_half_way_leaves_nothing()
    {
        string written = Path.Combine(_folder.FullName, "written");
        WriteNpm($"{WriteProgram}; echo yes > {written}; exec sleep 60");
        using var stop = new CancellationTokenSource();
        Task<string?> installation = _cli.InstallAsync(stop.Token);
        await Eventually.IsTrueAsync(() => File.Exists(written), "npm is at work");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => installation);
        Assert.Null(_cli.Find());
        Assert.Equal(["npm", "written"], _folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order());
    }

    [Fact]
    public async Task Without_success_of_npm_there_is_no_CLI()
    {
        WriteNpm($"{WriteProgram}; exit 1");

        Assert.Null(await _cli.InstallAsync(CancellationToken.None));
        Assert.Null(_cli.Find());
    }

    [Fact]
    public async Task Remains_of_an_older_installation_are_replaced()
    {
        Directory.CreateDirectory(Path.Combine(Tools, "node_modules", "remains"));
        WriteNpm(WriteProgram);

        Assert.NotNull(await _cli.InstallAsync(CancellationToken.None));
        Assert.False(Directory.Exists(Path.Combine(Tools, "node_modules", "remains")));
    }

    private string Tools => Path.Combine(_folder.FullName, "tools");

    private void WriteNpm(string script) => ShellScript.Write(Path.Combine(_folder.FullName, "npm"), script);
}
