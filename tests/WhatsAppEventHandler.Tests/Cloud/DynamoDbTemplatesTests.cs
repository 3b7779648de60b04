using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;

namespace WhatsAppEventHandler.Tests.Cloud;

[Collection(nameof(CloudFixture))]
public class DynamoDbTemplatesTests(CloudFixture cloud)
{
    private readonly string _customer = $"569{Guid.NewGuid():N}";

    private DynamoDbTemplates Templates => new(new ConversationTable(cloud.DynamoDb, CloudFixture.Table, cloud.Time));

    [Fact]
    public async Task The_newest_of_all_that_somebody_was_sent_under_any_id_is_found()
    {
        await PutAsync(_customer, "old", 1);
        await PutAsync($"DE.{_customer}", "new", 2);

        SentTemplate? found = await Templates.FindAsync("phone-number-id-1", [_customer, $"DE.{_customer}", "nobody"], TestContext.Current.CancellationToken);

        Assert.Equal(("new", "spring"), (found?.Name, found?.Reference));
    }

    [Fact]
    public async Task What_is_over_is_not_found_though_it_is_still_there()
    {
        await PutAsync(_customer, "old", 1, lifetime: TimeSpan.FromSeconds(-1));

        Assert.Null(await Templates.FindAsync("phone-number-id-1", [_customer], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_answer_answers_all_that_was_sent_before_it()
    {
        await PutAsync(_customer, "first", 1);
        await PutAsync(_customer, "second", 2);

        SentTemplate second = (await Templates.FindAsync("phone-number-id-1", [_customer], TestContext.Current.CancellationToken))!;
        await Templates.ForgetAsync(second, TestContext.Current.CancellationToken);

        Assert.Equal("second", second.Name);
        Assert.Null(await Templates.FindAsync("phone-number-id-1", [_customer], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_business_number_is_another_matter()
    {
        await PutAsync(_customer, "theirs", 1);

        Assert.Null(await Templates.FindAsync("phone-number-id-2", [_customer], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_sent_meanwhile_is_not_forgotten()
    {
        await PutAsync(_customer, "first", 1);
        SentTemplate first = (await Templates.FindAsync("phone-number-id-1", [_customer], TestContext.Current.CancellationToken))!;
        await PutAsync(_customer, "second", 2);

        await Templates.ForgetAsync(first, TestContext.Current.CancellationToken);
        SentTemplate second = (await Templates.FindAsync("phone-number-id-1", [_customer], TestContext.Current.CancellationToken))!;
        await Templates.ForgetAsync(second, TestContext.Current.CancellationToken);

        Assert.Equal("second", second.Name);
        Assert.Null(await Templates.FindAsync("phone-number-id-1", [_customer], TestContext.Current.CancellationToken));
    }

    private Task PutAsync(string recipient, string template, long at, TimeSpan? lifetime = null)
    {
        Dictionary<string, AttributeValue> row = ConversationTable.Key(ConversationItems.OfTemplateTo("phone-number-id-1", recipient), ConversationItems.SentTemplate(ConversationItems.NewAttempt(DateTimeOffset.FromUnixTimeSeconds(at))));
        row[ConversationItems.TemplateName] = new AttributeValue(template);
        row[ConversationItems.TemplateReference] = new AttributeValue("spring");
        row[ConversationItems.ExpiresAt] = ConversationTable.Number((cloud.Time.GetUtcNow() + (lifetime ?? TimeSpan.FromDays(7))).ToUnixTimeSeconds());
        return cloud.DynamoDb.PutItemAsync(CloudFixture.Table, row, TestContext.Current.CancellationToken);
    }
}
