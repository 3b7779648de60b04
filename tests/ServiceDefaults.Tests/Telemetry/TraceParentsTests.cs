using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.ServiceDefaults.Tests.Telemetry;

public sealed class TraceParentsTests
{
    private const string First = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string OtherTrace = "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203333-01";

    [Fact]
    public void What_cannot_be_read_is_left_out_and_repetitions_count_once() =>
        Assert.Single(TraceParents.Parse([null, "", "nonsense", First, "00-zz-01", First]));

    [Fact]
    public void Every_message_is_linked_to() =>
        Assert.Equal(
            ["b7ad6b7169203331", "b7ad6b7169203333"],
            TraceParents.LinksTo(TraceParents.Parse([First, OtherTrace])).Select(link => link.Context.SpanId.ToHexString()));

    [Fact]
    public void A_pseudonym_is_stable_and_shows_nothing_of_its_key()
    {
        string pseudonym = Pseudonym.Of("106540352242922#5491155551234");

        Assert.Equal(pseudonym, Pseudonym.Of("106540352242922#5491155551234"));
        Assert.NotEqual(pseudonym, Pseudonym.Of("106540352242922#5491155551235"));
        Assert.Matches("^[0-9a-f]{16}$", pseudonym);
    }
}
