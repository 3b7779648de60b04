using WhatsAppBuffer.OnRawMessages;

namespace OnRawMessages.Tests;

public class DynamoDbNumberTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0.0")]
    [InlineData("1795285468")]
    [InlineData("-131.9428612257")]
    [InlineData("12345678901234567890123456789012345678")]
    [InlineData("0.00012345678901234567890123456789012345678")]
    [InlineData("1234567890.1234567890123456789012345678")]
    [InlineData("100000000000000000000000000000000000000000000000")]
    [InlineData("9.9E125")]
    [InlineData("1e-130")]
    [InlineData("0.001E128")]
    public void Up_to_38_digits_between_1E_130_and_1E126_fit(string number) => Assert.True(DynamoDbNumber.Fits(number));

    [Theory]
    [InlineData("123456789012345678901234567890123456789")]
    [InlineData("1234567890.12345678901234567890123456789")]
    [InlineData("1E126")]
    [InlineData("10E125")]
    [InlineData("1e-131")]
    [InlineData("0.1e-130")]
    [InlineData("1e400")]
    [InlineData("1e99999999999")]
    public void Anything_beyond_does_not(string number) => Assert.False(DynamoDbNumber.Fits(number));
}
