using System.Text;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Faults;
using LocalAws.Lambda;
using LocalAws.Lambda.Functions;

namespace LocalAws.Tests.Lambda;

/// <summary>A Lambda engine with a fake clock and a mailbox as the only destination.</summary>
internal sealed class LambdaFixture : IAsyncDisposable
{
    public LambdaFixture(LambdaOptions? options = null, FaultInjector? faults = null)
    {
        var router = new DeliveryRouter();
        router.Add(Mailbox);
        Engine = new LambdaEngine(new AwsAccount(), Clock, router, options, faults);
        router.Add(Engine);
        Router = router;
    }

    public TimerCountingClock Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    public Mailbox Mailbox { get; } = new();

    public DeliveryRouter Router { get; }

    public LambdaEngine Engine { get; }

    public Task<InvocationResult> InvokeAsync(string name, string json) => Engine.InvokeAsync(name, Encoding.UTF8.GetBytes(json), CancellationToken.None);

    public void Create(string name, Func<string, Task<string>> handler, Func<FunctionDefinition, FunctionDefinition>? change = null)
    {
        var definition = new FunctionDefinition { Name = name, Code = FunctionCode.FromText(handler) };
        Engine.CreateFunction(change?.Invoke(definition) ?? definition);
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}

/// <summary>A fake clock that tells how many timers were set.</summary>
internal sealed class TimerCountingClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int _timers;

    public int Timers => Volatile.Read(ref _timers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _timers);
        return timer;
    }
}

internal static class InvocationResultText
{
    public static string Text(this InvocationResult result) => Encoding.UTF8.GetString(result.Payload.Span);
}
