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

    private void Write(string id, string text, int second) => _phones.Add(Kike.Name, new PhoneMessage(id, FromCustomer: true, text, Start.AddSeconds(second)));

    private static SentMessage Back(string type, string? to = null, string? about = null, string? text = null, int second = 5) =>
        new("m", "wamid.b", "phone-number-id-1", to, type, about, text, "{}", Start.AddSeconds(second));
}
