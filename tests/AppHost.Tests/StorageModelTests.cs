using Microsoft.Extensions.DependencyInjection;
using WhatsAppBuffer.AppHost.Choices;
using WhatsAppBuffer.AppHost.Resources;
using WhatsAppBuffer.Topology;

namespace AppHost.Tests;

/// <summary>What each home of DynamoDB adds to the application, and what the simulator and the functions are told of it; nothing is started.</summary>
public class StorageModelTests
{
    [Fact]
    public async Task LocalStack_is_the_last_image_that_runs_without_an_account_and_the_simulator_waits_for_it()
    {
        var model = new Model(Choices(StorageKind.LocalStack));

        Assert.Equal(("docker.io", "localstack/localstack", "4.14"), model.StorageImage);
        Assert.Contains(model.Simulator.Annotations.OfType<WaitAnnotation>(), wait => wait.Resource == model.Storage && wait.WaitType == WaitType.WaitUntilHealthy);
        Assert.NotEmpty(model.Storage!.Annotations.OfType<HealthCheckAnnotation>());
        Assert.Equal(["--storage", "{storage.value}", "--storage-endpoint", "{localstack.bindings.http.url}"], (await model.ArgumentsOfSimulatorAsync())[^4..]);
    }

    [Fact]
    public async Task With_a_token_LocalStack_is_the_current_image_and_gets_the_token_as_a_secret()
    {
        var model = new Model(Choices(StorageKind.LocalStack) with { LocalStackToken = "ls-1" });

        Assert.Equal("stable", model.StorageImage.Tag);
        Assert.Equal("{localstack-auth-token.value}", (await model.VariablesOfAsync(model.Storage!))["LOCALSTACK_AUTH_TOKEN"]);
        Assert.True(model.Parameter("localstack-auth-token").Secret);
    }

    [Fact]
    public async Task DynamoDB_Local_shares_one_database_in_memory_and_the_simulator_waits_for_it()
    {
        var model = new Model(Choices(StorageKind.DynamoDbLocal));

        Assert.Equal(("docker.io", "amazon/dynamodb-local", "3.3.0"), model.StorageImage);
        Assert.Contains(model.Simulator.Annotations.OfType<WaitAnnotation>(), wait => wait.Resource == model.Storage && wait.WaitType == WaitType.WaitUntilHealthy);
        Assert.NotEmpty(model.Storage!.Annotations.OfType<HealthCheckAnnotation>());
        Assert.Equal(["-jar", "DynamoDBLocal.jar", "-inMemory", "-sharedDb", "-disableTelemetry"], await model.ArgumentsOfAsync(model.Storage));
        Assert.Equal("{dynamodb-local.bindings.http.url}", (await model.ArgumentsOfSimulatorAsync())[^1]);
    }

    [Fact]
    public async Task The_own_account_adds_no_container_and_only_names_with_the_prefix()
    {
        var model = new Model(Choices(StorageKind.Aws) with { Account = new OwnAccount("eu-west-1", "trial") });

        Assert.Null(model.Storage);
        Assert.Equal(["--storage", "{storage.value}", "--storage-prefix", "trial_"], (await model.ArgumentsOfSimulatorAsync())[^4..]);
        Assert.Equal("eu-west-1", (await model.VariablesOfAsync(model.Simulator))["AWS_REGION"]);
    }

    [Fact]
    public async Task Embedded_nothing_is_added_and_nothing_said()
    {
        var model = new Model(Choices(StorageKind.Embedded));

        Assert.Null(model.Storage);
        Assert.DoesNotContain("--storage", await model.ArgumentsOfSimulatorAsync());
        Assert.Empty(model.Simulator.Annotations.OfType<WaitAnnotation>());
    }

    [Fact]
    public async Task A_function_speaks_to_the_simulator_alone_with_no_credentials_of_the_developer()
    {
        var model = new Model(Choices(StorageKind.Aws) with { Account = new OwnAccount("eu-west-1", "trial") });

        Dictionary<string, string> variables = await model.VariablesOfFunctionAsync();

        Assert.Equal("http://localhost:5000", variables["AWS_ENDPOINT_URL"]);
        Assert.Equal("trial_raw_messages", variables["RAW_MESSAGES_TABLE"]);
        Assert.Equal(("eu-west-1", "local", "local"), (variables["AWS_REGION"], variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"]));
    }

    private static DeveloperChoices Choices(StorageKind storage) => new(storage, LambdaKind.Simulator, 20, ReleaseChoice.Window, 1);

    private sealed class Model
    {
        private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder();
        private readonly DeveloperChoices _choices;
        private readonly IResourceBuilder<ProjectResource> _simulator;

        public Model(DeveloperChoices choices)
        {
            _choices = choices;
            Settings settings = _builder.AddSettings(choices);
            IResourceBuilder<ContainerResource>? storage = _builder.AddStorage(choices);
            _simulator = _builder.AddSimulator(choices, settings, storage);
            Storage = storage?.Resource;
        }

        public ContainerResource? Storage { get; }

        public ProjectResource Simulator => _simulator.Resource;

        public (string? Registry, string Image, string? Tag) StorageImage
        {
            get
            {
                ContainerImageAnnotation image = Storage!.Annotations.OfType<ContainerImageAnnotation>().Last();
                return (image.Registry, image.Image, image.Tag);
            }
        }

        public ParameterResource Parameter(string name) => _builder.Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == name);

        public Task<string[]> ArgumentsOfSimulatorAsync() => ArgumentsOfAsync(Simulator);

        public async Task<string[]> ArgumentsOfAsync(IResource resource) =>
            [.. (await ConfigurationAsync(resource, DistributedApplicationOperation.Publish)).Arguments.Select(argument => argument.Value)];

        public async Task<Dictionary<string, string>> VariablesOfAsync(IResource resource) =>
            (await ConfigurationAsync(resource, DistributedApplicationOperation.Publish)).EnvironmentVariables.ToDictionary();

        public async Task<Dictionary<string, string>> VariablesOfFunctionAsync()
        {
            var function = _builder.AddProject<Projects.OnRawMessages>("on-raw-messages").AsFunction(FunctionSpecs.OnRawMessages, _choices, _simulator);
            Allocate(_simulator.Resource, 5000);
            return (await ConfigurationAsync(function.Resource, DistributedApplicationOperation.Run)).EnvironmentVariables.ToDictionary();
        }

        private static void Allocate(IResource resource, int port)
        {
            EndpointAnnotation endpoint = resource.Annotations.OfType<EndpointAnnotation>().Single(known => known.Name == "http");
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port);
        }

        private async Task<IExecutionConfigurationResult> ConfigurationAsync(IResource resource, DistributedApplicationOperation operation)
        {
            await using ServiceProvider services = _builder.Services.BuildServiceProvider();
            return await ExecutionConfigurationBuilder.Create(resource).WithArgumentsConfig().WithEnvironmentVariablesConfig().BuildAsync(
                new DistributedApplicationExecutionContext(new DistributedApplicationExecutionContextOptions(operation) { Services = services }),
                cancellationToken: TestContext.Current.CancellationToken);
        }
    }
}
