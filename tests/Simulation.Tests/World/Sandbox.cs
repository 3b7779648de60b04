using WhatsAppBuffer.WhatsAppEventHandler.Chats;

namespace Simulation.Tests.World;

/// <summary>One process of a function: each of its calls takes time and can go wrong, and once it is dead nothing that it tries has any effect.</summary>
internal sealed class Sandbox(Cloud cloud, string function)
{
    /// <summary>Longer than a lease.</summary>
    public static readonly TimeSpan TooLong = Lease.Length * 1.5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Cloud Cloud => cloud;

    public string Function => function;

    public bool IsDead { get; private set; }

    public void Kill() => IsDead = true;

    /// <exception cref="SandboxDiedException">It is dead.</exception>
    public void ThrowIfDead()
    {
        if (IsDead)
        {
            throw new SandboxDiedException();
        }
    }

    /// <summary>Calls a service.</summary>
    /// <param name="operation">Its name of what is asked.</param>
    /// <param name="effect">What the service does: at once, on this thread.</param>
    /// <param name="refusal">What it says when it does nothing.</param>
    /// <param name="silence">What the SDK says when there is no answer.</param>
    /// <param name="cancellationToken">Breaks the connection.</param>
    public async Task<T> CallAsync<T>(
        string operation, Func<Task<T>> effect, Func<Exception> refusal, Func<Exception> silence, CancellationToken cancellationToken)
    {
        ThrowIfDead();
        Trouble trouble = cloud.TroubleAt($"{function}: {operation}");
        await cloud.DelayAsync(trouble is Trouble.Stall ? TooLong : cloud.Latency(), cancellationToken);
        ThrowIfDead();
        switch (trouble)
        {
            case Trouble.CrashBefore:
                Kill();
                throw new SandboxDiedException();
            case Trouble.Refuse:
                throw refusal();
            case Trouble.Late:
                cloud.After(TooLong, () => _ = Done(effect));
                await cloud.DelayAsync(Patience, cancellationToken);
                ThrowIfDead();
                throw silence();
        }

        Task<T> answer = Done(effect);
        answer = trouble is Trouble.Repeat ? Done(effect) : answer;
        await cloud.DelayAsync(cloud.Latency(), cancellationToken);
        if (trouble is Trouble.CrashAfter)
        {
            Kill();
        }

        ThrowIfDead();
        return trouble is Trouble.LoseAnswer ? throw silence() : await answer;
    }

    /// <summary>An effect that is not over at once would go on on another thread, and a seed would no longer say what happens.</summary>
    private static Task<T> Done<T>(Func<Task<T>> effect)
    {
        try
        {
            Task<T> done = effect();
            Assert.True(done.IsCompleted, "A service did not answer at once: the simulation is no longer on one thread.");
            return done;
        }
        catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
        {
            return Task.FromException<T>(failure);
        }
    }
}

/// <summary>The sandbox is gone.</summary>
internal sealed class SandboxDiedException() : Exception("The sandbox died.");
