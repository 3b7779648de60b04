using System.Globalization;
using System.Xml.Linq;
using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.Sns;

/// <summary>The wire of SNS: the query protocol, version 2010-03-31, XML answers.</summary>
/// <param name="engine">The topics.</param>
public sealed class SnsService(SnsEngine engine) : IAwsService
{
    private const int PageSize = 100;

    /// <inheritdoc/>
    public string Name => "sns";

    /// <inheritdoc/>
    public string? OperationOf(AwsRequest request) => SnsAction.Of(request);

    /// <inheritdoc/>
    public Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(SnsXml.Response(request, operation, Answer(operation, new SnsQuery(request))));

    /// <inheritdoc/>
    public AwsResponse ToResponse(AwsException error, AwsRequest request) => SnsXml.Error(request, error);

    private XElement[] Answer(string operation, SnsQuery query) => operation switch
    {
        "CreateTopic" => CreateTopic(query),
        "DeleteTopic" => DeleteTopic(query),
        "ListTopics" => ListTopics(query),
        "GetTopicAttributes" => GetTopicAttributes(query),
        "SetTopicAttributes" => SetTopicAttributes(query),
        "Subscribe" => Subscribe(query),
        "Unsubscribe" => Unsubscribe(query),
        "GetSubscriptionAttributes" => GetSubscriptionAttributes(query),
        "SetSubscriptionAttributes" => SetSubscriptionAttributes(query),
        "ListSubscriptionsByTopic" => ListSubscriptionsByTopic(query),
        "Publish" => Publish(query),
        "PublishBatch" => PublishBatchOf(query),
        _ => throw new AwsException("InvalidAction", $"The action {operation} is not valid for this endpoint: this local cloud does not imitate it."),
    };

    private XElement[] CreateTopic(SnsQuery query)
    {
        string name = query.Required("Name");
        Dictionary<string, string> attributes = query.Map("Attributes");
        query.RefuseTheRest("CreateTopic");
        return [SnsXml.Text("TopicArn", engine.CreateTopic(name, attributes))];
    }

    private XElement[] DeleteTopic(SnsQuery query)
    {
        string arn = query.Required("TopicArn");
        query.RefuseTheRest("DeleteTopic");
        engine.DeleteTopic(arn);
        return [];
    }

    private XElement[] ListTopics(SnsQuery query)
    {
        int start = StartOf(query);
        query.RefuseTheRest("ListTopics");
        return Page("Topics", engine.ListTopics(), start, arn => [SnsXml.Text("TopicArn", arn)]);
    }

    private XElement[] GetTopicAttributes(SnsQuery query)
    {
        string arn = query.Required("TopicArn");
        query.RefuseTheRest("GetTopicAttributes");
        return [SnsXml.Map("Attributes", engine.GetTopicAttributes(arn))];
    }

    private XElement[] SetTopicAttributes(SnsQuery query)
    {
        (string arn, string name, string value) = (query.Required("TopicArn"), query.Required("AttributeName"), query.Optional("AttributeValue") ?? "");
        query.RefuseTheRest("SetTopicAttributes");
        engine.SetTopicAttribute(arn, name, value);
        return [];
    }

    private XElement[] Subscribe(SnsQuery query)
    {
        (string arn, string protocol, string endpoint) = (query.Required("TopicArn"), query.Required("Protocol"), query.Required("Endpoint"));
        Dictionary<string, string> attributes = query.Map("Attributes");
        _ = query.Optional("ReturnSubscriptionArn"); // Without a meaning for Lambda and SQS: their subscriptions need no confirmation.
        query.RefuseTheRest("Subscribe");
        return [SnsXml.Text("SubscriptionArn", engine.Subscribe(arn, protocol, endpoint, attributes))];
    }

    private XElement[] Unsubscribe(SnsQuery query)
    {
        string arn = query.Required("SubscriptionArn");
        query.RefuseTheRest("Unsubscribe");
        engine.Unsubscribe(arn);
        return [];
    }

