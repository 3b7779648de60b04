using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;

namespace WhatsAppEventHandler.Tests.Settings;

public class HandlerEnvironmentTests
{
    [Fact]
    public void Only_the_table_must_be_named() => Assert.Equal(
        new WhatsAppEventHandlerOptions
        {
            TableName = "active_connections",
            TopicArn = null,
            ConfigParameter = "/whatsapp_eum_connect_chat/config",
            MetaApiVersion = "v23.0",
            DeadLetterQueueUrl = null,
            MaxMessageCharacters = 1024,
            Courtesies = CourtesyChoice.Read,
        },
        Read(("TABLE_NAME", "active_connections"), ("TOPIC_ARN", " ")));

    [Fact]
    public void Everything_can_be_set() => Assert.Equal(
        new WhatsAppEventHandlerOptions
        {
            TableName = "t",
            TopicArn = "arn:aws:sns:us-east-1:123456789012:whatsapp_out",
            ConfigParameter = "/c",
            MetaApiVersion = "v25.0",
            DeadLetterQueueUrl = "http://q",
            MaxMessageCharacters = 16_384,
            Courtesies = CourtesyChoice.None,
        },
        Read(
            ("TABLE_NAME", "t"), ("TOPIC_ARN", "arn:aws:sns:us-east-1:123456789012:whatsapp_out"), ("CONFIG_PARAM_NAME", "/c"), ("META_API_VERSION", "v25.0"),
            ("DEAD_LETTER_QUEUE_URL", "http://q"), ("MAX_MESSAGE_CHARACTERS", "16384"), ("SEND_COURTESIES", "No")));

    [Theory]
    [InlineData("TABLE_NAME", "")]
    [InlineData("MAX_MESSAGE_CHARACTERS", "15")]
    [InlineData("MAX_MESSAGE_CHARACTERS", "16385")]
    [InlineData("MAX_MESSAGE_CHARACTERS", "many")]
    [InlineData("SEND_COURTESIES", "perhaps")]
    public void An_unusable_value_is_refused_by_name(string name, string value)
    {
        var failure = Assert.Throws<ConfigurationException>(() => Read((name, value), ("TABLE_NAME", "t")));

        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    private static WhatsAppEventHandlerOptions Read(params (string Name, string Value)[] variables) =>
        WhatsAppEventHandlerOptions.Read(name => variables.Where(variable => variable.Name == name).Select(variable => variable.Value).FirstOrDefault());
}
