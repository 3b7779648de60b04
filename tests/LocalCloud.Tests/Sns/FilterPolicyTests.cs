using WhatsAppBuffer.Simulator.Delivery;
using WhatsAppBuffer.Simulator.Sns;

namespace LocalCloud.Tests.Sns;

public class FilterPolicyTests
{
    [Theory]
    [InlineData("""{"a": ["x", "y"]}""", "String", "y", true)]
    [InlineData("""{"a": ["x", "y"]}""", "String", "z", false)]
    [InlineData("""{"a": ["x"]}""", "String", "X", false)]
    [InlineData("""{"a": ["x"]}""", "String.Array", """["w", "x"]""", true)]
    [InlineData("""{"a": ["x"]}""", "String.Array", """["w"]""", false)]
    [InlineData("""{"a": ["AQ=="]}""", "Binary", "AQ==", false)]
    [InlineData("""{"a": [{"prefix": "mes"}]}""", "String", "messages", true)]
    [InlineData("""{"a": [{"prefix": "mes"}]}""", "String", "a message", false)]
    [InlineData("""{"a": [{"anything-but": ["x", "y"]}]}""", "String", "z", true)]
    [InlineData("""{"a": [{"anything-but": ["x", "y"]}]}""", "String", "y", false)]
    [InlineData("""{"a": [{"anything-but": "x"}]}""", "String.Array", """["x", "z"]""", true)]
    [InlineData("""{"a": [{"anything-but": "x"}]}""", "String.Array", """["x"]""", false)]
    [InlineData("""{"a": [{"anything-but": {"prefix": "x"}}]}""", "String", "xyz", false)]
    [InlineData("""{"a": [{"anything-but": [100, 200]}]}""", "Number", "1e2", false)]
    [InlineData("""{"a": [{"exists": true}]}""", "String", "x", true)]
    [InlineData("""{"a": [{"exists": false}]}""", "String", "x", false)]
    [InlineData("""{"a": [5]}""", "Number", "5.0", true)]
    [InlineData("""{"a": [5]}""", "String", "5", false)]
    [InlineData("""{"a": [{"numeric": ["=", 5]}]}""", "Number", "5", true)]
    [InlineData("""{"a": [{"numeric": [">", 0, "<=", 150]}]}""", "Number", "150", true)]
    [InlineData("""{"a": [{"numeric": [">", 0, "<=", 150]}]}""", "Number", "0", false)]
    [InlineData("""{"a": [{"numeric": [">=", 0, "<", 150]}]}""", "Number", "150", false)]
    [InlineData("""{"a": [{"numeric": ["<", 0]}]}""", "Number", "-0.5", true)]
    [InlineData("""{"a": ["x", {"prefix": "y"}]}""", "String", "yes", true)]
    public void A_condition_decides_by_the_attribute(string policy, string type, string value, bool expected) =>
        Assert.Equal(expected, Matches(policy, ("a", type, value)));

    [Theory]
    [InlineData("""{"a": ["x"]}""", false)]
    [InlineData("""{"a": [{"anything-but": "x"}]}""", false)]
    [InlineData("""{"a": [{"exists": true}]}""", false)]
    [InlineData("""{"a": [{"exists": false}]}""", true)]
    [InlineData("{}", true)]
    public void An_absent_attribute_matches_only_a_policy_that_asks_for_its_absence(string policy, bool expected) => Assert.Equal(expected, Matches(policy));

    [Fact]
    public void Every_name_of_a_policy_must_match()
    {
        const string Policy = """{"a": ["1"], "b": ["2"]}""";

        Assert.True(Matches(Policy, ("a", "String", "1"), ("b", "String", "2"), ("c", "String", "3")));
        Assert.False(Matches(Policy, ("a", "String", "1")));
    }

    private static bool Matches(string policy, params (string Name, string Type, string Value)[] attributes) =>
        FilterPolicy.Parse(policy).Matches(attributes.ToDictionary(a => a.Name, a => new DeliveryAttribute(a.Type, a.Value)));
}
