using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS.Model;
using WhatsAppBuffer.Redrive.Letters;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Redrive;

/// <summary>
/// Puts dead letters back where they came from. A letter is deleted only after that; a run that is interrupted or done twice does no harm, for what
/// is put back is recognised by whoever gets it.
/// </summary>
/// <param name="clients">AWS, or what plays it.</param>
/// <param name="dryRun">Reads and counts, and changes nothing.</param>
public sealed class Redriver(RedriveClients clients, bool dryRun = false)
{
    private const int Workers = 16;
    private const int MostOfOneCall = 10;
    private static readonly Dictionary<string, string> NoAttributes = [];

    /// <summary>Longer than a run takes, so that no letter is read twice in it.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(30);

    private readonly RawRows _rows = new(clients.DynamoDb);
    private readonly StreamRange _stream = new(clients.Streams);

    /// <summary>Puts the letters of queues back.</summary>
    /// <param name="queues">The queues.</param>
    /// <param name="most">How many letters at the most.</param>
    /// <param name="cancellationToken">Ends the run; letters it has not put back stay.</param>
    /// <exception cref="AmazonServiceException">A queue cannot be read.</exception>
    public async Task<RedriveReport> RunAsync(IEnumerable<RedriveQueue> queues, int most = int.MaxValue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queues);
        var report = new RedriveReport();
        foreach (RedriveQueue queue in queues)
        {
            most -= await RunAsync(queue, most, report, cancellationToken);
        }

