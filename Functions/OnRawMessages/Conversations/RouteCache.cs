using System.Collections.Concurrent;

namespace WhatsAppBuffer.OnRawMessages.Conversations;

/// <summary>
/// Routes that were found, for a minute: one that has changed since sends a message to the conversation that the person had before, and neither loses nor
/// doubles it. What was not found is not remembered. A sandbox has one.
/// </summary>
/// <param name="clock">Measures their age.</param>
internal sealed class RouteCache(TimeProvider clock)
{
    private const int MostRoutes = 20_000;
    private static readonly TimeSpan MaximumAge = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string PhoneNumberId, string Id), (Route Route, DateTimeOffset FoundAt)> _routes = [];

    /// <summary>The route of a sender all of whose ids lead to the same conversation; null when that is not known.</summary>
    public Route? Find(Sender sender)
    {
        Route? found = null;
        foreach (string id in sender.Ids)
        {
            if (!_routes.TryGetValue((sender.PhoneNumberId, id), out (Route Route, DateTimeOffset FoundAt) cached)
                || clock.GetUtcNow() - cached.FoundAt >= MaximumAge
                || (found is not null && found.Customer != cached.Route.Customer))
            {
                return null;
            }

            found = cached.Route;
        }

        return found;
    }

    public void Add(Sender sender, Route route)
    {
        if (_routes.Count >= MostRoutes)
        {
            _routes.Clear();
        }

        foreach (string id in sender.Ids)
        {
            _routes[(sender.PhoneNumberId, id)] = (route, clock.GetUtcNow());
        }
    }
}
