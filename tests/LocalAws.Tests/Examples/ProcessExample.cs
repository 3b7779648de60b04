using System.Text.Json;
using LocalAws.Tests.Lambda.Runtimes;
using LocalAws.Lambda;
using LocalAws.Lambda.Functions;

namespace LocalAws.Examples;

public class ProcessExample
{
    [Fact]
    public async Task A_process_finds_the_cloud_that_runs_it()
    {
        (string python, string script) = (Runtime.Python.Command, Runtime.Python.Arguments[0]);
        await using LocalCloud cloud = await LocalCloud.StartAsync();
        cloud.Lambda.CreateFunction(new FunctionDefinition
        {
            Name = "probe",
            Code = new FunctionCode.Program(python, script),
            Environment = cloud.Environment,
            Timeout = TimeSpan.FromSeconds(20),
        });

        InvocationResult result = await cloud.Lambda.InvokeAsync("probe", """{"do":"environment"}"""u8.ToArray(), CancellationToken.None);

        Assert.True(result.FunctionError is null, string.Join('\n', cloud.Lambda.GetLog("probe").Select(line => line.Text)));
        Assert.Equal(cloud.Uri.ToString(), JsonDocument.Parse(result.Payload).RootElement.GetProperty("AWS_ENDPOINT_URL").GetString());
    }
}
