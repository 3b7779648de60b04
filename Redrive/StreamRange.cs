using Amazon.DynamoDBStreams;
using Amazon.DynamoDBStreams.Model;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Redrive.Letters;

namespace WhatsAppBuffer.Redrive;

/// <summary>Finds the records that a letter only points to, as long as the stream has them: for 24 hours.</summary>
/// <param name="streams">The streams' client.</param>
internal sealed class StreamRange(IAmazonDynamoDBStreams streams)
{
    private const int MostReads = 1_000;

    /// <returns>New messages; null when the stream no longer has all of the records.</returns>
    public async Task<IReadOnlyList<RawRecord>?> ReadAsync(LetterContent.Pointer pointer, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadFromAsync(pointer, cancellationToken);
        }
        catch (Exception gone) when (gone is TrimmedDataAccessException or ResourceNotFoundException or ExpiredIteratorException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<RawRecord>?> ReadFromAsync(LetterContent.Pointer pointer, CancellationToken cancellationToken)
    {
        string? iterator = (await streams.GetShardIteratorAsync(
            new GetShardIteratorRequest
            {
                StreamArn = pointer.StreamArn,
                ShardId = pointer.ShardId,
                ShardIteratorType = ShardIteratorType.AT_SEQUENCE_NUMBER,
                SequenceNumber = pointer.First,
            },
            cancellationToken)).ShardIterator;
        List<RawRecord> inserts = [];
        for (int reads = 0; iterator is not null && reads < MostReads; reads++)
        {
            GetRecordsResponse page = await streams.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator }, cancellationToken);
            foreach (Record record in page.Records ?? [])
            {
                if (Compare(record.Dynamodb.SequenceNumber, pointer.Last) > 0)
                {
                    return inserts;
                }

                if (record.EventName == OperationType.INSERT)
                {
                    inserts.Add(new RawRecord(
                        LetterReader.TableOf(pointer.StreamArn)!,
                        record.Dynamodb.Keys[RawAttributes.From].S,
                        record.Dynamodb.Keys[RawAttributes.Id].S,
                        record.Dynamodb.SequenceNumber,
                        null));
                }

                if (record.Dynamodb.SequenceNumber == pointer.Last)
                {
                    return inserts;
                }
            }

            iterator = page.NextShardIterator;
        }

        return null;
    }

    private static int Compare(string left, string right) => string.CompareOrdinal(left.PadLeft(40, '0'), right.PadLeft(40, '0'));
}
