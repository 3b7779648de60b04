using System.Net;
using System.Text;
using LocalAws.Tests.Endpoint;
using LocalAws.Connect;
using static LocalAws.Tests.Connect.ConnectFixture;

namespace LocalAws.Tests.Connect;

/// <summary>Reading and changing the attributes of a chat, over HTTP as SDKs and the AWS CLI do.</summary>
public sealed class ContactAttributesTests : IAsyncLifetime
{
    private readonly ConnectFixture _fixture = new();
    private TestEndpoint _endpoint = null!;

    public async ValueTask InitializeAsync() => _endpoint = await TestEndpoint.StartAsync(new ConnectService(_fixture.Connect));

    public ValueTask DisposeAsync()
    {
        _fixture.Dispose();
        return _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Attributes_are_added_and_replaced_and_the_others_stay_even_after_the_end()
    {
        StartedChat chat = Start();

        Assert.Equal("""{"Attributes":{"channel":"Whatsapp","mood":"good"}}""", await GetAsync(chat.ContactId));
        using HttpResponseMessage updated = await UpdateAsync(chat.ContactId, """{"mood":"bad","topic":"order"}""");
        Assert.Equal(HttpStatusCode.OK, updated.StatusCode);
        _fixture.Connect.StopContact(Instance, chat.ContactId);
        using HttpResponseMessage afterwards = await UpdateAsync(chat.ContactId, """{"topic":"solved"}""");
        Assert.Equal(HttpStatusCode.OK, afterwards.StatusCode);

        Assert.Equal("""{"Attributes":{"channel":"Whatsapp","mood":"bad","topic":"solved"}}""", await GetAsync(chat.ContactId));
        Assert.Equal("solved", Assert.Single(_fixture.Agents.Contacts).Attributes["topic"]);
    }

    [Fact]
    public async Task Attributes_share_32768_bytes_and_a_refused_change_changes_nothing()
    {
        StartedChat chat = Start();
        string before = await GetAsync(chat.ContactId);

        using HttpResponseMessage large = await UpdateAsync(chat.ContactId, $$"""{"topic":"{{new string('x', 32_760)}}"}""");
        using HttpResponseMessage key = await UpdateAsync(chat.ContactId, """{"the topic":"order"}""");

        Assert.Equal((HttpStatusCode.BadRequest, "InvalidParameterException"), (large.StatusCode, Assert.Single(large.Headers.GetValues("x-amzn-ErrorType"))));
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidParameterException"), (key.StatusCode, Assert.Single(key.Headers.GetValues("x-amzn-ErrorType"))));
        Assert.Equal(before, await GetAsync(chat.ContactId));
    }

    [Fact]
    public async Task A_chat_that_is_not_there_and_a_missing_member_are_named()
    {
        using HttpResponseMessage unknown = await _endpoint.Http.GetAsync($"/contact/attributes/{Instance}/nobody");
        using HttpResponseMessage incomplete = await UpdateAsync(Start().ContactId, "null");

        Assert.Equal((HttpStatusCode.NotFound, "ResourceNotFoundException"), (unknown.StatusCode, Assert.Single(unknown.Headers.GetValues("x-amzn-ErrorType"))));
        Assert.Contains("Attributes is missing", await incomplete.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private StartedChat Start() => _fixture.Connect.StartChatContact(
        Request() with { Attributes = new Dictionary<string, string> { ["channel"] = "Whatsapp", ["mood"] = "good" } });

    private Task<string> GetAsync(string contactId) => _endpoint.Http.GetStringAsync($"/contact/attributes/{Instance}/{contactId}");

    private Task<HttpResponseMessage> UpdateAsync(string contactId, string attributes) => _endpoint.Http.PostAsync(
        "/contact/attributes",
        new StringContent($$"""{"InstanceId":"{{Instance}}","InitialContactId":"{{contactId}}","Attributes":{{attributes}}}""", Encoding.UTF8, "application/json"));
}