        return report;
    }

    private async Task<int> RunAsync(RedriveQueue queue, int most, RedriveReport report, CancellationToken cancellationToken)
    {
        string url = await UrlAsync(queue.Name, cancellationToken)
            ?? throw new QueueDoesNotExistException($"There is no queue {queue.Name} in this account and region.");
        IEventTarget? target = await TargetAsync(queue, cancellationToken);
        // What comes in meanwhile, such as what was just put back and failed again, is for the next run.
        (int count, string[] arn) = await DescribeAsync(url, cancellationToken);
        int limit = Math.Min(most, count);
        int left = limit;
        ConcurrentQueue<string> kept = [];
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync()));
        }
        finally
        {
            await ShowAsync(url, kept);
        }

        int done = limit - Math.Max(0, left);
        return queue.Function == FunctionSpecs.MessageAggregator ? done + await RunBucketAsync(queue, arn, most - done, report, cancellationToken) : done;

        async Task WorkAsync()
        {
            while (Take() is > 0 and var wanted)
            {
                List<Message> letters = await ReceiveAsync(url, wanted, cancellationToken);
                Interlocked.Add(ref left, wanted - letters.Count);
                if (letters.Count == 0)
                {
                    return;
                }

                bool[] done = await Task.WhenAll(letters.Select(letter => TryPutBackAsync(queue, target, letter, report, cancellationToken)));
                await DeleteAsync(url, [.. letters.Where((_, i) => done[i])], kept, CancellationToken.None);
                foreach (Message letter in letters.Where((_, i) => !done[i]))
                {
                    kept.Enqueue(letter.ReceiptHandle);
                }
            }
        }

        int Take()
        {
            int after = Interlocked.Add(ref left, -MostOfOneCall);
            int wanted = Math.Clamp(after + MostOfOneCall, 0, MostOfOneCall);
            Interlocked.Add(ref left, MostOfOneCall - wanted);
            return wanted;
        }
    }

    private Task<bool> TryPutBackAsync(RedriveQueue queue, IEventTarget? target, Message letter, RedriveReport report, CancellationToken cancellationToken)
    {
        var attributes = (letter.MessageAttributes ?? []).Where(attribute => attribute.Value.StringValue is not null).ToDictionary(attribute => attribute.Key, attribute => attribute.Value.StringValue);
        return TryPutBackAsync(queue, target, letter.MessageId, () => Task.FromResult(LetterReader.Read(queue.Function, letter.Body, attributes)), report, cancellationToken);
    }

    /// <returns>Whether the letter may be deleted.</returns>
    private async Task<bool> TryPutBackAsync(
        RedriveQueue queue, IEventTarget? target, string letter, Func<Task<LetterContent>> read, RedriveReport report, CancellationToken cancellationToken)
    {
        try
        {
            LetterContent content = await read();
            if (await PutBackAsync(content, target, cancellationToken) is { } why)
            {
                report.Skip(queue.Name, letter, why);
                return false;
            }

            report.CountPutBack(queue.Name, content.Kind);
            return !dryRun;
        }
        catch (Exception failure) when (failure is AmazonServiceException or AmazonClientException or HttpRequestException or JsonException)
        {
            report.Skip(queue.Name, letter, $"{(failure as AmazonServiceException)?.ErrorCode ?? failure.GetType().Name}: {failure.Message}");
            return false;
        }
    }

    /// <returns>Null when it was put back; else why not.</returns>
    private async Task<string?> PutBackAsync(LetterContent content, IEventTarget? target, CancellationToken cancellationToken)
    {
        switch (content)
        {
            case LetterContent.Events events when target is not null:
                await (dryRun ? Task.CompletedTask : target.SendAsync(events.Texts, cancellationToken));
                return null;
            case LetterContent.Records records:
                return await PutBackAsync(records.Inserts, mayBeHandedOver: records.Kind == LetterKind.Batch, cancellationToken);
            case LetterContent.Pointer pointer:
                return await _stream.ReadAsync(pointer, cancellationToken) is { } inserts
                    ? await PutBackAsync(inserts, mayBeHandedOver: true, cancellationToken)
                    : $"The stream no longer has its records ({pointer.ShardId}, {pointer.First} to {pointer.Last}). Their messages are in the raw table, stored around the time that the letter names.";
            case LetterContent.Nothing nothing:
                return nothing.Why;
            default:
                return "It holds an event, and its function is not invoked with events.";
        }
    }

    private async Task<string?> PutBackAsync(IEnumerable<RawRecord> records, bool mayBeHandedOver, CancellationToken cancellationToken)
    {
        string? why = null;
        foreach (RawRecord record in records)
        {
            why ??= dryRun ? null : await _rows.PutBackAsync(record, mayBeHandedOver, cancellationToken);
        }

        return why;
    }

    private async Task<IEventTarget?> TargetAsync(RedriveQueue queue, CancellationToken cancellationToken)
    {
        if (queue.Function == FunctionSpecs.MessageAggregator)
        {
            return null;
        }

        return queue.Function.Queue is { } waiting && await UrlAsync(queue.Prefix + waiting.Name, cancellationToken) is { } url
            ? new QueueTarget(clients.Sqs, url)
            : new FunctionTarget(clients.Lambda, queue.FunctionName, takesNotifications: queue.Function != FunctionSpecs.WhatsAppEventHandler);
    }

    private async Task<string?> UrlAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await clients.Sqs.GetQueueUrlAsync(name, cancellationToken)).QueueUrl;
        }
        catch (QueueDoesNotExistException)
        {
            return null;
        }
    }

    /// <summary>Batches that lie in the bucket, put back side by side.</summary>
    private async Task<int> RunBucketAsync(RedriveQueue queue, string[] arn, int most, RedriveReport report, CancellationToken cancellationToken)
    {
        if (most <= 0 || arn is not [_, _, _, var region, var account, ..])
        {
            return 0;
        }

        var batches = new GivenUpBatches(clients.S3, queue.BucketOf(account, region));
        IReadOnlyList<string> keys = await batches.ListAsync(most, cancellationToken);
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = cancellationToken }, async (key, _) =>
        {
            if (await TryPutBackAsync(queue, null, key, async () => LetterReader.Read(queue.Function, await batches.ReadAsync(key, cancellationToken), NoAttributes), report, cancellationToken))
            {
                await batches.DeleteAsync(key);
            }
        });
        return keys.Count;
    }

    private async Task<(int Count, string[] Arn)> DescribeAsync(string url, CancellationToken cancellationToken)
    {
        const string Visible = "ApproximateNumberOfMessages";
        const string Arn = "QueueArn";
        GetQueueAttributesResponse described = await clients.Sqs.GetQueueAttributesAsync(url, [Visible, Arn], cancellationToken);
        return (int.Parse(described.Attributes[Visible], CultureInfo.InvariantCulture), described.Attributes[Arn].Split(':'));
    }

    private async Task<List<Message>> ReceiveAsync(string url, int most, CancellationToken cancellationToken)
    {
        var request = new ReceiveMessageRequest
        {
            QueueUrl = url,
            MaxNumberOfMessages = most,
            VisibilityTimeout = (int)Hidden.TotalSeconds,
            MessageAttributeNames = ["All"],
            WaitTimeSeconds = 1,
        };
        return (await clients.Sqs.ReceiveMessageAsync(request, cancellationToken)).Messages ?? [];
    }

    private async Task DeleteAsync(string url, IReadOnlyList<Message> letters, ConcurrentQueue<string> kept, CancellationToken cancellationToken)
    {
        if (letters.Count == 0)
        {
            return;
        }

        DeleteMessageBatchResponse answer = await clients.Sqs.DeleteMessageBatchAsync(
            url, [.. letters.Select((letter, i) => new DeleteMessageBatchRequestEntry($"{i}", letter.ReceiptHandle))], cancellationToken);
        foreach (BatchResultErrorEntry failed in answer.Failed ?? [])
        {
            kept.Enqueue(letters[int.Parse(failed.Id, CultureInfo.InvariantCulture)].ReceiptHandle);
        }
    }

    /// <summary>Letters that stay are seen again at once, by the next run and by the alarm.</summary>
    private async Task ShowAsync(string url, IEnumerable<string> handles)
    {
        foreach (string[] some in handles.Chunk(Workers))
        {
            await Task.WhenAll(some.Select(handle => clients.Sqs.ChangeMessageVisibilityAsync(url, handle, 0)));
        }
    }
}
