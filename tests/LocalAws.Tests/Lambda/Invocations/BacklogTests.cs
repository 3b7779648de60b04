using Microsoft.Extensions.Time.Testing;
using LocalAws.Lambda.Invocations;

namespace LocalAws.Tests.Lambda.Invocations;

/// <summary>What a scaled clock waits for, and what it must not wait for.</summary>
public class BacklogTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    private readonly FakeTimeProvider _real = new();
    private readonly Backlog _backlog;

    public BacklogTests() => _backlog = new Backlog(_real);

    private bool IsBehind => _backlog.IsBehind(Patience);

    [Fact]
    public void With_nothing_to_do_nothing_is_late() => Assert.False(IsBehind);

    [Fact]
    public void A_sandbox_that_starts_is_late_at_once_and_until_it_has_started()
    {
        using (_backlog.Start("one"))
        {
            Assert.True(IsBehind);
        }

        Assert.False(IsBehind);
    }

    [Fact]
    public void An_invocation_is_late_when_it_lasts_longer_than_it_may()
    {
        using (_backlog.Invoke("one"))
        {
            _real.Advance(Patience);
            Assert.False(IsBehind);
            _real.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(IsBehind);
        }

        Assert.False(IsBehind);
    }

    [Fact]
    public void An_event_is_late_when_it_waits_longer_for_a_sandbox_than_it_may()
    {
        using IDisposable invocation = _backlog.Invoke("one");
        using (_backlog.Wait())
        {
            _real.Advance(Patience / 2);
            Assert.False(IsBehind);
            _real.Advance(Patience);
            using IDisposable next = _backlog.Invoke("two");
            invocation.Dispose();
            Assert.True(IsBehind);
        }

        Assert.False(IsBehind);
    }

    [Fact]
    public void An_event_that_waits_though_all_sandboxes_are_free_is_late_too()
    {
        using IDisposable waiting = _backlog.Wait();

        _real.Advance(2 * Patience);

        Assert.True(IsBehind);
    }

    [Fact]
    public void A_sandbox_whose_call_was_disturbed_may_take_its_time_until_its_next_invocation()
    {
        using (_backlog.Invoke("one"))
        {
            _backlog.Excuse("one");
            _real.Advance(100 * Patience);
            Assert.False(IsBehind);
        }

        using IDisposable next = _backlog.Invoke("one");
        _real.Advance(2 * Patience);
        Assert.True(IsBehind);
    }

    [Fact]
    public void Only_the_sandbox_whose_call_was_disturbed_is_excused()
    {
        using IDisposable one = _backlog.Invoke("one");
        using IDisposable two = _backlog.Invoke("two");

        _backlog.Excuse("one");
        _real.Advance(2 * Patience);

        Assert.True(IsBehind);
    }

    [Fact]
    public void A_start_whose_call_was_disturbed_is_excused()
    {
        using IDisposable start = _backlog.Start("one");

        _backlog.Excuse("one");

        Assert.False(IsBehind);
    }

    [Fact]
    public void Events_that_wait_behind_none_but_excused_sandboxes_wait_for_what_those_wait_for()
    {
        using IDisposable one = _backlog.Invoke("one");
        using IDisposable two = _backlog.Invoke("two");
        using IDisposable waiting = _backlog.Wait();
        _backlog.Excuse("one");
        _backlog.Excuse("two");

        _real.Advance(100 * Patience);
        Assert.False(IsBehind);

        two.Dispose();
        using IDisposable third = _backlog.Invoke("three");
        Assert.True(IsBehind);
    }
}
