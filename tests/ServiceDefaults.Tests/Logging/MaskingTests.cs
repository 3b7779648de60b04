using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using WhatsAppBuffer.ServiceDefaults.Logging;

namespace WhatsAppBuffer.ServiceDefaults.Tests.Logging;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("from 5491155551234", "from ***1234")]
    [InlineData("from +5491155551234.", "from ***1234.")]
    [InlineData("106540352242922#5491155551234", "***2922#***1234")]
    [InlineData("""{"from":"5491155551234"}""", """{"from":"***1234"}""")]
    public void A_phone_number_keeps_its_last_four_digits(string text, string masked) => Assert.Equal(masked, Masking.Mask(text));

    [Theory]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:message_aggregator")]
    [InlineData("12345678-1234-1234-1234-123456789012")]
    [InlineData("trace 0af7651916cd43dd8448eb211c80319c")]
    [InlineData("sequence 000000000000000000001112223334445556")]
    [InlineData("2026-11-22T20:28:27Z after 1234567 ms")]
    public void What_is_no_phone_number_stays(string text) => Assert.Equal(text, Masking.Mask(text));

    [Property]
    public Property No_number_of_a_phones_length_survives() =>
        Prop.ForAll(
            Gen.Choose(8, 15).SelectMany(length => Gen.Choose('0', '9').ArrayOf(length)).ToArbitrary(),
            digits =>
            {
                string number = string.Concat(digits.Select(digit => (char)digit));
                return !Masking.Mask($"customer '{number}', again {number}").Contains(number, StringComparison.Ordinal);
            });

    [Fact]
    public void A_value_that_is_no_text_stays_itself() => Assert.Equal(5491155551234L, Masking.Mask((object)5491155551234L));
}
