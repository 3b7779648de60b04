using LocalAws.SocialMessaging;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Customers;

namespace App.Tests.Customers;

public class PhoneHistoryTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly Customer Kike = new("Kike", "56912345678", "US.1");

    private readonly PhoneHistory _phones = new();

    [Fact]
    public void A_phone_shows_what_its_customer_wrote_and_got_in_order_of_time()
    {
        Write("1", "Hello", 0);
        Write("2", "Anybody there?", 20);

        Assert.Equal(
            [("Hello", true), ("Good morning!", false), ("Anybody there?", true)],
            _phones.Of(Kike, [Back("text", to: "+56912345678", text: "Good morning!", second: 10), Back("text", to: "1999", text: "for somebody else", second: 11)])
                .Select(message => (message.Text, message.FromCustomer)));
    }

    [Theory]
    [InlineData("56912345678")]
    [InlineData("+56912345678")]
    [InlineData("US.1")]
    [InlineData("+56900000000")]
    [InlineData("1200000000000000@g.us")]
    public void An_answer_is_seen_wherever_its_customer_wrote_from(string to)
    {
        Write("1", "My new number", 0, "56900000000");
        Write("2", "To all", 1, "1200000000000000@g.us");

        Assert.Equal("Good morning!", Assert.Single(_phones.Of(Kike, [Back("text", to, text: "Good morning!")]), message => !message.FromCustomer).Text);
    }

    [Theory]
    [InlineData(86_400, "text", false)]
    [InlineData(86_401, "text", true)]
    [InlineData(86_401, "template", false)]
    public void What_is_sent_a_day_after_the_customers_last_words_is_on_no_phone(int second, string type, bool isRefused)
    {
        Write("1", "Hello", 0, "US.1");
        SentMessage answer = Back(type, to: "US.1", text: "Good morning!", second: second);
        Write("2", "Hello again", second + 1, "US.1");

        Assert.Equal(isRefused, _phones.IsOutsideTheWindow(answer));
        Assert.Equal(isRefused ? 2 : 3, _phones.Of(Kike, [answer]).Count);
        Assert.False(_phones.IsOutsideTheWindow(Back("text", to: "whoever never wrote", second: second)));
    }

    [Fact]
    public void Receipts_and_the_newest_reaction_show_at_the_message_they_are_about()
    {
        Write("1", "Hello", 0);
        Write("2", "I need help", 1);

        IReadOnlyList<PhoneMessage> shown = _phones.Of(
            Kike, [Back("read", about: "2"), Back("reaction", to: "US.1", about: "2", text: "👀"), Back("reaction", to: "US.1", about: "2", text: "✅")]);

        Assert.Equal([(false, null), (true, "✅")], shown.Select(message => (message.Read, message.Reaction)));
    }

    [Fact]
    public void The_newest_hundred_messages_are_kept()
    {
        for (int i = 0; i < 150; i++)
        {
            Write($"{i}", $"{i}", i);
        }

        Assert.Equal(Enumerable.Range(50, 100).Select(i => $"{i}"), _phones.Of(Kike, []).Select(message => message.Text));
    }

    [Fact]
    public void Nobody_sees_what_others_wrote()
    {
        Write("1", "Hello", 0);

        Assert.Empty(_phones.Of(new Customer("Ana", null, "US.2"), []));
    }

    private void Write(string id, string text, int second, params string[] ids) =>
        _phones.Add(Kike.Name, new PhoneMessage(id, FromCustomer: true, text, Start.AddSeconds(second)), ids);

    private static SentMessage Back(string type, string? to = null, string? about = null, string? text = null, int second = 5) =>
        new("m", "wamid.b", "phone-number-id-1", to, type, about, text, "{}", Start.AddSeconds(second));
}
