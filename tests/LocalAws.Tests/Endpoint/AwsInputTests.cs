using System.Text;
using System.Text.Json.Serialization;
using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.Tests.Endpoint;

public sealed partial class AwsInputTests
{
    [Fact]
    public void Known_members_are_read_absent_ones_are_null()
    {
        OrderInput order = Read("""{"Name": "n", "Lines": [{"Text": "t"}], "ByKey": {"any key": {"Text": "u"}}}""");

        Assert.Equal(("n", "t", "u"), (order.Name, order.Lines![0].Text, order.ByKey!["any key"].Text));
        Assert.Equal(new OrderInput(null, null, null), Read(""));
    }

    [Theory]
    [InlineData("""{"Nmae": "n"}""", "'Nmae'")]
    [InlineData("""{"name": "n"}""", "'name'")]
    [InlineData("""{"Lines": [{"Text": "t"}, {"Colour": "c"}]}""", "'Lines.Colour'")]
    [InlineData("""{"ByKey": {"any key": {"Colour": "c"}}}""", "'ByKey.Colour'")]
    public void A_member_that_is_not_imitated_is_refused_by_its_path(string body, string named)
    {
        var error = Assert.Throws<AwsException>(() => Read(body));

        Assert.Equal("Refused", error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("7")]
    [InlineData("""{"Name": {}}""")]
    [InlineData("""{"Lines": "t"}""")]
    [InlineData("""{"Lines": [null]}""")]
    [InlineData("""{"ByKey": {"any key": null}}""")]
    [InlineData("""{"Name": "\ud800"}""")]
    [InlineData("""{"Na\udc00me": "n"}""")]
    [InlineData("""{"ByKey": {"\uD83D": {"Text": "u"}}}""")]
    public void What_has_another_shape_cannot_be_read(string body) =>
        Assert.Equal("SerializationException", Assert.Throws<AwsException>(() => Read(body)).Code);

    private static OrderInput Read(string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        AwsInput.RequireUnicode(bytes);
        return AwsInput.Deserialize(AwsInput.Check(AwsInput.Parse(bytes), OrderJson.Default.OrderInput, "PutOrder", "Refused"), OrderJson.Default.OrderInput);
    }

    internal sealed record OrderInput(string? Name, IReadOnlyList<LineInput>? Lines, Dictionary<string, LineInput>? ByKey);

    internal sealed record LineInput(string? Text);

    [JsonSerializable(typeof(OrderInput))]
    internal sealed partial class OrderJson : JsonSerializerContext;
}
