using LocalAws.Endpoint;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Scenarios;

namespace WhatsAppBuffer.Simulator.Page.Layout;

/// <summary>What went wrong for whoever uses the page: it stays until they close it.</summary>
internal sealed class Problems
{
    private readonly List<Problem> _open = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Problem> Open => [.. _open.AsEnumerable().Reverse()];

    /// <summary>Raised when there is one more or one less.</summary>
    public event Action? Changed;

    /// <summary>Closes one.</summary>
    public void Close(Problem problem)
    {
        _open.Remove(problem);
        Changed?.Invoke();
    }

    /// <summary>Tells of one.</summary>
    public void Tell(string what, string why)
    {
        _open.RemoveAll(problem => problem.What == what && problem.Why == why);
        _open.Add(new Problem(what, why));
        Changed?.Invoke();
    }

    /// <summary>Does something, and tells what went wrong of what can go wrong.</summary>
    /// <param name="what">What did not work, if it does not: <c>Kike's message was not sent</c>.</param>
    /// <param name="action">What to do.</param>
    /// <returns>Whether it worked.</returns>
    public async Task<bool> TryAsync(string what, Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception e) when (e is ArgumentException or ScenarioException or UserErrorException or ControlException or HttpRequestException)
        {
            Tell(what, e.Message);
        }
        catch (AwsException e)
        {
            Tell(what, $"{e.Code}: {e.Message}");
        }

        return false;
    }
}

/// <summary>Something that went wrong.</summary>
/// <param name="What">What did not happen.</param>
/// <param name="Why">Why, and what to do.</param>
internal sealed record Problem(string What, string Why);
