using System.Globalization;
using System.Text;

namespace LocalAws.DynamoDb.Streams;

/// <summary>What an opaque shard iterator says: the next sequence number to read, and when the iterator was handed out.</summary>
internal sealed record ShardIterator(string StreamArn, string ShardId, ulong Position, DateTimeOffset IssuedAt)
{
    /// <summary>How long an iterator is good for (Streams API reference).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public override string ToString() =>
        $"{StreamArn}|1|{Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ShardId}|{Position}|{IssuedAt.UtcTicks}"))}";

    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: no iterator of this service.</exception>
    public static ShardIterator Parse(string text)
    {
        string[] outer = text.Split('|');
        byte[] buffer = new byte[text.Length];
        if (outer.Length == 3 && Convert.TryFromBase64String(outer[2], buffer, out int length))
        {
            string[] inner = Encoding.ASCII.GetString(buffer, 0, length).Split('|');
            if (inner.Length == 3
                && ulong.TryParse(inner[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong position)
                && long.TryParse(inner[2], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
                && ticks <= DateTimeOffset.MaxValue.Ticks)
            {
                return new ShardIterator(outer[0], inner[0], position, new DateTimeOffset(ticks, TimeSpan.Zero));
            }
        }

        throw DynamoDbError.Validation("Invalid ShardIterator");
    }
}
