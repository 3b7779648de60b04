using LocalAws.Connect;
using LocalAws.Endpoint;
using static LocalAws.Tests.Connect.ConnectFixture;

namespace LocalAws.Tests.Connect;

public sealed class RequestQuotaTests : IDisposable
{
    private readonly ConnectFixture _fixture = new(new ConnectOptions { Quotas = ConnectQuotas.Aws });

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Messages_beyond_the_burst_are_throttled_until_the_rate_has_caught_up()
    {
        (_, string token) = _fixture.StartConnected();
        for (int i = 0; i < 15; i++)
        {
            _fixture.Participant.SendMessage(token, "text/plain", "m");
        }

        AwsException error = Refused(() => _fixture.Participant.SendMessage(token, "text/plain", "m"));
        Assert.Equal(("ThrottlingException", 429), (error.Code, error.StatusCode));

        _fixture.Time.Advance(TimeSpan.FromMilliseconds(100));
        _fixture.Participant.SendMessage(token, "text/plain", "m");
        Refused(() => _fixture.Participant.SendMessage(token, "text/plain", "m"));
        Assert.Equal(2, _fixture.Connect.Statistics.Throttled);
    }

    [Fact]
    public void Connect_words_the_same_refusal_differently()
    {
        for (int i = 0; i < 8; i++)
        {
            _fixture.Connect.StartChatContact(Request());
        }

        AwsException error = Refused(() => _fixture.Connect.StartChatContact(Request()));
        Assert.Equal(("TooManyRequestsException", 429), (error.Code, error.StatusCode));
    }

    [Fact]
    public void The_participant_service_counts_by_instance()
    {
        _fixture.Connect.AddInstance("i-2", Flow);
        (_, string first) = _fixture.StartConnected();
        (_, string second) = _fixture.StartConnected(Request() with { InstanceId = "i-2" });
        for (int i = 0; i < 15; i++)
        {
            _fixture.Participant.SendMessage(first, "text/plain", "m");
        }

        _fixture.Participant.SendMessage(second, "text/plain", "m");
    }

    [Fact]
    public void A_quiet_hour_saves_up_no_more_than_the_burst()
    {
        (_, string token) = _fixture.StartConnected();
        _fixture.Time.Advance(TimeSpan.FromHours(1));

        int accepted = Enumerable.Range(0, 40).Count(_ => Record.Exception(() => _fixture.Participant.SendMessage(token, "text/plain", "m")) is null);

        Assert.Equal(15, accepted);
    }
}
