using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Scenarios;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;

namespace App.Tests.Scenarios;

/// <summary>Every message has a fate, and none hides behind another.</summary>
public class AccountTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_the_agent_saw_once_and_in_order_is_delivered() =>
        Assert.Equal([Fate.Delivered, Fate.Delivered, Fate.Delivered], Fates(["one", "two", "three"], "one\ntwo", "three"));

    [Fact]
    public void What_nobody_has_is_lost() => Assert.Equal([Fate.Delivered, Fate.Lost, Fate.Delivered], Fates(["one", "two", "three"], "one\nthree"));

    [Fact]
    public void What_was_seen_twice_is_doubled_though_all_else_is_right() =>
        Assert.Equal([Fate.Delivered, Fate.Doubled], Fates(["one", "two"], "one\ntwo", "two"));

    [Fact]
    public void Only_what_is_out_of_its_place_is_out_of_order() =>
        Assert.Equal([Fate.OutOfOrder, Fate.Delivered, Fate.Delivered], Fates(["one", "two", "three"], "two\nthree", "one"));

    [Fact]
    public void Two_messages_with_the_same_text_are_two_messages()
    {
        Assert.Equal([Fate.Delivered, Fate.Delivered, Fate.Delivered], Fates(["yes", "no", "yes"], "yes\nno\nyes"));
        Assert.Equal([Fate.Delivered, Fate.Delivered, Fate.Lost], Fates(["yes", "no", "yes"], "yes\nno"));
    }

    [Fact]
    public void A_text_that_begins_another_one_is_told_from_it() =>
        Assert.Equal([Fate.Delivered, Fate.Delivered], Fates(["Hello", "Hello, I need help"], "Hello\nHello, I need help"));

    [Fact]
    public void A_message_in_a_dead_letter_queue_is_accounted_for_with_the_reason()
    {
        Account account = Account.Of(Run(["one", "two"], "one") with { DeadLetters = [GivenUp("wamid.two")] });

        MessageFate letter = Assert.Single(account.With(Fate.DeadLettered));
        Assert.Equal(("wamid.two", "RetriesExhausted after 3 attempts: Runtime.ExitError: signal: killed"), (letter.Message.Sent.Id, letter.Reason));
    }

    [Fact]
    public void A_message_that_was_sent_again_is_excused_from_order_but_must_be_seen_once()
    {
        ScenarioRun run = Run(["one", "two"], "two", "one") with { Redriven = [GivenUp("wamid.one")] };

        Assert.Equal([Fate.Redriven, Fate.Delivered], Account.Of(run).Fates.Select(fate => fate.Fate));
        Assert.Equal([Fate.Lost, Fate.Delivered], Account.Of(Run(["one", "two"], "two") with { Redriven = [GivenUp("wamid.one")] }).Fates.Select(fate => fate.Fate));
    }

    [Fact]
    public void A_dead_letter_of_something_delivered_changes_nothing() =>
        Assert.Equal([Fate.Delivered], Account.Of(Run(["one"], "one") with { DeadLetters = [GivenUp("wamid.one")] }).Fates.Select(fate => fate.Fate));

    [Fact]
    public void A_refused_aggregate_says_by_itself_why()
    {
        var letter = new DeadLetterView(
            "q", "1", """{"messages":[],"aggregation":{"message_ids":["wamid.one","wamid.two"]}}""", new Dictionary<string, string> { ["reason"] = "too rude" });

        Assert.All(Account.Of(Run(["one", "two"]) with { DeadLetters = [letter] }).Fates, fate => Assert.Equal((Fate.DeadLettered, "too rude"), (fate.Fate, fate.Reason)));
    }

    [Theory]
    [InlineData(61, 80, nameof(Fate.Late))]
    [InlineData(15, 20, nameof(Fate.OutOfOrder))]
    [InlineData(1, 80, nameof(Fate.OutOfOrder))]
    public void Only_what_was_stored_later_and_handed_over_later_than_its_successor_is_late(int storedAt, int handedOverAt, string fate)
    {
        ScenarioRun run = Run(["one", "two"], "two", "one") with
        {
            Times = new Dictionary<string, MessageTimes>
            {
                ["wamid.one"] = new("wamid.one", Start, Start.AddSeconds(storedAt), Start.AddSeconds(handedOverAt)),
                ["wamid.two"] = new("wamid.two", Start, Start.AddSeconds(2), Start.AddSeconds(20)),
            },
        };

        MessageFate one = Account.Of(run).Fates[0];

        Assert.Equal((fate, fate == nameof(Fate.Late) ? "stored 61 s after it was sent" : null), (one.Fate.ToString(), one.Reason));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("pt")]
    public void The_marker_of_a_late_message_is_nothing_that_nobody_sent(string language)
    {
        Account account = Account.Of(Run(["one", "two"], "two", $"[{Texts.Languages[language].Late}]\none"));

        Assert.Empty(account.Surplus);
        Assert.Equal(2, account.With(Fate.Delivered, Fate.Late, Fate.OutOfOrder).Count());
    }

    [Fact]
    public void Of_late_messages_and_the_one_in_time_that_they_follow_the_late_ones_are_late()
    {
        ScenarioRun run = Run(["one", "two", "three", "four"], "three", "one", "two", "four") with
        {
            Times = new Dictionary<string, MessageTimes>
            {
                ["wamid.one"] = new("wamid.one", Start, Start.AddSeconds(61), Start.AddSeconds(80)),
                ["wamid.two"] = new("wamid.two", Start, Start.AddSeconds(62), Start.AddSeconds(80)),
                ["wamid.three"] = new("wamid.three", Start, Start.AddSeconds(2), Start.AddSeconds(20)),
                ["wamid.four"] = new("wamid.four", Start, Start.AddSeconds(63), Start.AddSeconds(80)),
            },
        };

        Assert.Equal([Fate.Late, Fate.Late, Fate.Delivered, Fate.Delivered], Account.Of(run).Fates.Select(fate => fate.Fate));
    }

    [Theory]
    [InlineData("[In reply to \"one\"]\ntwo")]
    [InlineData("[En respuesta a \"one\"]\ntwo")]
    [InlineData("[Em resposta a \"one\"]\ntwo")]
    [InlineData("[Reaction 👍 to \"one\"]", "two")]
    [InlineData("[Edited \"one\"]\ntwo")]
    [InlineData("[Deleted \"one\"]", "two")]
    public void Words_that_a_note_quotes_are_no_second_sight_of_them_and_no_first(params string[] seen)
    {
        Assert.Equal([Fate.Delivered, Fate.Delivered], Fates(["one", "two"], ["one", .. seen]));
        Assert.Equal([Fate.Lost, Fate.Delivered], Fates(["one", "two"], seen));
    }

    [Fact]
    public void A_customer_whose_ids_change_is_one_customer_and_nothing_of_it_goes_unseen()
    {
        (string Text, string[] Ids)[] sent = [("one", ["1555"]), ("two", ["US.1", "1555"]), ("three", ["US.1"]), ("moved", ["US.1", "1666"]), ("four", ["1666"])];

        Assert.All(Account.Of(Run(sent, ("1555", "one\ntwo"), ("US.1", "three\nmoved\nfour"))).Fates, fate => Assert.Equal(Fate.Delivered, fate.Fate));
        Assert.Equal(
            [Fate.Delivered, Fate.Doubled, Fate.Delivered, Fate.Delivered, Fate.Lost],
            Account.Of(Run(sent, ("1555", "one\ntwo"), ("1666", "two\nthree\nmoved"))).Fates.Select(fate => fate.Fate));
    }

    [Fact]
    public void What_was_written_to_one_number_is_nothing_for_a_chat_with_the_other()
    {
        ScenarioRun run = Run([("one", ["US.1"]), ("two", ["US.1"])], ("US.1", "one"), ("US.1", "two"));
        ScenarioRun twoNumbers = run with { Messages = [run.Messages[0], ToOther(run.Messages[1])] };

        Assert.Equal([Fate.Delivered, Fate.Lost], Account.Of(twoNumbers).Fates.Select(fate => fate.Fate));
        Assert.Equal([Fate.Delivered, Fate.Delivered], Account.Of(twoNumbers with { Chats = [run.Chats[0], WithOther(run.Chats[1])] }).Fates.Select(fate => fate.Fate));
        Assert.Equal(["Kike"], Account.Of(run with { Chats = [.. run.Chats, WithOther(run.Chats[0])] }).Surplus);

        static RunMessage ToOther(RunMessage message) => message with { Line = message.Line with { Request = message.Line.Request with { Number = Other } } };
        static ChatView WithOther(ChatView chat) => chat with { Number = Other };
    }

    [Fact]
    public void A_chat_under_an_id_that_nobody_showed_is_more_than_was_sent() =>
        Assert.Equal(["Kike"], Account.Of(Run([("one", ["US.1"])], ("US.1", "one"), ("56227607895", "one"))).Surplus);

    [Fact]
    public void What_was_said_in_private_is_nothing_for_a_group()
    {
        (string Text, string[] Ids)[] sent = [("in private", ["US.1"]), ("to all", ["group:G"])];

        Assert.Empty(Account.Of(Plain(Run(sent, ("US.1", "in private"), ("group:G", "Kike: to all")))).Surplus);
        Assert.Equal(["Kike"], Account.Of(Plain(Run(sent, ("US.1", "in private"), ("group:G", "Bo: to all")))).Surplus);
        Assert.Equal(["Kike"], Account.Of(Plain(Run(sent, ("US.1", "Kike: in private"), ("group:G", "to all")))).Surplus);
        Account account = Account.Of(Run(sent, ("US.1", "in private"), ("group:G", "in private\nto all")));
        Assert.Equal(["Kike"], account.Surplus);
        Assert.All(account.Fates, fate => Assert.Equal(Fate.Delivered, fate.Fate));
        Assert.Equal([Fate.Delivered, Fate.Lost], Account.Of(Run(sent, ("US.1", "in private\nto all"))).Fates.Select(fate => fate.Fate));
    }

    [Fact]
    public void Each_line_in_a_group_has_its_writers_name()
    {
        (string Text, string[] Ids)[] sent = [("Hello\nall", ["group:G"]), ("bye", ["group:G"])];

        Account account = Account.Of(Plain(Run(sent, ("group:G", "Kike: [In reply to \"bye\"]\nKike: Hello\nKike: all\nKike: bye"))));

        Assert.Empty(account.Surplus);
        Assert.All(account.Fates, fate => Assert.Equal(Fate.Delivered, fate.Fate));
    }

    [Fact]
    public void Whatever_is_shuffled_lost_or_doubled_every_message_has_one_fate() =>
        Prop.ForAll<int[]>(picks =>
        {
            string[] sent = ["alpha", "bravo", "charlie", "delta", "echo"];
            string[] seen = [.. picks.Select(pick => sent[Math.Abs(pick % sent.Length)])];
            Account account = Account.Of(Run(sent, seen));
            return account.Fates.Count == sent.Length
                && account.With(Fate.Lost).Count() == sent.Except(seen).Count()
                && account.With(Fate.Doubled).Count() == seen.GroupBy(text => text).Count(group => group.Count() > 1)
                && account.Surplus.Count == 0;
        }).QuickCheckThrowOnFailure();

    private const string Other = "56227607896";

    private static IEnumerable<Fate> Fates(string[] sent, params string[] seen) => Account.Of(Run(sent, seen)).Fates.Select(fate => fate.Fate);

    private static ScenarioRun Run(string[] sent, params string[] seen) => Runs.Of(new Expectations(), [.. sent.Select((text, i) => ($"wamid.{(sent.Take(i).Contains(text) ? $"{text}-{i}" : text)}", text))], seen);

    /// <summary>What one customer writes under several ids, and what is seen in chats with several keys.</summary>
    private static ScenarioRun Run((string Text, string[] Ids)[] sent, params (string Key, string Content)[] seen)
    {
        ScenarioRun run = Run([.. sent.Select(message => message.Text)]);
        return run with
        {
            Messages = [.. run.Messages.Zip(sent, (message, by) => message with { Line = message.Line with { IsPlain = false }, Sent = message.Sent with { Ids = by.Ids } })],
            Chats = [.. seen.Select((chat, i) => new ChatView($"{i}", "Kike", chat.Key, "open", Start.AddSeconds(i), null, [new ChatItem($"{i}", Start.AddSeconds(20 + i), "CUSTOMER", "text/plain", chat.Content)]))],
        };
    }

    private static ScenarioRun Plain(ScenarioRun run) => run with { Messages = [.. run.Messages.Select(message => message with { Line = message.Line with { IsPlain = true } })] };

    /// <summary>What Lambda writes of an SNS event that it gave up, with the message deep inside.</summary>
    private static DeadLetterView GivenUp(string id)
    {
        string entry = new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["value"] = new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["id"] = id }) } }) }.ToJsonString();
        string envelope = new JsonObject { ["whatsAppWebhookEntry"] = entry }.ToJsonString();
        var body = new JsonObject
        {
            ["requestContext"] = new JsonObject { ["condition"] = "RetriesExhausted", ["approximateInvokeCount"] = 3 },
            ["requestPayload"] = new JsonObject { ["Records"] = new JsonArray(new JsonObject { ["Sns"] = new JsonObject { ["Message"] = envelope } }) },
            ["responsePayload"] = new JsonObject { ["errorType"] = "Runtime.ExitError", ["errorMessage"] = "RequestId: 1-2 Error: signal: killed" },
        };
        return new DeadLetterView("on_raw_messages_dead_letters", "1", body.ToJsonString(), new Dictionary<string, string>());
    }
}
