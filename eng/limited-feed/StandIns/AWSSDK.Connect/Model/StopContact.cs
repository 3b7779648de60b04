using Amazon.Runtime;

namespace Amazon.Connect.Model;

public partial class StopContactRequest : AmazonConnectRequest
{
    public string ContactId { get; set; }
    public string InstanceId { get; set; }
    public DisconnectReason DisconnectReason { get; set; }
}

public partial class DisconnectReason
{
    public string Code { get; set; }
}

public partial class StopContactResponse : AmazonWebServiceResponse
{
}
