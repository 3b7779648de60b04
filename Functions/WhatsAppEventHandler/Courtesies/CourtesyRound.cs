using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.WhatsApp;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;

namespace WhatsAppBuffer.WhatsAppEventHandler.Courtesies;

/// <summary>
/// What tells the customer that he is heard, as far as it is chosen: his newest message is marked read and gets 👀, then ✅ when the agent has it. One
/// invocation's worth, sent one after the other beside the delivery; a failure is a warning, never more.
/// </summary>
/// <param name="whatsApp">Sends it; null = nobody does.</param>
/// <param name="clock">Bounds the sends.</param>
/// <param name="log">Ids only.</param>
internal sealed class CourtesyRound(ICourtesySender? whatsApp, TimeProvider clock, ILogger log) : IDisposable
{
    /// <summary>How long one send may take, and how long the invocation waits at its end for all that are left.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _end = new(Timeout.InfiniteTimeSpan, clock);
    private Task _sends = Task.CompletedTask;

    public void Seen(Aggregate aggregate, CourtesyChoice choice)
    {
        if (choice.MarksRead)
        {
            Send(aggregate, CloudApiRequest.Read);
        }

        React(aggregate, choice, "👀");
    }

    public void Delivered(Aggregate aggregate, CourtesyChoice choice) => React(aggregate, choice, "✅");

    /// <summary>Lambda freezes the process when the invocation ends: what is not sent by then would be sent at some other time.</summary>
    public async Task FinishAsync()
    {
        _end.CancelAfter(Patience);
        await _sends;
    }

    public void Dispose() => _end.Dispose();

    private void React(Aggregate aggregate, CourtesyChoice choice, string emoji)
    {
        if (choice.Reacts)
        {
            Send(aggregate, messageId => CloudApiRequest.Reaction(aggregate.Recipient, messageId, emoji));
        }
    }

    private void Send(Aggregate aggregate, Func<string, byte[]> message)
    {
        if (whatsApp is not null && aggregate is { OriginationNumberArn: { } number, NewestMessageId: { } messageId })
        {
            _sends = SendAfterAsync(_sends, number, message(messageId), aggregate.Id);
        }
    }

    private async Task SendAfterAsync(Task before, string number, byte[] message, string aggregationId)
    {
        await before;
        try
        {
            using var limit = new CancellationTokenSource(Patience, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _end.Token);
            await whatsApp!.SendAsync(number, message, both.Token);
        }
        catch (Exception failure)
        {
            log.CourtesyFailed(aggregationId, failure.GetType().Name);
        }
    }
}
