using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;

namespace WhatsAppBuffer.OnRawMessages.Conversations;

/// <summary>
/// Says which conversation a message belongs to, before it is stored: everything of one conversation then lies in one partition of the raw table, one
/// shard of its stream, one order. See docs/adr/0009-who-is-decided-at-the-door.md.
/// </summary>
/// <param name="table">The conversations' table.</param>
/// <param name="cache">What was found before.</param>
internal sealed class ConversationFinder(ConversationTable table, RouteCache cache)
{
    /// <summary>One conversation leads to another at most once, so a chain is as long as a person has had conversations.</summary>
    private const int LongestChain = 100;

    private const int MaxRaces = 10;

    /// <summary>Finds the conversation of a message; links the ids that the message shows to be the same person's.</summary>
    /// <exception cref="Amazon.DynamoDBv2.AmazonDynamoDBException">The table could not be read or written: try again.</exception>
    public async Task<Route> FindAsync(Sender sender, CancellationToken cancellationToken)
    {
        if (sender.Group is not null)
        {
            return new Route(sender.Customer!, []);
        }

        if (cache.Find(sender) is { } cached)
        {
            return cached;
        }

        var aliases = new AliasTable(table, sender.PhoneNumberId);
        for (int races = 0; ; races++)
        {
            try
            {
                Route route = await LinkAsync(sender, aliases, cancellationToken);
                cache.Add(sender, route);
                return route;
            }
            catch (TransactionCanceledException canceled) when (races < MaxRaces && ConversationTable.HasFailedCondition(canceled))
            {
                // Somebody else has linked one of the ids: look again.
            }
        }
    }

    private static async Task<Route> LinkAsync(Sender sender, AliasTable aliases, CancellationToken cancellationToken)
    {
        Root?[] roots = await Task.WhenAll(sender.Ids.Select(id => RootOfAsync(id, aliases, cancellationToken)));
        string[] unknown = [.. sender.Ids.Where((_, i) => roots[i] is null)];
        Root[] known = [.. roots.OfType<Root>().DistinctBy(root => root.Customer)];
        Root own = await ChooseAsync(known, aliases, cancellationToken) ?? new Root(sender.Ids[0], [], HasAlias: false);
        string[] formerly = [.. known.Where(root => root.Customer != own.Customer).SelectMany(root => root.Formerly.Append(root.Customer)).Distinct()];
        List<TransactWriteItem> links = [.. unknown.Except(known.Append(own).Select(root => root.Customer)).Select(id => aliases.Link(id, own.Customer))];
        if (formerly.Length > 0)
        {
            links.Add(aliases.GoOnFor(own.Customer, formerly));
            links.AddRange(known.Where(root => root.Customer != own.Customer).Select(root => aliases.Lead(root.Customer, own.Customer)));
        }
        else if (!own.HasAlias)
        {
            links.Add(aliases.Link(own.Customer, own.Customer));
        }

        if (links.Count > 0)
        {
            await aliases.WriteAsync(links, cancellationToken);
        }

        return new Route(own.Customer, [.. own.Formerly.Union(formerly)]);
    }

    /// <summary>Where an id leads in the end; null when nothing is known of it.</summary>
    private static async Task<Root?> RootOfAsync(string id, AliasTable aliases, CancellationToken cancellationToken)
    {
        string customer = id;
        for (int hops = 0; hops < LongestChain; hops++)
        {
            if (await aliases.GetAsync(customer, cancellationToken) is not { } alias)
            {
                return customer != id || await aliases.HasConversationAsync(id, cancellationToken) ? new Root(customer, [], HasAlias: false) : null;
            }

            if (alias.Customer == customer)
            {
                return new Root(customer, alias.Formerly, HasAlias: true);
            }

            customer = alias.Customer;
        }

        throw new InvalidOperationException($"The aliases of a customer lead in a circle, or further than {LongestChain} conversations.");
    }

    private static async Task<Root?> ChooseAsync(Root[] known, AliasTable aliases, CancellationToken cancellationToken)
    {
        if (known.Length < 2)
        {
            return known.FirstOrDefault();
        }

        (bool HasChat, long NewestMessage)[] chats = await Task.WhenAll(known.Select(root => aliases.ChatOfAsync(root.Customer, cancellationToken)));
        return known.Zip(chats).OrderByDescending(root => root.Second).First().First;
    }

    /// <summary>A conversation that leads to no other.</summary>
    /// <param name="Customer">Its customer.</param>
    /// <param name="Formerly">Customers of those that led to it.</param>
    /// <param name="HasAlias">Whether it has a row of its own.</param>
    private sealed record Root(string Customer, IReadOnlyCollection<string> Formerly, bool HasAlias);
}