    private XElement[] GetSubscriptionAttributes(SnsQuery query)
    {
        string arn = query.Required("SubscriptionArn");
        query.RefuseTheRest("GetSubscriptionAttributes");
        return [SnsXml.Map("Attributes", engine.GetSubscriptionAttributes(arn))];
    }

    private XElement[] SetSubscriptionAttributes(SnsQuery query)
    {
        (string arn, string name, string value) = (query.Required("SubscriptionArn"), query.Required("AttributeName"), query.Optional("AttributeValue") ?? "");
        query.RefuseTheRest("SetSubscriptionAttributes");
        engine.SetSubscriptionAttribute(arn, name, value);
        return [];
    }

    private XElement[] ListSubscriptionsByTopic(SnsQuery query)
    {
        string arn = query.Required("TopicArn");
        int start = StartOf(query);
        query.RefuseTheRest("ListSubscriptionsByTopic");
        return Page("Subscriptions", engine.ListSubscriptionsByTopic(arn), start, s =>
        [
            SnsXml.Text("SubscriptionArn", s.Arn),
            SnsXml.Text("Owner", s.TopicArn.Split(':')[4]),
            SnsXml.Text("Protocol", s.Protocol),
            SnsXml.Text("Endpoint", s.Endpoint),
            SnsXml.Text("TopicArn", s.TopicArn),
        ]);
    }

    private XElement[] Publish(SnsQuery query)
    {
        string arn = query.Optional("TopicArn") ?? query.Optional("TargetArn") ?? throw SnsError.InvalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
        var message = new DeliveryMessage(query.Required("Message")) { Attributes = query.MessageAttributes() };
        (string? subject, string? structure) = (query.Optional("Subject"), query.Optional("MessageStructure"));
        query.RefuseTheRest("Publish");
        return [SnsXml.Text("MessageId", engine.Publish(arn, message, subject, structure))];
    }

    private XElement[] PublishBatchOf(SnsQuery query)
    {
        string arn = query.Required("TopicArn");
        List<PublishBatchEntry> entries = [.. query.Elements("PublishBatchRequestEntries.member", "Id").Select(entry => new PublishBatchEntry(
            query.Required($"{entry}Id"),
            new DeliveryMessage(query.Required($"{entry}Message")) { Attributes = query.MessageAttributes(entry) },
            query.Optional($"{entry}Subject"),
            query.Optional($"{entry}MessageStructure")))];
        query.RefuseTheRest("PublishBatch");
        PublishBatch.Check(entries, int.Parse(engine.GetTopicAttributes(arn)["MaximumMessageSize"], CultureInfo.InvariantCulture));

        List<XElement[]> successful = [];
        List<XElement[]> failed = [];
        foreach (PublishBatchEntry entry in entries)
        {
            try
            {
                string messageId = engine.Publish(arn, entry.Message, entry.Subject, entry.MessageStructure);
                successful.Add([SnsXml.Text("Id", entry.Id), SnsXml.Text("MessageId", messageId)]);
            }
            catch (AwsException error)
            {
                failed.Add([SnsXml.Text("Id", entry.Id), SnsXml.Text("Code", error.Code), SnsXml.Text("Message", error.Message), SnsXml.Text("SenderFault", "true")]);
            }
        }

        return [SnsXml.List("Successful", successful), SnsXml.List("Failed", failed)];
    }

    private static int StartOf(SnsQuery query) => query.Optional("NextToken") is not { } token ? 0
        : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int start) ? start
        : throw SnsError.InvalidParameter("NextToken");

    private static XElement[] Page<T>(string name, IReadOnlyList<T> items, int start, Func<T, XElement[]> content)
    {
        XElement page = SnsXml.List(name, items.Skip(start).Take(PageSize).Select(content));
        return start + PageSize < items.Count ? [page, SnsXml.Text("NextToken", $"{start + PageSize}")] : [page];
    }
}
