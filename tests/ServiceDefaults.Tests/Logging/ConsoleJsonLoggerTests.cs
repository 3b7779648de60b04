using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.ServiceDefaults.Logging;

namespace WhatsAppBuffer.ServiceDefaults.Tests.Logging;

public sealed partial class ConsoleJsonLoggerTests : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly ILogger _log;

    public ConsoleJsonLoggerTests()
    {
        var provider = new ConsoleJsonLoggerProvider(_output, new FakeTimeProvider(), LogLevel.Information);
        _log = new LoggerFactory([provider], new LoggerFilterOptions()).CreateLogger("category");
    }

    private JsonElement OnlyLine => JsonDocument.Parse(Assert.Single(Encoding.UTF8.GetString(_output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries))).RootElement;

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_line_is_written_when_the_call_returns_and_carries_its_values()
    {
        Stored(_log, "wamid.1", 3);

        JsonElement line = OnlyLine;
        Assert.Equal("Stored wamid.1 after 3", line.GetProperty("message").GetString());
        Assert.Equal("wamid.1", line.GetProperty("MessageId").GetString());
        Assert.Equal(7, line.GetProperty("eventId").GetInt32());
    }

    [Fact]
    public void A_number_is_a_number_whatever_its_length_and_yes_or_no_is_JSONs()
    {
        using (_log.BeginScope(new Dictionary<string, object?> { ["bytes"] = 5491155551234L, ["ratio"] = 2.5, ["late"] = true, ["nothing"] = null, ["impossible"] = double.NaN }))
        {
            Stored(_log, "wamid.1", 12_345_678);
        }

        JsonElement line = OnlyLine;
        Assert.Equal(12_345_678, line.GetProperty("Attempts").GetInt32());
        Assert.Equal(5491155551234, line.GetProperty("bytes").GetInt64());
        Assert.Equal(2.5, line.GetProperty("ratio").GetDouble());
        Assert.True(line.GetProperty("late").GetBoolean());
        Assert.Equal(JsonValueKind.Null, line.GetProperty("nothing").ValueKind);
        Assert.Equal("NaN", line.GetProperty("impossible").GetString());
    }

    [Fact]
    public void A_line_carries_the_current_trace()
    {
        using Activity activity = new Activity("work").Start();

        Stored(_log, "wamid.1", 3);

        Assert.Equal(activity.TraceId.ToHexString(), OnlyLine.GetProperty("traceId").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), OnlyLine.GetProperty("spanId").GetString());
    }

    [Fact]
    public void A_line_carries_the_scopes_around_it()
    {
        using (_log.BeginScope(new Dictionary<string, object?> { ["requestId"] = "r-1" }))
        {
            Stored(_log, "wamid.1", 3);
        }

        Assert.Equal("r-1", OnlyLine.GetProperty("requestId").GetString());
    }

    [Fact]
    public void No_phone_number_reaches_the_output_by_message_value_scope_or_exception()
    {
        using (_log.BeginScope(new Dictionary<string, object?> { ["customer"] = "5491155551234" }))
        {
            Failed(_log, new InvalidOperationException("no chat for +5491155551234"), "106540352242922#5491155551234");
        }

        Assert.DoesNotContain("5491155551234", OnlyLine.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("***1234", OnlyLine.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Below_the_lowest_level_nothing_is_written()
    {
        Detail(_log, "5491155551234");

        Assert.Equal(0, _output.Length);
    }

    [LoggerMessage(7, LogLevel.Information, "Stored {MessageId} after {Attempts}")]
    private static partial void Stored(ILogger log, string messageId, int attempts);

    [LoggerMessage(8, LogLevel.Error, "Failed {Conversation}")]
    private static partial void Failed(ILogger log, Exception error, string conversation);

    [LoggerMessage(9, LogLevel.Debug, "From {Customer}")]
    private static partial void Detail(ILogger log, string customer);
}
