using System.Text.Json;
using LocalAws;
using WhatsAppBuffer.Simulator.App.Deployment;
using LocalAws.Lambda.Functions;
using WhatsAppBuffer.Topology;

namespace EndToEnd.Tests;

public sealed class UnhandledExceptionTests
{
    [Fact]
    public async Task With_log_format_JSON_the_runtime_prints_an_exception_as_one_line_of_JSON()
    {
        await using LocalCloud cloud = await LocalCloud.StartAsync();
        FunctionExecutable executable = FunctionExecutable.Find(FunctionSpecs.OnRawMessages, null);
        cloud.Lambda.CreateFunction(new FunctionDefinition
        {
            Name = "on_raw_messages",
            Code = new FunctionCode.Program(executable.FileName, executable.Arguments) { WorkingDirectory = executable.WorkingDirectory },
            Timeout = TimeSpan.FromSeconds(30),
            LogFormat = "JSON",
            Environment = new Dictionary<string, string>(FunctionVariables.OfOnRawMessages(Tables.RawMessages.Name, Tables.ActiveConnections.Name, RetentionSettings.DefaultDays, "http://queue.invalid", null))
            {
                ["AWS_ENDPOINT_URL"] = cloud.Uri.ToString(),
            },
        });

        await cloud.Lambda.InvokeAsync("on_raw_messages", "[]"u8.ToArray(), CancellationToken.None);

        string line = Assert.Single(cloud.Lambda.GetLog("on_raw_messages"), line => line.Text.Contains("stackTrace", StringComparison.Ordinal)).Text;
        JsonElement error = JsonDocument.Parse(line).RootElement;
        Assert.Equal("Error", error.GetProperty("level").GetString());
        Assert.Equal("System.IO.InvalidDataException", error.GetProperty("errorType").GetString());
        Assert.DoesNotContain(cloud.Lambda.GetLog("on_raw_messages"), other => other.Text.StartsWith("   at ", StringComparison.Ordinal));
    }
}
