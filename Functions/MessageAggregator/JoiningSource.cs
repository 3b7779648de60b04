using Amazon.SimpleSystemsManagement;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Joining;
using WhatsAppBuffer.Contracts.Settings;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>
/// What the SSM parameter says about joining, read once a minute. Whatever is wrong with it, no message waits for it: those settings serve that could
/// be read last, or the defaults.
/// </summary>
internal sealed class JoiningSource(IParameterStore store, string parameter, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SettingsSource<JoiningSettings> _source = new(store, parameter, "instance_id and contact_flow_id", JoiningSettings.Parse, clock, log);
    private JoiningSettings _last = JoiningSettings.Default;
    private DateTimeOffset _notBefore;

    /// <summary>One attempt, so that a sandbox whose network does not reach SSM loses no more than a second.</summary>
    public static AmazonSimpleSystemsManagementConfig ClientConfig => new() { MaxErrorRetry = 0, Timeout = TimeSpan.FromSeconds(1) };

    public static JoiningSource Create(MessageAggregatorOptions options, TimeProvider clock, ILogger log) =>
        new(new SsmParameterStore(new AmazonSimpleSystemsManagementClient(ClientConfig)), options.ConfigParameter, clock, log);

    /// <summary>Never fails.</summary>
    public async Task<JoiningSettings> GetAsync()
    {
        if (clock.GetUtcNow() < _notBefore)
        {
            return _last;
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            return _last = await _source.GetAsync(patience.Token);
        }
        catch (ConfigurationException wrong)
        {
            log.JoiningIsWrong(wrong);
        }
#pragma warning disable CA1031 // Whatever the reason: messages are joined as they were, or as the guide does.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.JoiningNotRead(failure, parameter);
        }

        _notBefore = clock.GetUtcNow() + SettingsSource.MaximumAge;
        return _last;
    }
}
