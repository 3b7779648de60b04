// The system as Aspire sees it. The simulator hosts the local cloud and starts the three functions as its own processes.
var builder = DistributedApplication.CreateBuilder(args);

var simulator = builder.AddProject<Projects.App>("simulator")
    .WithArgs("up")
    .WithHttpEndpoint(env: "SIMULATOR_PORT")
    .WithHttpHealthCheck("/_wab/health");

simulator.WithUrlForEndpoint("http", url => url.DisplayText = "AWS endpoint");

builder.Build().Run();
