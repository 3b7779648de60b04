using Amazon.Runtime;

namespace Amazon.ConnectParticipant.Model;

public partial class CreateParticipantConnectionRequest : AmazonConnectParticipantRequest
{
    public string ParticipantToken { get; set; }
    public List<string> Type { get; set; }
    public bool? ConnectParticipant { get; set; }
}

public partial class CreateParticipantConnectionResponse : AmazonWebServiceResponse
{
    public ConnectionCredentials ConnectionCredentials { get; set; }
    public Websocket Websocket { get; set; }
}

public partial class ConnectionCredentials
{
    public string ConnectionToken { get; set; }
    public string Expiry { get; set; }
}

public partial class Websocket
{
    public string Url { get; set; }
    public string ConnectionExpiry { get; set; }
}

public partial class DisconnectParticipantRequest : AmazonConnectParticipantRequest
{
    public string ConnectionToken { get; set; }
    public string ClientToken { get; set; }
}

public partial class DisconnectParticipantResponse : AmazonWebServiceResponse
{
}
