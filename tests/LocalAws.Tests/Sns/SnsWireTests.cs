using System.Net;
using System.Xml.Linq;
using LocalAws.Tests.Delivery;
using LocalAws.Tests.Endpoint;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Sns;

namespace LocalAws.Tests.Sns;

/// <summary>The query protocol byte by byte, as any client writes and reads it.</summary>
public sealed class SnsWireTests : IAsyncLifetime
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:q";
    private static readonly XNamespace Ns = "http://sns.amazonaws.com/doc/2010-03-31/";

    private readonly RecordingTarget _sqs = new("arn:aws:sqs:");
    private TestEndpoint _endpoint = null!;

    public async ValueTask InitializeAsync()
    {
        var router = new DeliveryRouter();
        router.Add(_sqs);
        _endpoint = await TestEndpoint.StartAsync(new SnsService(new SnsEngine(new AwsAccount(), router, new FakeTimeProvider())));
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    [Fact]
    public async Task A_message_goes_from_form_to_queue()
    {
        string topic = await CreateTopicAsync();
        await SendAsync($"Action=Subscribe&Version=2010-03-31&TopicArn={topic}&Protocol=sqs&Endpoint={Queue}"
            + "&Attributes.entry.1.key=RawMessageDelivery&Attributes.entry.1.value=true&ReturnSubscriptionArn=true");

        XElement response = await SendAsync($"Action=Publish&Version=2010-03-31&TopicArn={topic}&Message=h%C3%A9llo+%F0%9F%91%80%26&Subject=Hi"
            + "&MessageAttributes.entry.1.Name=kind&MessageAttributes.entry.1.Value.DataType=String&MessageAttributes.entry.1.Value.StringValue=x"
            + "&MessageAttributes.entry.2.Name=raw&MessageAttributes.entry.2.Value.DataType=Binary&MessageAttributes.entry.2.Value.BinaryValue=AQID");

        DeliveryMessage message = Assert.Single(_sqs.Received).Message;
        Assert.Equal("PublishResponse", response.Name.LocalName);
        Assert.True(Guid.TryParse(response.Element(Ns + "PublishResult")!.Element(Ns + "MessageId")!.Value, out _));
        Assert.NotNull(response.Element(Ns + "ResponseMetadata")!.Element(Ns + "RequestId"));
        Assert.Equal("héllo 👀&", message.Body);
        Assert.Equal(new DeliveryAttribute("String", "x"), message.Attributes["kind"]);
        Assert.Equal(new DeliveryAttribute("Binary", "AQID"), message.Attributes["raw"]);
    }

    [Fact]
    public async Task A_batch_succeeds_and_fails_entry_by_entry()
    {
        string topic = await CreateTopicAsync();

        XElement result = (await SendAsync($"Action=PublishBatch&Version=2010-03-31&TopicArn={topic}"
            + "&PublishBatchRequestEntries.member.1.Id=good&PublishBatchRequestEntries.member.1.Message=m"
            + "&PublishBatchRequestEntries.member.2.Id=bad&PublishBatchRequestEntries.member.2.Message=")).Element(Ns + "PublishBatchResult")!;

        Assert.Equal("good", Assert.Single(result.Element(Ns + "Successful")!.Elements(Ns + "member")).Element(Ns + "Id")!.Value);
        XElement failed = Assert.Single(result.Element(Ns + "Failed")!.Elements(Ns + "member"));
        Assert.Equal(("bad", "InvalidParameter", "true"), (failed.Element(Ns + "Id")!.Value, failed.Element(Ns + "Code")!.Value, failed.Element(Ns + "SenderFault")!.Value));
    }

    [Theory]
    [InlineData("", "EmptyBatchRequest")]
    [InlineData("a:1 b:2 c:3 d:4 e:5 f:6 g:7 h:8 i:9 j:10 k:11", "TooManyEntriesInBatchRequest")]
    [InlineData("a:1 a:2", "BatchEntryIdsNotDistinct")]
    [InlineData("a.b:1", "InvalidBatchEntryId")]
    public async Task A_batch_against_the_rules_is_refused_as_a_whole(string entries, string code)
    {
        string topic = await CreateTopicAsync();
        string form = string.Concat(entries.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((entry, i) =>
            $"&PublishBatchRequestEntries.member.{i + 1}.Id={entry.Split(':')[0]}&PublishBatchRequestEntries.member.{i + 1}.Message={entry.Split(':')[1]}"));

        await RefusedAsync(code, $"Action=PublishBatch&Version=2010-03-31&TopicArn={topic}{form}");
    }

    [Fact]
    public async Task A_batch_shares_the_size_limit_of_one_message()
    {
        string topic = await CreateTopicAsync();
        string half = new('x', 131_073);

        await RefusedAsync("BatchRequestTooLong", $"Action=PublishBatch&Version=2010-03-31&TopicArn={topic}"
            + $"&PublishBatchRequestEntries.member.1.Id=a&PublishBatchRequestEntries.member.1.Message={half}"
            + $"&PublishBatchRequestEntries.member.2.Id=b&PublishBatchRequestEntries.member.2.Message={half}");
    }

    [Fact]
    public async Task Topics_are_listed_a_hundred_at_a_time()
    {
        for (int i = 0; i < 101; i++)
        {
            await SendAsync($"Action=CreateTopic&Version=2010-03-31&Name=t{i:000}");
        }

        XElement first = (await SendAsync("Action=ListTopics&Version=2010-03-31")).Element(Ns + "ListTopicsResult")!;
        XElement second = (await SendAsync($"Action=ListTopics&Version=2010-03-31&NextToken={first.Element(Ns + "NextToken")!.Value}")).Element(Ns + "ListTopicsResult")!;

        Assert.Equal(100, first.Element(Ns + "Topics")!.Elements().Count());
        Assert.EndsWith(":t100", Assert.Single(second.Element(Ns + "Topics")!.Elements()).Value, StringComparison.Ordinal);
        Assert.Null(second.Element(Ns + "NextToken"));
        await RefusedAsync("InvalidParameter", "Action=ListTopics&Version=2010-03-31&NextToken=x");
    }

    [Theory]
    [InlineData("Action=Publish&Version=2010-03-31&TopicArn=arn:aws:sns:us-east-1:123456789012:none&Message=m", 404, "NotFound")]
    [InlineData("Action=Publish&Version=2010-03-31&Message=m", 400, "InvalidParameter")]
    [InlineData("Action=Publish&Version=2010-03-31&PhoneNumber=%2B1&Message=m", 400, "InvalidParameter")]
    [InlineData("Action=CreateTopic&Version=2010-03-31", 400, "ValidationError")]
    [InlineData("Action=CreateTopic&Version=2010-03-31&Name=t&DataProtectionPolicy=x", 400, "InvalidParameter")]
    [InlineData("Action=ListPhoneNumbersOptedOut&Version=2010-03-31", 400, "InvalidAction")]
    public async Task Errors_carry_code_type_and_status(string form, int status, string code)
    {
        (HttpStatusCode actual, XElement error) = await PostAsync(form);

        Assert.Equal(status, (int)actual);
        Assert.Equal("ErrorResponse", error.Name.LocalName);
        Assert.Equal((code, "Sender"), (error.Element(Ns + "Error")!.Element(Ns + "Code")!.Value, error.Element(Ns + "Error")!.Element(Ns + "Type")!.Value));
    }

    [Fact]
    public async Task A_binary_attribute_that_is_not_base64_is_refused() => await RefusedAsync(
        "ParameterValueInvalid",
        $"Action=Publish&Version=2010-03-31&TopicArn={await CreateTopicAsync()}&Message=m"
        + "&MessageAttributes.entry.1.Name=a&MessageAttributes.entry.1.Value.DataType=Binary&MessageAttributes.entry.1.Value.BinaryValue=~");

    [Fact]
    public async Task A_form_for_another_service_is_left_to_it()
    {
        (HttpStatusCode status, XElement error) = await PostAsync("Action=GetCallerIdentity&Version=2011-06-15");

        Assert.Equal((HttpStatusCode.BadRequest, "UnknownOperationException"), (status, error.Element("Error")!.Element("Code")!.Value));
        Assert.Contains("GetCallerIdentity", error.Element("Error")!.Element("Message")!.Value, StringComparison.Ordinal);
    }

    private async Task<string> CreateTopicAsync() =>
        (await SendAsync("Action=CreateTopic&Version=2010-03-31&Name=t")).Element(Ns + "CreateTopicResult")!.Element(Ns + "TopicArn")!.Value;

    private async Task<XElement> SendAsync(string form)
    {
        (HttpStatusCode status, XElement xml) = await PostAsync(form);
        Assert.True(status == HttpStatusCode.OK, xml.ToString());
        return xml;
    }

    private async Task RefusedAsync(string code, string form) => Assert.Equal(code, (await PostAsync(form)).Xml.Element(Ns + "Error")?.Element(Ns + "Code")?.Value);

    private async Task<(HttpStatusCode Status, XElement Xml)> PostAsync(string form)
    {
        using var content = new StringContent(form, null, "application/x-www-form-urlencoded");
        using HttpResponseMessage response = await _endpoint.Http.PostAsync("/", content);
        return (response.StatusCode, XElement.Parse(await response.Content.ReadAsStringAsync()));
    }
}
