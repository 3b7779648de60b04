using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.OnRawMessages;

namespace OnRawMessages.Tests;

public class OptionsTests
{
    [Fact]
    public void Messages_are_kept_as_long_as_the_deployment_says() =>
        Assert.Equal(new OnRawMessagesOptions("raw", TimeSpan.FromDays(30), null), Read("raw", "30"));

    [Theory]
    [InlineData(null, null, "RAW_MESSAGES_TABLE is not set")]
    [InlineData(" ", null, "RAW_MESSAGES_TABLE is not set")]
    [InlineData("raw", null, "RETENTION_DAYS is not set")]
    [InlineData("raw", "0", "RETENTION_DAYS is '0'")]
    [InlineData("raw", "366", "RETENTION_DAYS is '366'")]
    [InlineData("raw", "a week", "RETENTION_DAYS is 'a week'")]
    public void A_missing_or_wrong_setting_is_named(string? table, string? days, string error) =>
        Assert.StartsWith(error, Assert.Throws<ConfigurationException>(() => Read(table, days)).Message, StringComparison.Ordinal);

    private static OnRawMessagesOptions Read(string? table, string? days) =>
        OnRawMessagesOptions.Read(name => name switch { "RAW_MESSAGES_TABLE" => table, "RETENTION_DAYS" => days, _ => null });
}
