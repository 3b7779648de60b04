using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

namespace WhatsAppEventHandler.Tests.Settings;

public class SettingsSourceTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly CountingStore _store = new();

    [Fact]
    public async Task A_change_is_seen_within_a_minute_and_the_parameter_is_read_no_oftener()
    {
        var source = new SettingsSource(_store, "/config", _clock);
        await source.GetAsync(default);
        _store.Json = """{"instance_id":"i-2","contact_flow_id":"f"}""";

        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("i-1", (await source.GetAsync(default)).InstanceId);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("i-2", (await source.GetAsync(default)).InstanceId);

        Assert.Equal(2, _store.Reads);
    }

    [Fact]
    public async Task A_missing_parameter_is_named_and_looked_for_again()
    {
        var source = new SettingsSource(_store, "/config", _clock);
        _store.Json = null;
        ConfigurationException failure = await Assert.ThrowsAsync<ConfigurationException>(() => source.GetAsync(default));
        _store.Json = CountingStore.Valid;

        Assert.Contains("/config does not exist", failure.Message, StringComparison.Ordinal);
        Assert.Equal("i-1", (await source.GetAsync(default)).InstanceId);
    }

    private sealed class CountingStore : IParameterStore
    {
        public const string Valid = """{"instance_id":"i-1","contact_flow_id":"f"}""";

        public string? Json { get; set; } = Valid;

        public int Reads { get; private set; }

        public Task<string?> GetAsync(string name, CancellationToken cancellationToken)
        {
            Reads++;
            return Task.FromResult(Json);
        }
    }
}
