using Amazon.SQS;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.Contracts.Queues;
using WhatsAppBuffer.WhatsAppEventHandler.Media;
using WhatsAppBuffer.WhatsAppEventHandler.Queues;

namespace WhatsAppEventHandler.Tests;

/// <summary>Who waits for files, and who goes on.</summary>
public class FilesLaneTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly CustomerFile File = new("media/1/", "1", "phone-number-id-1", "bill.pdf", "application/pdf");

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch);
    private readonly SlowMedia _media = new();

    [Theory]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:prod-files", true)]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:other-prod-files", false)]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:wake-ups", false)]
    [InlineData(null, false)]
    public void The_lane_is_told_by_the_queue(string? queueArn, bool isOwn)
    {
        var queue = new OwnQueue(new AmazonSQSClient(new Amazon.Runtime.AnonymousAWSCredentials(), new AmazonSQSConfig { ServiceURL = "http://sqs.invalid" }), "https://sqs.us-east-1.amazonaws.com/123456789012/prod-files");

        Assert.Equal(isOwn ? FilesLane.Own : FilesLane.Elsewhere, queue.LaneOf(new QueueMessage("1", "{}", QueueArn: queueArn)));
    }

    [Fact]
    public async Task Whoever_is_not_there_for_files_passes_them_on_at_once()
    {
        IncomingFiles files = Files(FilesLane.Elsewhere);

        Assert.Equal(TimeSpan.Zero, (await Assert.ThrowsAsync<ForFilesQueueException>(() => files.FetchAsync(Needed(age: 19)))).Delay);
        Assert.Equal(0, _media.Fetches);
    }

    [Fact]
    public async Task What_has_waited_too_long_already_is_late_and_nothing_waits_for_it()
    {
        IncomingFiles files = Files(FilesLane.Elsewhere);

        await files.FetchAsync(Needed(age: 20));

        Assert.Equal((FileState.Late, 0), (files.StateOf(File), _media.Fetches));
        await Assert.ThrowsAsync<ForFilesQueueException>(() => files.FetchAsync(Needed(age: 20, isLate: true)));
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(15, 5)]
    [InlineData(19, 2)]
    [InlineData(-60, 20)]
    public async Task It_is_waited_for_files_for_as_long_as_is_left(int age, int seconds)
    {
        IncomingFiles files = Files(FilesLane.Own);
        Task waiting = files.FetchAsync(Needed(age));

        _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await waiting;

        Assert.Equal(FileState.Late, files.StateOf(File));
    }

    [Fact]
    public async Task A_late_file_that_is_on_its_way_is_waited_for_on()
    {
        IncomingFiles files = Files(FilesLane.Own);
        Task waiting = files.FetchAsync(Needed(age: 0, isLate: true));
        _clock.Advance(Patience);
        await waiting;

        Task further = files.FetchAsync(Needed(age: 20, isLate: true));

        Assert.False(further.IsCompleted);
        Assert.Equal(1, _media.Fetches);
    }

    [Theory]
    [InlineData(40, 15)]
    [InlineData(400, 100)]
    [InlineData(86_000, 900)]
    public async Task A_late_file_that_does_not_come_is_looked_for_again_less_and_less_often(int age, int delaySeconds)
    {
        _media.Fetch = () => Task.FromException(new MediaException(null, "GetWhatsAppMessageMedia", "InternalServiceException", new TimeoutException()));
        IncomingFiles files = Files(FilesLane.Own);
        Task waiting = files.FetchAsync(Needed(age, isLate: true));
        _clock.Advance(Patience);
        await waiting;
        TimeSpan waited = Patience;

        TimeSpan delay = (await Assert.ThrowsAsync<ForFilesQueueException>(() => files.FetchAsync(Needed(age - (int)waited.TotalSeconds, isLate: true)))).Delay;

        Assert.InRange(delay.TotalSeconds, delaySeconds - 10, delaySeconds);
    }

    private IncomingFiles Files(FilesLane lane) => new(_media, lane, _clock, NullLogger.Instance, TestContext.Current.CancellationToken);

    private FilesNeededException Needed(int age, bool isLate = false) => new([File], Patience, _clock.GetUtcNow().AddSeconds(-age), isLate);

    private sealed class SlowMedia : IMedia
    {
        public int Fetches { get; private set; }

        public Func<Task> Fetch { get; set; } = () => new TaskCompletionSource().Task;

        public Task<StoredFile?> FindAsync(CustomerFile file, CancellationToken cancellationToken) => Task.FromResult<StoredFile?>(null);

        public Task FetchAsync(CustomerFile file, CancellationToken cancellationToken)
        {
            Fetches++;
            return Fetch();
        }

        public Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellationToken) => throw new InvalidOperationException("Nothing is there.");
    }
}
