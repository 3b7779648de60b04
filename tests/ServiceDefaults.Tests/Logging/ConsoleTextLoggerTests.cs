using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.ServiceDefaults.Logging;

namespace WhatsAppBuffer.ServiceDefaults.Tests.Logging;

public sealed partial class ConsoleTextLoggerTests : IDisposable
{
    private readonly MemoryStream _output = new();

    private string Text => Encoding.UTF8.GetString(_output.ToArray());

    public void Dispose() => _output.Dispose();

    [Theory]
    [InlineData("Text", "info Stored wamid.1\n")]
    [InlineData("text", "info Stored wamid.1\n")]
    [InlineData("JSON", "{")]
    [InlineData("", "{")]
    [InlineData(null, "{")]
    public void Lines_are_text_when_Lambdas_log_format_says_so_and_JSON_otherwise(string? format, string begin)
    {
        Stored(Log(format), "wamid.1");

        Assert.StartsWith(begin, Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_ends_with_the_scopes_around_it_and_its_trace()
    {
        ILogger log = Log();
        using Activity activity = new Activity("work").Start();
        using (LogScope.OfRequest(log, "r-1"))
        {
            Stored(log, "wamid.1");
        }

        Assert.Equal($"info Stored wamid.1 [requestId=r-1, traceId={activity.TraceId.ToHexString()}]\n", Text);
    }

    [Fact]
    public void An_exception_follows_indented_and_no_text_can_pretend_to_be_a_line_of_its_own()
    {
        Failed(Log(), new InvalidOperationException("no chat\ninfo Delivered"), "a\r\ninfo Delivered");

        Assert.StartsWith("fail Failed a info Delivered\n  System.InvalidOperationException: no chat\n  info Delivered", Text, StringComparison.Ordinal);
        Assert.EndsWith("\n", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_phone_number_reaches_the_output_by_message_scope_or_exception()
    {
        ILogger log = Log();
        using (log.BeginScope(new Dictionary<string, object?> { ["customer"] = "5491155551234" }))
        {
            Failed(log, new InvalidOperationException("no chat for +5491155551234"), "106540352242922#5491155551234");
        }

        Assert.DoesNotContain("5491155551234", Text, StringComparison.Ordinal);
        Assert.Contains("customer=***1234", Text, StringComparison.Ordinal);
        Assert.Contains("no chat for ***1234", Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Text", "[requestId=000000000042]")]
    [InlineData("JSON", "\"requestId\":\"000000000042\"")]
    public void A_request_id_stays_whole_even_when_it_is_all_digits(string format, string whole)
    {
        ILogger log = Log(format);
        using (LogScope.OfRequest(log, "000000000042"))
        {
            Stored(log, "wamid.1");
        }

        Assert.Contains(whole, Text, StringComparison.Ordinal);
    }

    private ILogger Log(string? format = "Text") =>
        new LoggerFactory([FunctionLogging.To(_output, format, new FakeTimeProvider(), LogLevel.Information)], new LoggerFilterOptions()).CreateLogger("category");

    [LoggerMessage(7, LogLevel.Information, "Stored {MessageId}")]
    private static partial void Stored(ILogger log, string messageId);

    [LoggerMessage(8, LogLevel.Error, "Failed {Conversation}")]
    private static partial void Failed(ILogger log, Exception error, string conversation);
}
