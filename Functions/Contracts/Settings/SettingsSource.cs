using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.Contracts.Settings;

/// <summary>AWS Systems Manager Parameter Store.</summary>
public interface IParameterStore
{
    /// <summary>Reads a parameter, decrypted.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The parameter's value, or null when there is no such parameter.</returns>
    Task<string?> GetAsync(string name, CancellationToken cancellationToken);
}

/// <summary>
/// Settings of an SSM parameter, read again when they are older than a minute. When they cannot be read, those read last serve for another
/// minute: an outage of SSM keeps no message from an agent. Settings that can be read and are wrong serve nobody: a person must look.
/// </summary>
/// <typeparam name="T">The settings.</typeparam>
/// <param name="store">Where the parameter is.</param>
/// <param name="parameter">Its name.</param>
/// <param name="contents">What to write into it when there is none, such as <c>instance_id and contact_flow_id</c>.</param>
/// <param name="parse">Makes settings of the parameter's name and value.</param>
/// <param name="clock">Measures their age.</param>
/// <param name="log">Told when they cannot be read.</param>
public sealed class SettingsSource<T>(IParameterStore store, string parameter, string contents, Func<string, string, T> parse, TimeProvider clock, ILogger log)
    where T : class
{
    private (T Settings, DateTimeOffset ReadAt)? _cached;

    /// <summary>The settings, at most <see cref="SettingsSource.MaximumAge"/> old while SSM answers.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ConfigurationException">The parameter is missing or invalid. A failure is not remembered.</exception>
    public async Task<T> GetAsync(CancellationToken cancellationToken)
    {
        if (_cached is not { } cached || clock.GetUtcNow() - cached.ReadAt >= SettingsSource.MaximumAge)
        {
            _cached = cached = (await ReadAsync(cancellationToken), clock.GetUtcNow());
        }

        return cached.Settings;
    }

    private async Task<T> ReadAsync(CancellationToken cancellationToken)
    {
        string? json;
        try
        {
            json = await store.GetAsync(parameter, cancellationToken);
        }
        catch (Exception failure) when (_cached is not null && !cancellationToken.IsCancellationRequested)
        {
            SettingsSource.NotRead(log, failure, parameter);
            return _cached.Value.Settings;
        }

        return parse(parameter, json ?? throw new ConfigurationException($"SSM parameter {parameter} does not exist: create it with {contents}."));
    }
}

/// <summary>What all sources of settings have in common.</summary>
public static partial class SettingsSource
{
    /// <summary>How long a change of the parameter may take to be seen. Shorter reads SSM more often (40 reads a second are allowed).</summary>
    public static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(60);

    /// <summary>The parameter that functions read which are told of no other.</summary>
    public const string DefaultParameter = "/whatsapp_eum_connect_chat/config";

    /// <summary>The parameter with the templates that flows may send, where functions look that are told of no other.</summary>
    public const string TemplateParameter = "/whatsapp_template/config";

    [LoggerMessage(10, LogLevel.Warning, "SSM parameter {Parameter} could not be read; the settings read last serve for another minute")]
    internal static partial void NotRead(ILogger log, Exception failure, string parameter);
}
