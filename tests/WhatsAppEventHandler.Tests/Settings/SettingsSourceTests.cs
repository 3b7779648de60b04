using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests.Settings;

public class SettingsSourceTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly CountingStore _store = new();
    private readonly CollectingLogger _log = new();

    [Fact]
    public async Task A_change_is_seen_within_a_minute_and_the_parameter_is_read_no_oftener()
    {
        SettingsSource<ChatSettings> source = CreateSource();
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
        SettingsSource<ChatSettings> source = CreateSource();
        _store.Json = null;
        ConfigurationException failure = await Assert.ThrowsAsync<ConfigurationException>(() => source.GetAsync(default));
        _store.Json = CountingStore.Valid;

        Assert.Contains("/config does not exist", failure.Message, StringComparison.Ordinal);
        Assert.Equal("i-1", (await source.GetAsync(default)).InstanceId);
    }

    [Fact]
    public async Task Settings_that_cannot_be_read_again_go_on_to_serve_and_the_reason_is_logged()
    {
        SettingsSource<ChatSettings> source = CreateSource();
        await source.GetAsync(default);
        _store.Failure = new HttpRequestException("no connection");
        _clock.Advance(SettingsSource.MaximumAge);

        Assert.Equal("i-1", (await source.GetAsync(default)).InstanceId);
        Assert.Equal("i-1", (await source.GetAsync(default)).InstanceId);

        (LogLevel level, string line) = Assert.Single(_log.Lines);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains("/config could not be read", line, StringComparison.Ordinal);
        Assert.Contains("no connection", line, StringComparison.Ordinal);
        Assert.Equal(2, _store.Reads);
    }

    [Fact]
    public async Task Settings_that_were_mended_after_an_outage_are_seen_a_minute_later()
    {
        SettingsSource<ChatSettings> source = CreateSource();
        await source.GetAsync(default);
        (_store.Failure, _store.Json) = (new HttpRequestException("no connection"), """{"instance_id":"i-2","contact_flow_id":"f"}""");
        _clock.Advance(SettingsSource.MaximumAge);
        await source.GetAsync(default);
        _store.Failure = null;

        _clock.Advance(SettingsSource.MaximumAge);

        Assert.Equal("i-2", (await source.GetAsync(default)).InstanceId);
    }

    [Fact]
    public async Task Without_settings_read_before_an_outage_fails_the_delivery()
    {
        _store.Failure = new HttpRequestException("no connection");

        Assert.Same(_store.Failure, await Assert.ThrowsAsync<HttpRequestException>(() => CreateSource().GetAsync(default)));
    }

    [Fact]
    public async Task Settings_that_have_become_wrong_do_not_serve()
    {
        SettingsSource<ChatSettings> source = CreateSource();
        await source.GetAsync(default);
        _store.Json = "{}";
        _clock.Advance(SettingsSource.MaximumAge);

        await Assert.ThrowsAsync<ConfigurationException>(() => source.GetAsync(default));
    }

    private SettingsSource<ChatSettings> CreateSource() => ChatSettings.SourceIn(_store, "/config", _clock, _log);

    private sealed class CountingStore : IParameterStore
    {
        public const string Valid = """{"instance_id":"i-1","contact_flow_id":"f"}""";

        public string? Json { get; set; } = Valid;

        public Exception? Failure { get; set; }

        public int Reads { get; private set; }

        public Task<string?> GetAsync(string name, CancellationToken cancellationToken)
        {
            Reads++;
            return Failure is null ? Task.FromResult(Json) : Task.FromException<string?>(Failure);
        }
    }
}
