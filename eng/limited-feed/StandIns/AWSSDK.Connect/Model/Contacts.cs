using Amazon.Runtime;

namespace Amazon.Connect.Model;

public partial class DescribeContactRequest : AmazonConnectRequest
{
    public string InstanceId { get; set; }
    public string ContactId { get; set; }
}

public partial class DescribeContactResponse : AmazonWebServiceResponse
{
    public Contact Contact { get; set; }
}

/// <summary>The official type has many more members.</summary>
public partial class Contact
{
    public string Arn { get; set; }
    public string Id { get; set; }
    public string InitialContactId { get; set; }
    public AgentInfo AgentInfo { get; set; }
}

public partial class AgentInfo
{
    public string Id { get; set; }
    public DateTime? ConnectedToAgentTimestamp { get; set; }
}
