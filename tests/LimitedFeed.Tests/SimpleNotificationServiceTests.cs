using System.Net;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace WhatsAppBuffer.LimitedFeed.Tests;

public sealed class SimpleNotificationServiceTests
{
    [Fact]
    public async Task A_message_is_published_as_a_form_with_numbered_attributes()
    {
        await using Loopback server = await Loopback.StartAsync(Result("Publish", "<MessageId>m</MessageId>"));
        using AmazonSimpleNotificationServiceClient sns = Client(server);

        PublishResponse response = await sns.PublishAsync(new PublishRequest("arn:aws:sns:us-east-1:1:whatsapp_in", "a & b = ñ")
        {
            MessageAttributes = new()
            {
                ["kind"] = new MessageAttributeValue { DataType = "String", StringValue = "text" },
                ["raw"] = new MessageAttributeValue { DataType = "Binary", BinaryValue = new MemoryStream([1, 2]) },
            },
        });

        Assert.Equal("m", response.MessageId);
        Assert.Equal("request-1", response.ResponseMetadata.RequestId);
        Assert.Equal(("POST", "/"), (server.Request.Method, server.Request.Target));
        Assert.StartsWith("application/x-www-form-urlencoded", server.Request.Header("Content-Type"), StringComparison.Ordinal);
        AssertForm(
            server.Request,
            ("Action", "Publish"),
            ("Version", "2010-03-31"),
            ("TopicArn", "arn:aws:sns:us-east-1:1:whatsapp_in"),
            ("Message", "a & b = ñ"),
            ("MessageAttributes.entry.1.Name", "kind"),
            ("MessageAttributes.entry.1.Value.DataType", "String"),
            ("MessageAttributes.entry.1.Value.StringValue", "text"),
            ("MessageAttributes.entry.2.Name", "raw"),
            ("MessageAttributes.entry.2.Value.DataType", "Binary"),
            ("MessageAttributes.entry.2.Value.BinaryValue", "AQI="));
    }

    [Fact]
    public async Task A_batch_tells_what_succeeded_and_what_failed()
    {
        await using Loopback server = await Loopback.StartAsync(Result(
            "PublishBatch",
            """
            <Successful><member><Id>1</Id><MessageId>m</MessageId></member></Successful>
            <Failed><member><Id>2</Id><Code>InternalError</Code><Message>no</Message><SenderFault>false</SenderFault></member></Failed>
            """));
        using AmazonSimpleNotificationServiceClient sns = Client(server);

        PublishBatchResponse response = await sns.PublishBatchAsync(new PublishBatchRequest
        {
            TopicArn = "arn",
            PublishBatchRequestEntries =
            [
                new PublishBatchRequestEntry { Id = "1", Message = "x", Subject = "s" },
                new PublishBatchRequestEntry { Id = "2", Message = "y", MessageGroupId = "g" },
            ],
        });

        Assert.Equal(("1", "m"), (Assert.Single(response.Successful).Id, response.Successful[0].MessageId));
        BatchResultErrorEntry failed = Assert.Single(response.Failed);
        Assert.Equal(("2", "InternalError", "no", false), (failed.Id, failed.Code, failed.Message, failed.SenderFault));
        AssertForm(
            server.Request,
            ("Action", "PublishBatch"),
            ("Version", "2010-03-31"),
            ("TopicArn", "arn"),
            ("PublishBatchRequestEntries.member.1.Id", "1"),
            ("PublishBatchRequestEntries.member.1.Message", "x"),
            ("PublishBatchRequestEntries.member.1.Subject", "s"),
            ("PublishBatchRequestEntries.member.2.Id", "2"),
            ("PublishBatchRequestEntries.member.2.Message", "y"),
            ("PublishBatchRequestEntries.member.2.MessageGroupId", "g"));
    }

