using FsCheck;
using FsCheck.Fluent;
using LocalAws.Faults;

namespace LocalAws.Tests.Faults;

public class FaultPlanTests
{
    private static readonly FaultRule Throttle = new() { Service = "connect", Effect = FaultEffect.Throttle, Probability = 0.2 };

    private static readonly FaultRule Kill = new() { Service = "lambda", Operation = "handler", Effect = FaultEffect.Kill, Probability = 0.5 };

    [Fact]
    public void The_same_seed_strikes_the_same_calls_however_calls_of_other_kinds_fall_between_them()
    {
        FaultInjector alone = Set(new FaultPlan { Seed = 7, Rules = [Throttle, Kill] });
        FaultInjector mixed = Set(new FaultPlan { Seed = 7, Rules = [Throttle, Kill] });

        bool[] expected = [.. Enumerable.Range(0, 200).Select(_ => alone.OnCall("connect", "StartChatContact").Error is not null)];
        bool[] found =
        [
            .. Enumerable.Range(0, 200).Select(call =>
            {
                mixed.OnInvocation("handler");
                mixed.OnCall("dynamodb", "PutItem");
                return mixed.OnCall("connect", "StartChatContact").Error is not null;
            }),
        ];

        Assert.Equal(expected, found);
    }

    [Fact]
    public void Another_seed_strikes_other_calls() =>
        Assert.NotEqual(Struck(new FaultPlan { Seed = 1, Rules = [Throttle] }, 100), Struck(new FaultPlan { Seed = 2, Rules = [Throttle] }, 100));

    [Fact]
    public void A_rule_strikes_about_its_share_of_the_calls_whatever_the_seed() =>
        Prop.ForAll<int>(seed => Struck(new FaultPlan { Seed = seed, Rules = [Throttle] }, 5_000).Count is > 850 and < 1_150).QuickCheckThrowOnFailure();

    [Fact]
    public void The_nth_call_is_struck_and_no_other() =>
        Assert.Equal([3], Struck(new FaultPlan { Rules = [new FaultRule { Effect = FaultEffect.Throttle, Nth = 3 }] }, 10));

    [Fact]
    public void A_rule_without_probability_and_number_strikes_every_call() =>
        Assert.Equal([1, 2, 3], Struck(new FaultPlan { Rules = [new FaultRule { Effect = FaultEffect.Error }] }, 3));

    [Fact]
    public void Latencies_have_the_median_and_the_99th_percentile_that_the_rule_says()
    {
        FaultInjector faults = Set(new FaultPlan { Rules = [new FaultRule { Effect = FaultEffect.Latency, Latency = new Latency(0.1, 2) }] });

        double[] seconds = [.. Enumerable.Range(0, 20_000).Select(_ => faults.OnCall("connect", "SendMessage").Delay.TotalSeconds).Order()];

        Assert.InRange(seconds[10_000], 0.095, 0.105);
        Assert.InRange(seconds[19_800], 1.7, 2.3);
    }

    [Fact]
    public void Each_rule_counts_what_it_might_have_struck_and_what_it_struck()
    {
        FaultInjector faults = Set(new FaultPlan { Rules = [Throttle with { Probability = null, Nth = 2 }] });
        faults.OnCall("connect", "StartChatContact");
        faults.OnCall("connect", "StopContact");
        faults.OnCall("dynamodb", "PutItem");

        Assert.Equal([new FaultCount("call 2 throttle of connect.*", 2, 1)], faults.Counts);
    }

    [Fact]
    public void The_first_error_that_strikes_wins_and_latencies_add_up()
    {
        FaultRule slow = new() { Effect = FaultEffect.Latency, Latency = new Latency(1, 1) };
        FaultInjector faults = Set(new FaultPlan { Rules = [slow, new FaultRule { Effect = FaultEffect.Error, Code = "Mine", Status = 503 }, slow, Throttle with { Probability = 1 }] });

        CallFaults call = faults.OnCall("connect", "StartChatContact");

        Assert.Equal((TimeSpan.FromSeconds(2), "Mine", 503), (call.Delay, call.Error?.Code, call.Error?.StatusCode));
    }

    public static TheoryData<string, FaultRule> Refused => new()
    {
        { "'probability' and 'nth' exclude", new FaultRule { Effect = FaultEffect.Error, Probability = 0.1, Nth = 1 } },
        { "'probability' is 2", new FaultRule { Effect = FaultEffect.Error, Probability = 2 } },
        { "'nth' is 0", new FaultRule { Effect = FaultEffect.Error, Nth = 0 } },
        { "no service 'conect'", new FaultRule { Service = "conect", Effect = FaultEffect.Error } },
        { "'kill' strikes functions", new FaultRule { Service = "connect", Effect = FaultEffect.Kill } },
        { "strike deliveries", new FaultRule { Effect = FaultEffect.Duplicate } },
        { "need 'latency'", new FaultRule { Effect = FaultEffect.Latency } },
        { "'latency' needs a median", new FaultRule { Effect = FaultEffect.Latency, Latency = new Latency(2, 1) } },
        { "belong to the effect 'error'", new FaultRule { Effect = FaultEffect.Throttle, Code = "Other" } },
        { "'status' is 200", new FaultRule { Effect = FaultEffect.Error, Code = "Other", Status = 200 } },
        { "'status' needs a 'code'", new FaultRule { Effect = FaultEffect.Error, Status = 503 } },
        { "'from' is -1", Throttle with { From = -1 } },
        { "'until' is 5; it must be later than 'from'", Throttle with { From = 5, Until = 5 } },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void A_rule_that_cannot_be_is_refused_by_place_and_reason(string reason, FaultRule rule)
    {
        var faults = new FaultInjector();

        var error = Assert.Throws<ArgumentException>(() => faults.Set(new FaultPlan { Rules = [Throttle, rule] }));

        Assert.Contains("fault rule 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Empty(faults.Plan.Rules);
    }

    [Fact]
    public void A_rule_begins_and_ends_by_the_clouds_clock_since_the_plan_was_set()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var faults = new FaultInjector(clock);
        clock.Advance(TimeSpan.FromHours(1));
        faults.Set(new FaultPlan { Rules = [new() { Service = "dynamodb", Effect = FaultEffect.Error, From = 60, Until = 3_660 }] });

        List<bool> struck = [];
        foreach (int seconds in new[] { 0, 59, 1, 3_599, 1, 100 })
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            struck.Add(faults.OnCall("dynamodb", "PutItem").Error is not null);
        }

        Assert.Equal([false, false, true, true, false, false], struck);
        Assert.Equal("100 % error of dynamodb.* from 60 to 3660 s", faults.Plan.Rules[0].Describe());
    }

    private static FaultInjector Set(FaultPlan plan)
    {
        var faults = new FaultInjector();
        faults.Set(plan);
        return faults;
    }

    private static List<int> Struck(FaultPlan plan, int calls)
    {
        FaultInjector faults = Set(plan);
        return [.. Enumerable.Range(1, calls).Where(_ => faults.OnCall("connect", "StartChatContact").Error is not null)];
    }
}
