using Aspire.Hosting.AWS.Lambda;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WhatsAppBuffer.AppHost.TestTool;

namespace AppHost.Tests;

/// <summary>Whether a test tool that ended ends the application; nothing is started.</summary>
public sealed class LambdaTestToolTests : IAsyncDisposable
{
    private readonly List<string> _sentences = [];
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder();
    private readonly LambdaEmulatorResource _tool;
    private readonly DistributedApplication _app;

    public LambdaTestToolTests()
    {
        _tool = _builder.AddLambdaTestTool(_sentences.Add).Resource;
        _app = _builder.Build();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_tool_that_ends_before_it_answered_ends_the_application_with_what_to_install_or_choose()
    {
        await StopToolAsync();

        string sentence = Assert.Single(_sentences);
        Assert.Contains("dotnet tool install -g Amazon.Lambda.TestTool", sentence, StringComparison.Ordinal);
        Assert.Contains("--lambda attached", sentence, StringComparison.Ordinal);
        Assert.True(IsStopping);
    }

    [Fact]
    public async Task A_tool_that_is_stopped_later_can_be_started_again()
    {
        await _builder.Eventing.PublishAsync(new ResourceReadyEvent(_tool, _app.Services), TestContext.Current.CancellationToken);

        await StopToolAsync();

        Assert.Empty(_sentences);
        Assert.False(IsStopping);
    }

    [Fact]
    public async Task A_tool_that_ends_with_the_application_is_not_missed()
    {
        _app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await StopToolAsync();

        Assert.Empty(_sentences);
    }

    private bool IsStopping => _app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private Task StopToolAsync()
    {
        var snapshot = new CustomResourceSnapshot { ResourceType = "Executable", Properties = [], State = KnownResourceStates.Exited, ExitCode = 1 };
        return _builder.Eventing.PublishAsync(new ResourceStoppedEvent(_tool, _app.Services, new ResourceEvent(_tool, _tool.Name, snapshot)), TestContext.Current.CancellationToken);
    }
}
