using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using LocalAws.DynamoDb;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.MessageAggregator;
using WhatsAppBuffer.Tests;

namespace MessageAggregator.Tests;

public sealed class SweepTests(DynamoDbFixture dynamoDb) : IClassFixture<DynamoDbFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 18, 5, 0, TimeSpan.Zero);
    private readonly CapturedLetters _queue = new();
    private readonly CollectedLog<Function> _log = new();
    private readonly string _table = "active-" + Guid.NewGuid().ToString("N");

    private ConversationTable Table => new(dynamoDb.Client, _table, dynamoDb.Time);

    public async ValueTask InitializeAsync() => await dynamoDb.Client.CreateTableAsync(new CreateTableRequest
    {
        TableName = _table,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        KeySchema = [new("conversation", KeyType.HASH), new("item", KeyType.RANGE)],
        AttributeDefinitions = [new("conversation", ScalarAttributeType.S), new("item", ScalarAttributeType.S), new("aggregationId", ScalarAttributeType.S)],
        GlobalSecondaryIndexes =
        [
            new()
            {
                IndexName = ConversationItems.WaitingIndex,
                KeySchema = [new("aggregationId", KeyType.HASH)],
                Projection = new Projection { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = [ConversationItems.WaitingSince] },
            },
        ],
    });

    public ValueTask DisposeAsync()
    {
        _queue.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_waits_too_long_is_woken_again_and_nothing_else()
    {
        await PutAsync("503#young", 1, TimeSpan.FromMinutes(9));
        await PutAsync("503#old", 1, TimeSpan.FromMinutes(10));
        await dynamoDb.Client.PutItemAsync(_table, ConversationTable.Key("503#old", ConversationItems.Chat), TestContext.Current.CancellationToken);

        await SweepAsync();

        WhatsAppBuffer.Contracts.Aggregation woken = Assert.Single(Woken());
        Assert.Equal(("old", "503", "id of 503#old 1", Item(1)), (woken.Customer, woken.PhoneNumberId, woken.Id, woken.OutboxItem));
        Assert.Contains("205 Swept: 2 aggregates wait, the oldest for 600 s; woke 1 again", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_is_woken_once_for_the_last_that_waits()
    {
        for (int number = 1; number <= 5; number++)
        {
            await PutAsync("503#1415", number, TimeSpan.FromMinutes(11));
        }

        await SweepAsync();

        Assert.Equal(Item(5), Assert.Single(Woken()).OutboxItem);
    }

    [Fact]
    public async Task What_carries_no_time_is_woken_every_time()
    {
        await PutAsync("503#1415", 1, age: null);

        await SweepAsync();
        await SweepAsync();

        Assert.Equal(2, Woken().Count());
    }

    [Fact]
    public async Task Many_that_wait_are_read_page_by_page()
    {
        using var client = new SmallPages(dynamoDb.Uri);
        for (int number = 1; number <= 7; number++)
        {
            await PutAsync($"503#{number}", number, TimeSpan.FromMinutes(10));
        }

        await SweepAsync(new ConversationTable(client, _table, dynamoDb.Time));

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], Woken().Select(woken => woken.Customer).Order());
        Assert.True(client.Pages >= 4);
    }

    [Fact]
    public async Task A_wake_up_that_cannot_be_sent_fails_the_sweep()
    {
        _queue.IsDown = true;
        await PutAsync("503#1415", 1, TimeSpan.FromMinutes(10));

        await Assert.ThrowsAsync<AmazonSQSException>(() => SweepAsync());
    }

    [Fact]
    public async Task No_phone_number_is_logged()
    {
        await PutAsync("503#14157470265", 1, TimeSpan.FromMinutes(10));

        await SweepAsync();

        Assert.DoesNotContain("14157470265", _log.Text.Replace("id of 503#14157470265 1", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void An_aggregate_is_woken_when_it_has_waited_too_long_and_each_time_that_its_age_has_doubled()
    {
        int[] minutes = [.. Enumerable.Range(0, 24 * 12).Select(sweep => (sweep * 5) + 3).Where(age => Sweep.IsDue(TimeSpan.FromMinutes(age)))];

        Assert.Equal([13, 23, 43, 83, 163, 323, 643, 1283], minutes);
        Assert.False(Sweep.IsDue(TimeSpan.FromMinutes(-60)));
    }

    private static string Item(int number) => ConversationItems.Outbox($"{number}", 0);

    private Task SweepAsync(ConversationTable? table = null) =>
        new Sweep(table ?? Table, new WakeUpQueue(_queue, "http://queue"), dynamoDb.Time, _log).RunAsync(Now, TimeSpan.FromMinutes(1));

    private IEnumerable<WhatsAppBuffer.Contracts.Aggregation> Woken() => _queue.Letters.Select(letter => JsonSerializer.Deserialize<AggregatedEvent>(letter.MessageBody)!.Aggregation!);

    private Task PutAsync(string conversation, int number, TimeSpan? age) => dynamoDb.Client.PutItemAsync(
        _table, Table.OutboxItem(conversation, Item(number), $"id of {conversation} {number}", "{}", Now - age), TestContext.Current.CancellationToken);

    /// <summary>Amazon's client, which reads two items at a time.</summary>
    private sealed class SmallPages(Uri endpoint) : AmazonDynamoDBClient("any", "any", new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1" })
    {
        public int Pages { get; private set; }

        public override Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken = default)
        {
            Pages++;
            request.Limit = 2;
            return base.ScanAsync(request, cancellationToken);
        }
    }
}
