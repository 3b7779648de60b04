using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.Contracts.Joining;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.MessageAggregator;

namespace MessageAggregator.Tests;

/// <summary>No message waits for the settings of joining, whatever is wrong with them.</summary>
public class JoiningSourceTests : ILogger
{
    private static readonly JoiningSettings Spaced = JoiningSettings.Default with { Separator = " " };

    private readonly FakeTimeProvider _clock = new();
    private readonly Store _store = new();
    private readonly List<(LogLevel Level, int Id)> _logged = [];
    private readonly JoiningSource _source;

    public JoiningSourceTests() => _source = new JoiningSource(_store, "/config", _clock, this);

    [Fact]
    public async Task The_document_of_the_event_handler_holds_them()
    {
        _store.Answer = () => """{"instance_id":"i","join_separator":" ","join_within_seconds":60,"join_media":"no","later":{}}""";

        Assert.Equal(new JoiningSettings(" ", 60, JoinsMedia: false), await _source.GetAsync());
        Assert.Empty(_logged);
    }

    [Fact]
    public async Task They_are_read_once_a_minute()
    {
        _store.Answer = () => "{}";
        for (int second = 0; second < 120; second++)
        {
            Assert.Equal(JoiningSettings.Default, await _source.GetAsync());
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, _store.Reads);
    }

    [Theory]
    [InlineData(null, LogLevel.Error, 207)]
    [InlineData("no JSON", LogLevel.Error, 207)]
    [InlineData("""{"join_within_seconds":-1}""", LogLevel.Error, 207)]
    [InlineData("throw", LogLevel.Warning, 208)]
    public async Task Without_a_document_that_can_be_used_the_defaults_serve_and_it_is_told_once_a_minute(string? document, LogLevel level, int id)
    {
        _store.Answer = () => document == "throw" ? throw new InvalidOperationException("no access") : document;

        Assert.Equal(JoiningSettings.Default, await _source.GetAsync());
        Assert.Equal(JoiningSettings.Default, await _source.GetAsync());

        Assert.Equal([(level, id)], _logged);
        _clock.Advance(SettingsSource.MaximumAge);
        _store.Answer = () => """{"join_separator":" "}""";
        Assert.Equal(Spaced, await _source.GetAsync());
    }

    [Theory]
    [InlineData("{", 207)]
    [InlineData("throw", 10)]
    public async Task What_was_read_last_serves_while_the_document_is_wrong_or_out_of_reach(string document, int id)
    {
        _store.Answer = () => """{"join_separator":" "}""";
        await _source.GetAsync();
        _clock.Advance(SettingsSource.MaximumAge);
        _store.Answer = () => document == "throw" ? throw new InvalidOperationException("no access") : document;

        Assert.Equal(Spaced, await _source.GetAsync());
        Assert.Equal([id], _logged.Select(entry => entry.Id));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_waited_for_two_seconds_at_most()
    {
        _store.Hangs = true;

        Task<JoiningSettings> reading = _source.GetAsync();
        Assert.False(reading.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(JoiningSettings.Default, await reading);
        Assert.Equal([(LogLevel.Warning, 208)], _logged);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _logged.Add((logLevel, eventId.Id));

    private sealed class Store : IParameterStore
    {
        public Func<string?> Answer { get; set; } = () => null;

        public bool Hangs { get; set; }

        public int Reads { get; private set; }

        public async Task<string?> GetAsync(string name, CancellationToken cancellationToken)
        {
            Reads++;
            if (Hangs)
            {
                var never = new TaskCompletionSource<string?>();
                using CancellationTokenRegistration registration = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
                return await never.Task;
            }

            return Answer();
        }
    }
}
