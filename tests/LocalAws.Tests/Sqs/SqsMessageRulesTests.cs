using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Sqs;

namespace LocalAws.Tests.Sqs;

public class SqsMessageRulesTests
{
    private const int Maximum = 1024;

    [Fact]
    public void A_message_may_be_as_large_as_the_queue_allows()
    {
        SqsMessageRules.Check(new DeliveryMessage(new string('x', Maximum)), Maximum);

        Assert.Equal("InvalidParameterValue", Refused(new DeliveryMessage(new string('x', Maximum + 1))));
        Assert.Equal("InvalidParameterValue", Refused(With("a", "String", "b", new string('x', Maximum))));
    }

    [Fact]
    public void A_message_needs_a_body() => Assert.Equal("MissingParameter", Refused(new DeliveryMessage("")));

    [Theory]
    [InlineData("\u0000")]
    [InlineData("a\u000B")]
    [InlineData("\uFFFF")]
    public void A_character_that_XML_does_not_know_is_refused(string body) => Assert.Equal("InvalidMessageContents", Refused(new DeliveryMessage(body)));

    [Fact]
    public void Tabs_line_ends_and_emoji_are_text() => SqsMessageRules.Check(new DeliveryMessage("\t\r\né👀"), Maximum);

    [Theory]
    [InlineData("AWS.a", "String", "v")]
    [InlineData("a..b", "String", "v")]
    [InlineData("a", "Object", "v")]
    [InlineData("a", "String", "")]
    [InlineData("a", "Number", "many")]
    public void An_attribute_against_the_rules_is_refused(string name, string type, string value) =>
        Assert.Equal("InvalidParameterValue", Refused(With(name, type, value)));

    [Fact]
    public void A_message_may_have_ten_attributes()
    {
        SqsMessageRules.Check(WithAttributes(10), Maximum);

        Assert.Equal("InvalidParameterValue", Refused(WithAttributes(11)));
    }

    private static DeliveryMessage With(string name, string type, string value, string body = "m") =>
        new(body) { Attributes = new Dictionary<string, DeliveryAttribute> { [name] = new(type, value) } };

    private static DeliveryMessage WithAttributes(int count) =>
        new("m") { Attributes = Enumerable.Range(0, count).ToDictionary(i => $"a{i}", _ => new DeliveryAttribute("String.custom", "v")) };

    private static string Refused(DeliveryMessage message) => Assert.Throws<AwsException>(() => SqsMessageRules.Check(message, Maximum)).Code;
}
