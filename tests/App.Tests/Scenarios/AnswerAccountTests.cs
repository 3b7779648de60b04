using LocalAws.Faults;
using WhatsAppBuffer.Simulator.App.Agents;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Scenarios;

namespace App.Tests.Scenarios;

/// <summary>What became of agents' answers, and which excuse counts.</summary>
public class AnswerAccountTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_answer_that_came_once_is_right()
    {
        Verdict verdict = Judge(["one", "two"], [On("US.1", "one"), On("+US.1", "two")]);

        Assert.Equal((true, "every answer once on its customer's phone (2 answers)"), (verdict.Holds, verdict.What));
    }

    [Fact]
    public void An_answer_that_did_not_come_is_missing()
    {
        Verdict verdict = Judge(["one", "two"], [On("US.1", "one")]);

        Assert.Equal((false, "every answer once on its customer's phone ('two' is missing)"), (verdict.Holds, verdict.What));
    }

    [Fact]
    public void An_answer_on_somebody_elses_phone_is_wrong_even_beside_the_right_one()
    {
        Verdict verdict = Judge(["one"], [On("US.1", "one"), On("US.2", "one")]);

        Assert.Equal((false, "every answer once on its customer's phone (somebody else got 'one')"), (verdict.Holds, verdict.What));
    }

    [Fact]
    public void An_answer_that_came_twice_is_right_only_after_a_lost_answer()
    {
        Assert.False(Judge(["one"], [On("US.1", "one"), On("US.1", "one")]).Holds);

        Verdict verdict = Judge(["one"], [On("US.1", "one") with { IsDoubtful = true }, On("US.1", "one")]);

        Assert.True(verdict.Holds);
        Assert.EndsWith("(1 answer; 1 came more than once, after faults that left open whether they had been sent)", verdict.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "connect_event_handler", true)]
    [InlineData(1, "connect_event_handler", false)]
    [InlineData(2, "whatsapp_event_handler", false)]
    public void As_many_senders_as_were_killed_may_have_died_over_an_answer(int killed, string function, bool holds)
    {
        var kill = new FaultRule { Service = "lambda", Operation = function, Effect = FaultEffect.Kill };

        Verdict verdict = Judge(["one", "two"], [On("US.1", "one"), On("US.1", "one"), On("US.1", "two"), On("US.1", "two")], kill, killed);

        Assert.Equal(holds, verdict.Holds);
    }

    [Fact]
    public void Where_nobody_answered_nothing_is_proved() => Assert.False(Judge([], []).Holds);

    private static PhoneItem On(string customer, string text) => new(customer, "text", "", text, Start.AddSeconds(30));

    private static Verdict Judge(string[] answers, PhoneItem[] phones, FaultRule? kill = null, int killed = 0)
    {
        ScenarioRun run = Runs.Of(new Expectations { DeadLetters = null, EveryMessageOnceInOrder = false }, [("wamid.1", "Hello")], "Hello");
        return Assert.Single(Judgement.Of(run with
        {
            Scenario = run.Scenario with { Answers = new AnswerPlan(), Faults = new FaultPlan { Rules = kill is null ? [] : [kill] } },
            Chats = [run.Chats[0] with { Transcript = [.. run.Chats[0].Transcript, .. answers.Select((text, i) => new ChatItem($"answer-{i}", Start.AddSeconds(25), "AGENT", "text/plain", text))] }],
            Phones = phones,
            Faults = kill is null ? [] : [new FaultCount(kill.Describe(), 10, killed)],
        }));
    }
}
