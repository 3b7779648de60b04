using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.WhatsAppEventHandler.Settings;

/// <summary>AWS Systems Manager Parameter Store.</summary>
internal interface IParameterStore
{
    /// <returns>The parameter's value, or null when there is no such parameter.</returns>
    Task<string?> GetAsync(string name, CancellationToken cancellationToken);
}

/// <summary>
/// The chat settings, read again when they are older than a minute. When they cannot be read, those read last serve for another minute: an
/// outage of SSM keeps no message from an agent. Settings that can be read and are wrong serve nobody: a person must look.
/// </summary>
internal sealed class SettingsSource(IParameterStore store, string parameter, TimeProvider clock, ILogger log)
{
    /// <summary>How long a change of the parameter may take to be seen. Shorter reads SSM more often (40 reads a second are allowed).</summary>
    public static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(60);

    private (ChatSettings Settings, DateTimeOffset ReadAt)? _cached;

    /// <exception cref="ConfigurationException">The parameter is missing or invalid. A failure is not remembered.</exception>
    public async Task<ChatSettings> GetAsync(CancellationToken cancellationToken)
    {
        if (_cached is not { } cached || clock.GetUtcNow() - cached.ReadAt >= MaximumAge)
        {
            _cached = cached = (await ReadAsync(cancellationToken), clock.GetUtcNow());
        }

        return cached.Settings;
    }

    private async Task<ChatSettings> ReadAsync(CancellationToken cancellationToken)
    {
        string? json;
        try
        {
            json = await store.GetAsync(parameter, cancellationToken);
        }
        catch (Exception failure) when (_cached is not null && !cancellationToken.IsCancellationRequested)
        {
            Log.SettingsNotRead(log, failure, parameter);
            return _cached.Value.Settings;
        }

        return ChatSettings.Parse(
            parameter, json ?? throw new ConfigurationException($"SSM parameter {parameter} does not exist: create it with instance_id and contact_flow_id."));
    }
}
