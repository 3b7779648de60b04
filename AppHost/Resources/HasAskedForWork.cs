using Microsoft.Extensions.Diagnostics.HealthChecks;
using WhatsAppBuffer.AppHost.Commands;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.AppHost.Resources;

/// <summary>Healthy while a process of a function waits for work at the simulator, or does it.</summary>
/// <param name="function">The function.</param>
/// <param name="control">The simulator.</param>
internal sealed class HasAskedForWork(FunctionSpec function, SimulatorClient control) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await control.IsReadyAsync(function.Name, cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("It has not asked for work yet.");
}
