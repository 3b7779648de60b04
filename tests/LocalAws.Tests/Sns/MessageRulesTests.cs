using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Sns;

namespace LocalAws.Tests.Sns;

public class MessageRulesTests
{
    private const int Maximum = 1024;

    [Fact]
    public void Body_and_attributes_count_in_bytes()
    {
        var message = new DeliveryMessage("é") { Attributes = Attribute("n", "Binary", Convert.ToBase64String([1, 2, 3])) };

        Assert.Equal(2 + 1 + 6 + 3, MessageRules.SizeOf(message));
    }

    [Fact]
    public void A_message_may_be_as_large_as_the_topic_allows()
    {
        MessageRules.Check(new DeliveryMessage(new string('x', Maximum)), null, Maximum);

        Assert.Equal("Invalid parameter: Message too long", Refused(new DeliveryMessage(new string('x', Maximum + 1))).Message);
        Assert.Equal("InvalidParameter", Refused(new DeliveryMessage(new string('x', Maximum)) { Attributes = Attribute("a", "String", "b") }).Code);
    }

    [Fact]
    public void An_empty_message_is_refused() => Assert.Equal("Invalid parameter: Empty message", Refused(new DeliveryMessage("")).Message);

    [Theory]
    [InlineData("")]
    [InlineData(" begins with a blank")]
    [InlineData("two\nlines")]
    [InlineData("héllo")]
    public void A_subject_against_the_rules_is_refused(string subject) =>
        Assert.Equal("Invalid parameter: Subject", Refused(new DeliveryMessage("m"), subject).Message);

    [Fact]
    public void A_subject_may_have_a_hundred_characters()
    {
        MessageRules.Check(new DeliveryMessage("m"), new string('s', 100), Maximum);

        Assert.Equal("InvalidParameter", Refused(new DeliveryMessage("m"), new string('s', 101)).Code);
    }

    [Theory]
    [InlineData("AWS.trace", "String", "v")]
    [InlineData("amazon.trace", "String", "v")]
    [InlineData(".a", "String", "v")]
    [InlineData("a..b", "String", "v")]
    [InlineData("a b", "String", "v")]
    [InlineData("a", "Object", "v")]
    [InlineData("a", "String", "")]
    [InlineData("a", "Number", "twelve")]
    [InlineData("a", "String.Array", "[{}]")]
    [InlineData("a", "String.Array", "x")]
    public void An_attribute_against_the_rules_is_refused(string name, string type, string value) =>
        Assert.Equal("ParameterValueInvalid", Refused(new DeliveryMessage("m") { Attributes = Attribute(name, type, value) }).Code);

    [Theory]
    [InlineData("String", "v")]
    [InlineData("Number", "-1.5e3")]
    [InlineData("Binary", "AQID")]
    [InlineData("String.Array", "[\"a\", 1, true, null]")]
    public void Every_type_of_attribute_is_accepted(string type, string value) =>
        MessageRules.Check(new DeliveryMessage("m") { Attributes = Attribute("a.b-c_d", type, value) }, null, Maximum);

    [Fact]
    public void A_structured_message_has_a_body_per_protocol()
    {
        IReadOnlyDictionary<string, string> bodies = MessageStructure.Parse("{\"default\": \"d\", \"lambda\": \"l\", \"number\": 1}", "json");

        Assert.Equal(["default", "lambda"], bodies.Keys.Order());
    }

    [Theory]
    [InlineData("{\"lambda\": \"l\"}", "json")]
    [InlineData("text", "json")]
    [InlineData("[]", "json")]
    [InlineData("text", "xml")]
    public void A_structured_message_that_is_not_one_is_refused(string body, string structure) =>
        Assert.Equal("InvalidParameter", Assert.Throws<AwsException>(() => MessageStructure.Parse(body, structure)).Code);

    private static AwsException Refused(DeliveryMessage message, string? subject = null) =>
        Assert.Throws<AwsException>(() => MessageRules.Check(message, subject, Maximum));

    private static Dictionary<string, DeliveryAttribute> Attribute(string name, string type, string value) => new() { [name] = new DeliveryAttribute(type, value) };
}
