using System.Collections.Concurrent;

namespace LocalAws.Connect;

/// <summary>
/// Sends items one after the other in the order they were added: items are added under the owner's lock, sent after it is released, by
/// whichever caller comes first.
/// </summary>
/// <param name="send">Sends one item; must not throw.</param>
internal sealed class OrderedOutbox<T>(Func<T, Task> send)
{
    private readonly ConcurrentQueue<T> _items = new();
    private int _isSending;

    public void Add(T item) => _items.Enqueue(item);

    public async Task SendAsync()
    {
        while (!_items.IsEmpty && Interlocked.Exchange(ref _isSending, 1) == 0)
        {
            while (_items.TryDequeue(out T? item))
            {
                await send(item);
            }

            // A full fence: whoever added an item and saw us sending must be seen by the next look at the queue.
            Interlocked.Exchange(ref _isSending, 0);
        }
    }
}
