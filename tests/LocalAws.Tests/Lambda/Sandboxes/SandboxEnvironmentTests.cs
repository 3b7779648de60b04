using LocalAws.Tests.Lambda.Runtimes;
using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Sandboxes;

namespace LocalAws.Tests.Lambda.Sandboxes;

public class SandboxEnvironmentTests
{
    private static Dictionary<string, string?> Filled(params (string Name, string Value)[] inherited)
    {
        Dictionary<string, string?> environment = inherited.ToDictionary(variable => variable.Name, variable => (string?)variable.Value);
        var definition = new FunctionDefinition { Name = "probe", Code = Runtime.Python };
        SandboxEnvironment.Fill(environment, definition, "/task", new AwsAccount(), "127.0.0.1:1", "stream", slot: 2);
        return environment;
    }

    [Fact]
    public void A_function_reports_its_telemetry_as_an_instance_of_its_own_not_as_the_process_that_started_it()
    {
        Dictionary<string, string?> environment = Filled(
            ("OTEL_SERVICE_NAME", "simulator"), ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test,service.instance.id=abc"));

        Assert.DoesNotContain("OTEL_SERVICE_NAME", environment.Keys);
        Assert.Equal("deployment.environment.name=test,service.instance.id=2", environment["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Equal("service.instance.id=2", Filled()["OTEL_RESOURCE_ATTRIBUTES"]);
    }

    [Fact]
    public void Nothing_of_AWS_is_inherited()
    {
        Dictionary<string, string?> environment = Filled(("AWS_PROFILE", "production"), ("AWS_REGION", "eu-west-1"), ("PATH", "/bin"));

        Assert.DoesNotContain("AWS_PROFILE", environment.Keys);
        Assert.Equal("us-east-1", environment["AWS_REGION"]);
        Assert.Equal("/bin", environment["PATH"]);
    }
}
