using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Scenarios;

namespace App.Tests.Scenarios;

public class JudgementTests
{
    private static ScenarioRun Run(Expectations expect, string[] sent, params string[] seen) => Runs.Of(expect, [.. sent.Select(text => ($"wamid.{text}", text))], seen);

    private static bool Holds(ScenarioRun run) => Judgement.Of(run).All(verdict => verdict.Holds);

    [Fact]
    public void One_joined_message_holds_every_text_once_and_in_order() =>
        Assert.True(Holds(Run(new Expectations { AgentMessages = 1 }, ["Hello, good morning", "I need help, please"], "Hello, good morning\nI need help, please")));

    [Theory]
    [InlineData("a lost text", "first of the texts")]
    [InlineData("texts out of order", "second of the texts\nfirst of the texts")]
    [InlineData("a text seen twice", "first of the texts\nfirst of the texts\nsecond of the texts")]
    [InlineData("something never sent", "first of the texts\nsecond of the texts\nand more")]
    public void Is_not_fooled_by(string what, string seen) =>
        Assert.False(Holds(Run(new Expectations(), ["first of the texts", "second of the texts"], seen)), what);

    [Fact]
    public void Chunks_of_a_long_text_count_as_the_text() =>
        Assert.True(Holds(Run(new Expectations(), ["a text that was too long"], "a text that", "was too long")));

    [Fact]
    public void A_transcript_must_be_exactly_as_expected()
    {
        var expect = new Expectations { Transcripts = [new ExpectedTranscript { Customer = "Kike", Messages = ["Hello\nHelp"] }] };

        Assert.True(Holds(Run(expect, ["Hello", "Help"], "Hello\nHelp")));
        Assert.False(Holds(Run(expect, ["Hello", "Help"], "Hello", "Help")));
    }

    [Fact]
    public void A_message_that_waited_too_long_is_told()
    {
        var run = Run(new Expectations { LongestWait = 10 }, ["Hello"], "Hello");

        Assert.Contains(Judgement.Of(run), verdict => !verdict.Holds && verdict.What.Contains("20.0 s", StringComparison.Ordinal));
    }

    [Fact]
    public void Dead_letters_are_not_expected_unless_said()
    {
        var run = Run(new Expectations(), ["Hello"], "Hello") with { DeadLetters = [new DeadLetterView("q", "1", "{}", new Dictionary<string, string>())] };

        Assert.False(Holds(run));
        Assert.True(Holds(run with { Scenario = run.Scenario with { Expect = new Expectations { DeadLetters = 1 } } }));
    }

    [Fact]
    public void Lateness_is_not_expected_unless_said()
    {
        var start = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        ScenarioRun run = Run(new Expectations(), ["one", "two"], "two", "one") with
        {
            Times = new Dictionary<string, MessageTimes>
            {
                ["wamid.one"] = new("wamid.one", start, start.AddSeconds(60), start.AddSeconds(80)),
                ["wamid.two"] = new("wamid.two", start, start.AddSeconds(2), start.AddSeconds(20)),
            },
        };

        Assert.False(Holds(run));
        Assert.True(Holds(run with { Scenario = run.Scenario with { Expect = new Expectations { Late = 1 } } }));
    }

    [Fact]
    public void A_run_that_never_settled_does_not_hold() =>
        Assert.False(Holds(Run(new Expectations(), ["Hello"], "Hello") with { Settled = false }));
}
