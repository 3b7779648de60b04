using Amazon.Runtime;

namespace Amazon.Connect.Model;

public partial class StartContactStreamingRequest : AmazonConnectRequest
{
    public string InstanceId { get; set; }
    public string ContactId { get; set; }
    public ChatStreamingConfiguration ChatStreamingConfiguration { get; set; }
    public string ClientToken { get; set; }
}

public partial class ChatStreamingConfiguration
{
    public string StreamingEndpointArn { get; set; }
}

public partial class StartContactStreamingResponse : AmazonWebServiceResponse
{
    public string StreamingId { get; set; }
}

public partial class StopContactStreamingRequest : AmazonConnectRequest
{
    public string InstanceId { get; set; }
    public string ContactId { get; set; }
    public string StreamingId { get; set; }
}

public partial class StopContactStreamingResponse : AmazonWebServiceResponse
{
}
