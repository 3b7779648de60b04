using WhatsAppBuffer.ConnectEventHandler.Agents;

namespace Simulation.Tests.World;

/// <summary>What agents read in the header of their workspace.</summary>
internal sealed class Workspace
{
    /// <summary>By client token, how often something was told: Amazon Connect tells it once.</summary>
    public Dictionary<string, int> Told { get; } = [];

    /// <summary>Amazon's client within a sandbox.</summary>
    public IAgents Client(Sandbox sandbox) => new SandboxAgents(this, sandbox);

    private sealed class SandboxAgents(Workspace workspace, Sandbox sandbox) : IAgents
    {
        public Task<string?> TellAsync(string instanceId, string contactId, IReadOnlyDictionary<string, string> words, string clientToken, CancellationToken cancellationToken)
        {
            return sandbox.CallAsync("CreateNotification", Tell, Unreachable, Unreachable, cancellationToken);

            Task<string?> Tell()
            {
                workspace.Told[clientToken] = workspace.Told.GetValueOrDefault(clientToken) + 1;
                return Task.FromResult<string?>(null);
            }
        }

        private static AgentsUnreachableException Unreachable() => new("CreateNotification", new TimeoutException());
    }
}
