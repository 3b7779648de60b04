using WhatsAppBuffer.Infra.Settings;

namespace Infra.Tests.Settings;

public class CliContextTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    public void Outside_the_CLI_there_is_no_context(string? json)
    {
        Assert.Empty(CliContext.Parse(json));
    }

    [Fact]
    public void Values_are_text_whether_they_come_from_the_command_line_or_from_a_file()
    {
        IReadOnlyDictionary<string, string> context =
            CliContext.Parse("""{ "bufferSeconds": "5", "retentionDays": 7, "pointInTimeRecovery": false, "acknowledged-issue-numbers": [1], "aws-cdk:x": {} }""");

        Assert.Equal(
            new Dictionary<string, string> { ["bufferSeconds"] = "5", ["retentionDays"] = "7", ["pointInTimeRecovery"] = "false" },
            context);
    }
}
