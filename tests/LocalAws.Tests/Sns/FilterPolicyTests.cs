using LocalAws.Delivery;
using LocalAws.Sns;

namespace LocalAws.Tests.Sns;

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

    [Theory]
    [InlineData("""{"a": {"b": ["x"]}}""", """{"a": {"b": "x"}}""", true)]
    [InlineData("""{"a": {"b": ["x"]}}""", """{"a": [{"b": "w"}, {"b": "x"}]}""", true)]
    [InlineData("""{"a": {"b": ["x"]}}""", """{"a": {"b": ["w", "x"]}}""", true)]
    [InlineData("""{"a": {"b": ["x"]}}""", """{"a": {"b": "y"}}""", false)]
    [InlineData("""{"a": {"b": ["x"]}}""", """{"b": "x"}""", false)]
    [InlineData("""{"a": [5]}""", """{"a": 5.0}""", true)]
    [InlineData("""{"a": [true]}""", """{"a": true}""", true)]
    [InlineData("""{"a": [null]}""", """{"a": null}""", true)]
    [InlineData("""{"a": [{"exists": true}]}""", """{"a": {"b": 1}}""", true)]
    [InlineData("""{"a": {"b": [{"exists": false}]}}""", """{"a": {}}""", true)]
    [InlineData("""{"a": {"b": [{"exists": false}]}}""", """{"a": {"b": 1}}""", false)]
    [InlineData("""{"a": ["x"], "c": ["y"]}""", """{"a": "x"}""", false)]
    [InlineData("""{"a": [{"exists": false}]}""", "no JSON", false)]
    [InlineData("""{"a": [{"exists": false}]}""", "[]", false)]
    public void A_body_is_compared_member_by_member(string policy, string body, bool expected) => Assert.Equal(expected, FilterPolicy.Parse(policy).MatchesBody(body));

    [Theory]
    [InlineData("""{"a":["1"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"]}""", "more than 5 keys")]
    [InlineData("""{"a":["1","2","3","4","5","6"],"b":["1","2","3","4","5","6"],"c":["1","2","3","4","5"]}""", "too complex")]
    public void A_policy_has_at_most_5_keys_and_150_combinations(string policy, string reason) =>
        Assert.Contains(reason, Assert.Throws<LocalAws.Endpoint.AwsException>(() => FilterPolicy.Parse(policy)).Message, StringComparison.Ordinal);

    private static bool Matches(string policy, params (string Name, string Type, string Value)[] attributes) =>
        FilterPolicy.Parse(policy).Matches(attributes.ToDictionary(a => a.Name, a => new DeliveryAttribute(a.Type, a.Value)));
}
