using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

namespace WhatsAppBuffer.WhatsAppEventHandler.Release;

/// <summary>
/// What of a conversation's outbox is delivered next. What a window joined goes as it is, at once; what is joined only here (its messages bear the moments at which they came: all that was made for the policy
/// <c>quiet</c>, and of a window what the customer corrects in it) waits for the rule, and goes together under a seal. Both lie in one outbox while a deployment changes from one to the other.
/// </summary>
/// <param name="outbox">Where it waits.</param>
/// <param name="settings">The contact centre's.</param>
/// <param name="log">Ids only.</param>
internal sealed class ReleasePolicy(IOutbox outbox, SettingsSource<ChatSettings> settings, ILogger log)
{
    /// <summary>What goes next of what waits.</summary>
    /// <param name="waiting">In order; at least one.</param>
    /// <param name="undecided">What <see cref="Undecided"/> gives of it.</param>
    /// <param name="now">The moment, by the clock that stamped the messages.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Aggregates to deliver one after the other; or when to look again.</returns>
    public async Task<NextDelivery> NextAsync(IReadOnlyList<OutboxItem> waiting, IReadOnlyList<UndecidedItem> undecided, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (waiting.FirstOrDefault(item => item.Seal is not null) is { } begun)
        {
            return new NextDelivery([Sealed(begun, waiting)], null);
        }

        if (undecided.Count == 0)
        {
            return new NextDelivery([.. waiting.TakeWhile(item => UndecidedItem.Of(item) is null)], null);
        }

        ChatSettings chat = await settings.GetAsync(cancellationToken);
        switch (ReleaseRule.Decide([.. undecided.Select(item => item.Seen(chat.Quiet))], now, chat.Quiet))
        {
            case ReleaseDecision.LookAgain later:
                return new NextDelivery([], later);
            case ReleaseDecision.Release release:
                OutboxItem[] together = [.. undecided.Take(release.Aggregates).Select(item => item.Item)];
                var seal = new Seal([.. together.Select(item => item.SortKey)], release.Reason, now.ToUnixTimeMilliseconds(), chat.Joining.Separator, chat.Joining.WithinSeconds, chat.Texts.EditedMark);
                if (!await outbox.TrySealAsync(together[0], seal, cancellationToken))
                {
                    throw new LeaseLostException();
                }

                Telemetry.CountReleased($"{release.Reason}");
                log.Released(SealedEvent.IdOf(together), together.Length, release.Reason);
                return new NextDelivery([Sealed(together[0] with { Seal = seal }, together)], null);
            default:
                throw new InvalidOperationException("The rule decides in no other way.");
        }
    }

    /// <summary>What waits for the customer to finish, when that is next; empty when something else is.</summary>
    /// <param name="waiting">In order.</param>
    public static IReadOnlyList<UndecidedItem> Undecided(IReadOnlyList<OutboxItem> waiting) =>
        waiting.Any(item => item.Seal is not null) ? [] : [.. waiting.Select(UndecidedItem.Of).TakeWhile(item => item is not null).OfType<UndecidedItem>()];

    /// <exception cref="LeaseLostException">Some of it is gone: another invocation is further.</exception>
    private static OutboxItem Sealed(OutboxItem first, IReadOnlyList<OutboxItem> waiting)
    {
        OutboxItem[] items = [.. first.Seal!.Items.Select(sortKey => waiting.FirstOrDefault(item => item.SortKey == sortKey) ?? throw new LeaseLostException())];
        return first with
        {
            AggregationId = SealedEvent.IdOf(items),
            Event = SealedEvent.Of(items, first.Seal),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(first.Seal.At),
            FollowedBehind = items[^1].SortKey,
        };
    }
}

/// <summary>What is delivered next.</summary>
/// <param name="Items">One after the other; empty when nothing goes now.</param>
/// <param name="Later">When to look again, where nothing goes now.</param>
internal sealed record NextDelivery(IReadOnlyList<OutboxItem> Items, ReleaseDecision.LookAgain? Later);

/// <summary>Nothing may be delivered yet: the work is to be looked at again.</summary>
/// <param name="delay">When.</param>
internal sealed class LookAgainException(TimeSpan delay) : Exception("The customer may not have finished.")
{
    /// <summary>When.</summary>
    public TimeSpan Delay { get; } = delay;
}
