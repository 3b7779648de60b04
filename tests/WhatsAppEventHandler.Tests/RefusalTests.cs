using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Joining;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

/// <summary>Connect refuses one part of an aggregate for good: it alone is put aside, and comes back once.</summary>
public class RefusalTests
{
    private const int MostParts = 5;

    /// <summary>One aggregate of many messages, and one with a text that is cut into pieces.</summary>
    public static MatrixTheoryData<bool, bool> Aggregates => new([true, false], [true, false]);

    [Theory]
    [MemberData(nameof(Aggregates))]
    public void Wherever_a_part_is_refused_the_others_are_delivered_and_it_comes_back_once(bool isOneText, bool chatEnds)
    {
        for (int parts = 1; parts <= MostParts; parts++)
        {
            for (int refused = 0; refused < parts; refused++)
            {
                CloudWorld world = World();
                string[] texts = [.. Enumerable.Range(0, parts).Select(part => $"this is part {part}")];
                world.Connect.Fail = Refusing(texts[refused]);

                Assert.Null(world.PutAndInvoke(Aggregate(texts, isOneText)));

                Assert.Equal(texts.Where((_, part) => part != refused), world.Connect.Seen);
                Assert.Empty(world.Table.Outbox);
                DeadLetter letter = Assert.Single(world.DeadLetters);
                Assert.Equal(new RefusedPart($"{refused:D4}", 0), RefusedIn(letter));

                world.Connect.Fail = (_, _) => null;
                world.Connect.Contacts.ForEach(contact => contact.Ended = chatEnds);
                Assert.Null(world.Invoke(letter.Item.Event));
                Assert.Null(world.Invoke(letter.Item.Event));

                Assert.Equal(texts.Order(), world.Connect.Seen.Order());
                Assert.Empty(world.Table.Outbox);
                Assert.Single(world.DeadLetters);
            }
        }
    }

    [Fact]
    public void A_part_that_is_refused_again_is_put_aside_again_and_still_comes_back_once()
    {
        CloudWorld world = World();
        world.Connect.Fail = Refusing("refused");
        world.PutAndInvoke(Aggregate(["one", "refused", "three"], isOneText: false));

        Assert.Null(world.Invoke(world.DeadLetters[0].Item.Event));
        Assert.Equal([new RefusedPart("0001", 0), new RefusedPart("0001", 1)], world.DeadLetters.Select(RefusedIn));

        world.Connect.Fail = (_, _) => null;
        Assert.Null(world.Invoke(world.DeadLetters[1].Item.Event));
        Assert.Null(world.Invoke(world.DeadLetters[0].Item.Event));

        Assert.Equal(["one", "three", "refused"], world.Connect.Seen);
    }

    [Fact]
    public void A_part_that_comes_back_has_the_client_token_that_it_had()
    {
        CloudWorld world = World();
        HashSet<string> tokens = [];
        AggregatedEvent aggregate = Aggregate(["one", "two", "three"], isOneText: false);
        world.PutAndInvoke(aggregate);
        tokens.UnionWith(world.Connect.Single.ClientTokens);

        var whole = WhatsAppBuffer.WhatsAppEventHandler.Delivery.Aggregate.Parse(aggregate.Aggregation!.Id, CloudWorld.Json(aggregate));
        foreach (Part part in Part.Of(whole, [0, 1, 2], 0, new PartView(16, _ => null, Texts.English, JoiningSettings.Default, _ => null)))
        {
            world.Invoke(part.ToEvent(new(world.Table.Chats.Keys.Single(), aggregate.Aggregation.OutboxItem, aggregate.Aggregation.Id, CloudWorld.Json(aggregate)), 0));
        }

        Assert.Equal(["one", "two", "three"], world.Connect.Seen);
        Assert.Equal(tokens, world.Connect.Single.ClientTokens);
    }

    [Fact]
    public void A_part_of_another_aggregators_event_comes_back_too()
    {
        CloudWorld world = World();
        world.Connect.Fail = Refusing("refused");
        world.Invoke(Events.Foreign(Aggregate(["one", "refused", "three"], isOneText: false)));

        world.Connect.Fail = (_, _) => null;
        Assert.Null(world.Invoke(world.DeadLetters.Single().Item.Event));

        Assert.Equal(["one", "three", "refused"], world.Connect.Seen);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    public void A_part_that_comes_back_into_other_settings_is_cut_as_they_say(int maxCharacters)
    {
        CloudWorld world = World(maxCharacters: 1_024);
        string text = "a text that was too long for the flow's bot, so that it is cut";
        world.Connect.Fail = Refusing(text);
        world.PutAndInvoke(Aggregate([text, text], isOneText: false));

        world.Connect.Fail = (_, _) => null;
        world.Environment = world.Environment with { MaxMessageCharacters = maxCharacters };
        world.DeadLetters.ForEach(letter => Assert.Null(world.Invoke(letter.Item.Event)));

        Assert.Equal($"{text} {text}", string.Join(' ', world.Connect.Seen));
        Assert.All(world.Connect.Seen, seen => Assert.InRange(seen.Length, 1, maxCharacters));
    }

    /// <summary>Connect changes its mind, so that a part might be both in a chat and in a letter; the chat ends before the letter comes back.</summary>
    [Fact]
    public void A_trouble_at_any_one_step_of_a_refusal_shows_no_part_twice_and_loses_none()
    {
        string[] steps = StepsOf(_ => Trouble.None);
        Assert.Contains("DeadLetter", steps);

        for (int step = 0; step < steps.Length; step++)
        {
            foreach (Trouble trouble in Enum.GetValues<Trouble>())
            {
                int at = step;
                StepsOf(number => number == at ? trouble : Trouble.None);
            }
        }
    }

    private static string[] StepsOf(Func<int, Trouble> trouble)
    {
        string[] texts = ["one", "two", "three"];
        CloudWorld world = World();
        List<string> steps = [];
        int refusals = 1;
        world.Trouble = step =>
        {
            steps.Add(step);
            return trouble(steps.Count - 1);
        };
        world.Connect.Fail = (operation, text) => text == "two" && refusals-- > 0 ? FakeConnect.Refused(operation) : null;
        AggregatedEvent value = Aggregate(texts, isOneText: false);
        world.Put(value);
        world.InvokeAsync(value, TimeSpan.Zero);
        Assert.Empty(world.Settle());
        Assert.Empty(world.Table.Outbox);

        world.Trouble = _ => Trouble.None;
        world.Connect.Contacts.ForEach(contact => contact.Ended = true);
        world.DeadLetters.ForEach(letter => Assert.Null(world.Invoke(letter.Item.Event)));

        Assert.Equal(texts.Order(), world.Connect.Seen.Order());
        return [.. steps];
    }

    private static CloudWorld World(int maxCharacters = 16) =>
        new() { Environment = new WhatsAppEventHandlerOptions { TableName = "t", MaxMessageCharacters = maxCharacters } };

    private static AggregatedEvent Aggregate(string[] texts, bool isOneText) => isOneText
        ? Events.Text(string.Join('\n', texts))
        : Events.Of(1, "14157470265", [.. texts.Select((text, i) => Events.TextMessage(text, i))]);

    private static Func<string, string, ConnectException?> Refusing(string refused) => (operation, text) => text == refused ? FakeConnect.Refused(operation) : null;

    private static RefusedPart? RefusedIn(DeadLetter letter) => JsonSerializer.Deserialize<AggregatedEvent>(letter.Item.Event)!.Aggregation!.Refused;
}
