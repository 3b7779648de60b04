using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
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
    private const string Stamps = "\"received\":[\"";

    /// <summary>What goes next of what waits.</summary>
    /// <param name="waiting">In order; at least one.</param>
    /// <param name="now">The moment, by the clock that stamped the messages.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Aggregates to deliver one after the other; or when to look again.</returns>
    public async Task<NextDelivery> NextAsync(IReadOnlyList<OutboxItem> waiting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (waiting.FirstOrDefault(item => item.Seal is not null) is { } begun)
        {
            return new NextDelivery([Sealed(begun, waiting)], null);
        }

        OutboxItem[] alone = [.. waiting.TakeWhile(item => !WaitsForQuiet(item))];
        if (alone.Length > 0)
        {
            return new NextDelivery(alone, null);
        }

        IReadOnlyList<OutboxItem> quiet = Undecided(waiting);
        ChatSettings chat = await settings.GetAsync(cancellationToken);
        switch (ReleaseRule.Decide([.. quiet.Select(item => Seen(item, chat.Quiet))], now, chat.Quiet))
        {
            case ReleaseDecision.LookAgain later:
                return new NextDelivery([], later);
            case ReleaseDecision.Release release:
                OutboxItem[] together = [.. quiet.Take(release.Aggregates)];
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
    public static IReadOnlyList<OutboxItem> Undecided(IReadOnlyList<OutboxItem> waiting) => waiting.Any(item => item.Seal is not null) ? [] : [.. waiting.TakeWhile(WaitsForQuiet)];

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

    /// <summary>Whether it is not delivered alone: nobody has begun to, and it says when each of its messages came.</summary>
    private static bool WaitsForQuiet(OutboxItem item)
    {
        // Most have no stamps, and are not read for this question.
        if (item is not { Progress: null, File: null } || !item.Event.Contains(Stamps, StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            return EventJson.Parse(item.Event) is var value && StampedMessage.IsStamped(value) && StampedMessage.In(value).All(message => message.Time is not null);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static WaitingAggregate Seen(OutboxItem item, QuietSettings quiet)
    {
        AggregatedEvent value = EventJson.Parse(item.Event);
        StampedMessage[] messages = [.. StampedMessage.In(value)];
        return new WaitingAggregate(
            messages.Min(message => message.Time!.Value),
            messages.Max(message => message.Time!.Value),
            messages.Length,
            Encoding.UTF8.GetByteCount(item.Event),
            value.Aggregation!.ReleaseReason == nameof(ReleaseReason.Window) ? ReleaseReason.Window
                : Array.Exists(messages, message => message.IsTap) ? ReleaseReason.Tap
                : Array.Exists(messages, message => message.Body is { } body && quiet.FlushWords.Contains(body.Trim())) ? ReleaseReason.FlushWord
                : null);
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
