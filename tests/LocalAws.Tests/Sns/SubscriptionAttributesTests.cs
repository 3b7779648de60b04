using System.Net;
using System.Xml.Linq;
using LocalAws.Tests.Delivery;
using LocalAws.Tests.Endpoint;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Sns;

namespace LocalAws.Tests.Sns;

/// <summary>GetSubscriptionAttributes and SetSubscriptionAttributes, over HTTP.</summary>
public sealed class SubscriptionAttributesTests : IAsyncLifetime
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:q";
    private const string Letters = "arn:aws:sqs:us-east-1:123456789012:letters";
    private static readonly XNamespace Ns = "http://sns.amazonaws.com/doc/2010-03-31/";

    private readonly RecordingTarget _sqs = new("arn:aws:sqs:");
    private readonly SnsEngine _sns;
    private readonly string _topic;
    private readonly string _subscription;
    private TestEndpoint _endpoint = null!;

    public SubscriptionAttributesTests()
    {
        var router = new DeliveryRouter();
        router.Add(_sqs);
        _sns = new SnsEngine(new AwsAccount(), router, new FakeTimeProvider());
        _topic = _sns.CreateTopic("orders");
        _subscription = _sns.Subscribe(_topic, "sqs", Queue);
    }

    public async ValueTask InitializeAsync() => _endpoint = await TestEndpoint.StartAsync(new SnsService(_sns));

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    [Fact]
    public async Task A_plain_subscription_shows_whom_it_belongs_to_and_no_policies() => Assert.Equal(
        new SortedDictionary<string, string>
        {
            ["SubscriptionArn"] = _subscription,
            ["TopicArn"] = _topic,
            ["Protocol"] = "sqs",
            ["Endpoint"] = Queue,
            ["Owner"] = "123456789012",
            ["ConfirmationWasAuthenticated"] = "true",
            ["PendingConfirmation"] = "false",
            ["RawMessageDelivery"] = "false",
        },
        await GetAsync());

    [Fact]
    public async Task What_is_set_is_shown_and_holds_for_the_next_message()
    {
        await SetAsync("FilterPolicy", """{"kind":["order"]}""");
        await SetAsync("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{Letters}}"}""");
        await SetAsync("RawMessageDelivery", "true");

        _sns.Publish(_topic, Message("offer"));
        _sns.Publish(_topic, Message("order"));

        Assert.Equal([(Queue, "an order")], _sqs.Received.Select(r => (r.Arn, r.Message.Body)));
        SortedDictionary<string, string> shown = await GetAsync();
        Assert.Equal(
            ("""{"kind":["order"]}""", "MessageAttributes", $$"""{"deadLetterTargetArn":"{{Letters}}"}""", "true"),
            (shown["FilterPolicy"], shown["FilterPolicyScope"], shown["RedrivePolicy"], shown["RawMessageDelivery"]));
    }

    [Fact]
    public async Task A_policy_on_the_body_looks_into_it()
    {
        await SetAsync("FilterPolicyScope", "MessageBody");
        await SetAsync("FilterPolicy", """{"order":{"kind":["hat"],"price":[{"numeric":["<",10]}]}}""");

        foreach (string body in new[] { """{"order":{"kind":"hat","price":9}}""", """{"order":{"kind":"hat","price":10}}""", """{"order":{"kind":"coat","price":9}}""", "a hat" })
        {
            _sns.Publish(_topic, new DeliveryMessage(body));
        }

        Assert.Contains("""{\"order\":{\"kind\":\"hat\",\"price\":9}}""", Assert.Single(_sqs.Bodies), StringComparison.Ordinal);
        Assert.Equal("MessageBody", (await GetAsync())["FilterPolicyScope"]);
    }

    [Theory]
    [InlineData("FilterPolicy", """{"kind":["order"]}""", "{}")]
    [InlineData("FilterPolicy", """{"kind":["order"]}""", "")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:letters"}""", "")]
    public async Task An_empty_policy_is_none(string name, string policy, string empty)
    {
        await SetAsync(name, policy);

        await SetAsync(name, empty);

        Assert.False((await GetAsync()).ContainsKey(name));
    }

    [Theory]
    [InlineData("FilterPolicy", "{", "InvalidParameter", "FilterPolicy")]
    [InlineData("FilterPolicyScope", "MessageSubject", "InvalidParameter", "MessageSubject")]
    [InlineData("FilterPolicy", """{"order":{"kind":["a"]}}""", "InvalidParameter", "does not support nested filter policy")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:lambda:x"}""", "InvalidParameter", "RedrivePolicy")]
    [InlineData("RawMessageDelivery", "yes", "InvalidParameter", "RawMessageDelivery")]
    [InlineData("DeliveryPolicy", "{}", "InvalidParameter", "DeliveryPolicy")]
    public async Task A_bad_setting_is_refused_by_name_and_changes_nothing(string name, string value, string code, string named)
    {
        SortedDictionary<string, string> before = await GetAsync();

        string error = await SetAsync(name, value, HttpStatusCode.BadRequest);

        Assert.Contains($"<Code>{code}</Code>", error, StringComparison.Ordinal);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Equal(before, await GetAsync());
    }

    [Theory]
    [InlineData("arn:aws:sns:us-east-1:123456789012:orders:none", HttpStatusCode.NotFound, "NotFound")]
    [InlineData("orders", HttpStatusCode.BadRequest, "InvalidParameter")]
    public async Task A_subscription_must_exist(string arn, HttpStatusCode status, string code)
    {
        using HttpResponseMessage response = await PostAsync($"Action=GetSubscriptionAttributes&Version=2010-03-31&SubscriptionArn={arn}");

        Assert.Equal(status, response.StatusCode);
        Assert.Contains($"<Code>{code}</Code>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static DeliveryMessage Message(string kind) =>
        new($"an {kind}") { Attributes = new Dictionary<string, DeliveryAttribute> { ["kind"] = new("String", kind) } };

    private async Task<SortedDictionary<string, string>> GetAsync()
    {
        using HttpResponseMessage response = await PostAsync($"Action=GetSubscriptionAttributes&Version=2010-03-31&SubscriptionArn={_subscription}");
        return new(XElement.Parse(await response.Content.ReadAsStringAsync()).Descendants(Ns + "entry")
            .ToDictionary(entry => entry.Element(Ns + "key")!.Value, entry => entry.Element(Ns + "value")!.Value));
    }

    private async Task<string> SetAsync(string name, string value, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using HttpResponseMessage response = await PostAsync(
            $"Action=SetSubscriptionAttributes&Version=2010-03-31&SubscriptionArn={_subscription}&AttributeName={name}&AttributeValue={Uri.EscapeDataString(value)}");
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private Task<HttpResponseMessage> PostAsync(string form) =>
        _endpoint.Http.PostAsync("/", new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"));
}
