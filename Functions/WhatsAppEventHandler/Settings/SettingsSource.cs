namespace WhatsAppBuffer.WhatsAppEventHandler.Settings;

/// <summary>AWS Systems Manager Parameter Store.</summary>
internal interface IParameterStore
{
    /// <returns>The parameter's value, or null when there is no such parameter.</returns>
    Task<string?> GetAsync(string name, CancellationToken cancellationToken);
}

/// <summary>The chat settings, read again when they are older than a minute.</summary>
internal sealed class SettingsSource(IParameterStore store, string parameter, TimeProvider clock)
{
    /// <summary>How long a change of the parameter may take to be seen. Shorter reads SSM more often (40 reads a second are allowed).</summary>
    public static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(60);

    private (ChatSettings Settings, DateTimeOffset ReadAt)? _cached;

    /// <exception cref="ConfigurationException">The parameter is missing or invalid. A failure is not remembered.</exception>
    public async Task<ChatSettings> GetAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (_cached is not { } cached || now - cached.ReadAt >= MaximumAge)
        {
            string json = await store.GetAsync(parameter, cancellationToken)
                ?? throw new ConfigurationException($"SSM parameter {parameter} does not exist: create it with instance_id and contact_flow_id.");
            _cached = cached = (ChatSettings.Parse(parameter, json), now);
        }

        return cached.Settings;
    }
}
