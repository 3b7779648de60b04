using System.Security.Cryptography;
using LocalAws.DynamoDb.Tables;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Operations;

/// <summary>Remembers the ClientRequestTokens of transactions for ten minutes after they finished. Guarded by the caller's lock.</summary>
internal sealed class IdempotencyTokens(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Finished> _finished = new(StringComparer.Ordinal);
    private readonly Queue<(string Token, DateTimeOffset Until)> _expiry = new();

    /// <summary>What the transaction of this token consumed, or null when it is new.</summary>
    /// <exception cref="AwsException"><c>IdempotentParameterMismatchException</c>: the token came with another request before.</exception>
    public IReadOnlyList<ConsumedCapacity>? Find(string? token, ReadOnlySpan<byte> body)
    {
        while (_expiry.TryPeek(out (string Token, DateTimeOffset Until) oldest) && oldest.Until <= time.GetUtcNow())
        {
            _finished.Remove(_expiry.Dequeue().Token);
        }

        if (token is null || !_finished.TryGetValue(token, out Finished? finished))
        {
            return null;
        }

        return SHA256.HashData(body).AsSpan().SequenceEqual(finished.BodyHash)
            ? finished.Consumed
            : throw new AwsException(
                "IdempotentParameterMismatchException",
                "The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical");
    }

    public void Keep(string? token, ReadOnlySpan<byte> body, IReadOnlyList<ConsumedCapacity> consumed)
    {
        if (token is not null)
        {
            _finished[token] = new Finished(SHA256.HashData(body), consumed);
            _expiry.Enqueue((token, time.GetUtcNow() + Lifetime));
        }
    }

    public void Clear()
    {
        _finished.Clear();
        _expiry.Clear();
    }

    private sealed record Finished(byte[] BodyHash, IReadOnlyList<ConsumedCapacity> Consumed);
}
