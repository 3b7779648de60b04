using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.OnRawMessages;

namespace OnRawMessages.Tests;

public class OptionsTests
{
    [Fact]
    public void Messages_are_kept_as_long_as_the_deployment_says() =>
        Assert.Equal(new OnRawMessagesOptions("raw", "conversations", TimeSpan.FromDays(30), null, null), Read("raw", "30", "conversations"));

    [Theory]
    [InlineData(null, null, "RAW_MESSAGES_TABLE is not set")]
    [InlineData(" ", null, "RAW_MESSAGES_TABLE is not set")]
    [InlineData("raw", null, "RETENTION_DAYS is not set")]
    [InlineData("raw", "0", "RETENTION_DAYS is '0'")]
    [InlineData("raw", "366", "RETENTION_DAYS is '366'")]
    [InlineData("raw", "a week", "RETENTION_DAYS is 'a week'")]
    [InlineData("raw", "7", "TABLE_NAME is not set", null)]
    public void A_missing_or_wrong_setting_is_named(string? table, string? days, string error, string? conversations = "conversations") =>
        Assert.StartsWith(error, Assert.Throws<ConfigurationException>(() => Read(table, days, conversations)).Message, StringComparison.Ordinal);

    private static OnRawMessagesOptions Read(string? table, string? days, string? conversations) =>
        OnRawMessagesOptions.Read(name => name switch { "RAW_MESSAGES_TABLE" => table, "RETENTION_DAYS" => days, "TABLE_NAME" => conversations, _ => null });
}
