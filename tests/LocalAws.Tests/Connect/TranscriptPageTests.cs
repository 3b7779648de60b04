using FsCheck.Xunit;
using LocalAws.Connect;
using LocalAws.ConnectParticipant;
using LocalAws.Endpoint;

namespace LocalAws.Tests.Connect;

public class TranscriptPageTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 18, 0, 0, TimeSpan.Zero);
    private static readonly TranscriptItem[] Items = Transcript(25);

    [Fact]
    public void Unasked_the_latest_ten_come_newest_first() => Assert.Equal(Ids(15, 24).Reverse(), Read(new TranscriptQuery()));

    [Fact]
    public void The_page_can_be_turned_round() => Assert.Equal(Ids(15, 24), Read(new TranscriptQuery(SortOrder: "ASCENDING")));

    [Fact]
    public void Forward_begins_at_the_beginning() => Assert.Equal(Ids(0, 2), Read(new TranscriptQuery(3, "FORWARD", "ASCENDING")));

    [Fact]
    public void A_start_position_reads_forward()
    {
        Assert.Equal(Ids(7, 9), Read(new TranscriptQuery(3, SortOrder: "ASCENDING") { StartId = "7" }));
        Assert.Equal(Ids(8, 10), Read(new TranscriptQuery(3, SortOrder: "ASCENDING") { StartTime = Start.AddSeconds(7.5) }));
        Assert.Equal(Ids(21, 24), Read(new TranscriptQuery(SortOrder: "ASCENDING") { MostRecent = 4 }));
    }

    [Fact]
    public void A_start_position_can_be_read_backward_from()
    {
        Assert.Equal(Ids(5, 7), Read(new TranscriptQuery(3, "BACKWARD", "ASCENDING") { StartId = "7" }));
        Assert.Equal(Ids(5, 7), Read(new TranscriptQuery(3, "BACKWARD", "ASCENDING") { StartTime = Start.AddSeconds(7.5) }));
    }

    [Fact]
    public void An_empty_transcript_is_an_empty_page()
    {
        foreach (string direction in new[] { "FORWARD", "BACKWARD" })
        {
            TranscriptPage page = TranscriptPage.Of("c", [], new TranscriptQuery(ScanDirection: direction));
            Assert.Empty(page.Items);
            Assert.Null(page.NextToken);
        }
    }

    [Fact]
    public void A_question_that_makes_no_sense_is_refused()
    {
        foreach (TranscriptQuery query in new[]
        {
            new TranscriptQuery(ScanDirection: "UP"),
            new TranscriptQuery(SortOrder: "RANDOM"),
            new TranscriptQuery(NextToken: "x"),
            new TranscriptQuery(NextToken: "25"),
            new TranscriptQuery { StartId = "none" },
        })
        {
            Assert.Equal("ValidationException", Assert.Throws<AwsException>(() => Read(query)).Code);
        }
    }

    [Property]
    public bool Page_by_page_every_item_comes_once(byte count, byte size, bool isForward)
    {
        TranscriptItem[] items = Transcript(count);
        var query = new TranscriptQuery(size % 100 + 1, isForward ? "FORWARD" : "BACKWARD", isForward ? "ASCENDING" : "DESCENDING");
        List<TranscriptItem> read = [];
        for (int pages = 0; pages <= count; pages++)
        {
            TranscriptPage page = TranscriptPage.Of("c", items, query);
            read.AddRange(page.Items);
            if (page.NextToken is null)
            {
                break;
            }

            query = query with { NextToken = page.NextToken };
        }

        return read.SequenceEqual(isForward ? items : items.Reverse());
    }

    private static TranscriptItem[] Transcript(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new TranscriptItem($"{i}", "c", Start.AddSeconds(i), "MESSAGE", "text/plain", "m", null))];

    private static IEnumerable<string> Ids(int first, int last) => Enumerable.Range(first, last - first + 1).Select(i => $"{i}");

    private static IEnumerable<string> Read(TranscriptQuery query) => TranscriptPage.Of("c", Items, query).Items.Select(i => i.Id);
}