    [Fact]
    public async Task A_topic_is_created_with_attributes_and_tags()
    {
        await using Loopback server = await Loopback.StartAsync(Result("CreateTopic", "<TopicArn>arn</TopicArn>"));
        using AmazonSimpleNotificationServiceClient sns = Client(server);

        CreateTopicResponse response = await sns.CreateTopicAsync(new CreateTopicRequest("whatsapp_in")
        {
            Attributes = new() { ["MaximumMessageSize"] = "1048576" },
            Tags = [new Tag { Key = "stage", Value = "dev" }],
        });

        Assert.Equal("arn", response.TopicArn);
        AssertForm(
            server.Request,
            ("Action", "CreateTopic"),
            ("Version", "2010-03-31"),
            ("Name", "whatsapp_in"),
            ("Attributes.entry.1.key", "MaximumMessageSize"),
            ("Attributes.entry.1.value", "1048576"),
            ("Tags.member.1.Key", "stage"),
            ("Tags.member.1.Value", "dev"));
    }

    [Fact]
    public async Task A_function_is_subscribed()
    {
        await using Loopback server = await Loopback.StartAsync(Result("Subscribe", "<SubscriptionArn>arn:s</SubscriptionArn>"));
        using AmazonSimpleNotificationServiceClient sns = Client(server);

        SubscribeResponse response = await sns.SubscribeAsync(
            new SubscribeRequest("arn", "lambda", "arn:function") { ReturnSubscriptionArn = true });

        Assert.Equal("arn:s", response.SubscriptionArn);
        AssertForm(
            server.Request,
            ("Action", "Subscribe"),
            ("Version", "2010-03-31"),
            ("TopicArn", "arn"),
            ("Protocol", "lambda"),
            ("Endpoint", "arn:function"),
            ("ReturnSubscriptionArn", "true"));
    }

    [Theory]
    [InlineData(404, "NotFound", typeof(NotFoundException))]
    [InlineData(400, "InvalidParameter", typeof(InvalidParameterException))]
    [InlineData(400, "ParameterValueInvalid", typeof(InvalidParameterValueException))]
    [InlineData(403, "AuthorizationError", typeof(AuthorizationErrorException))]
    [InlineData(500, "InternalError", typeof(InternalErrorException))]
    [InlineData(400, "SomethingNew", typeof(AmazonSimpleNotificationServiceException))]
    public async Task Each_error_code_has_its_exception(int status, string code, Type exception)
    {
        string body =
            $"""
            <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
              <Error><Type>Sender</Type><Code>{code}</Code><Message>No.</Message></Error><RequestId>request-1</RequestId>
            </ErrorResponse>
            """;
        await using Loopback server = await Loopback.StartAsync(new Answer(status, body, ("Content-Type", "text/xml")));
        using AmazonSimpleNotificationServiceClient sns = Client(server);

        Exception? thrown = await Record.ExceptionAsync(() => sns.PublishAsync("arn", "x"));

        Assert.IsType(exception, thrown);
        var error = (AmazonServiceException)thrown;
        Assert.Equal((code, (HttpStatusCode)status), (error.ErrorCode, error.StatusCode));
        Assert.Equal(("request-1", "No."), (error.RequestId, error.Message));
    }

    private static AmazonSimpleNotificationServiceClient Client(Loopback server)
    {
        var config = new AmazonSimpleNotificationServiceConfig { ServiceURL = server.Url, MaxErrorRetry = 0 };
        return new AmazonSimpleNotificationServiceClient(new BasicAWSCredentials("id", "secret"), config);
    }

    private static Answer Result(string operation, string members) => new(
        200,
        $"""
        <{operation}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
          <{operation}Result>{members}</{operation}Result>
          <ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>
        </{operation}Response>
        """,
        ("Content-Type", "text/xml"));

    private static void AssertForm(Received request, params (string Name, string Value)[] expected)
    {
        IEnumerable<(string, string)> actual = request.Body.Split('&')
            .Select(pair => pair.Split('='))
            .Select(pair => (WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair[1])));
        Assert.Equal(expected.Order(), actual.Order());
    }
}
