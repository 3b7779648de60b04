using Amazon.Runtime;

namespace Amazon.Connect.Model;

public partial class CreateNotificationRequest : AmazonConnectRequest
{
    public string InstanceId { get; set; }
    public DateTime? ExpiresAt { get; set; }
    public List<string> Recipients { get; set; }
    public ConfigurableNotificationPriority Priority { get; set; }
    public Dictionary<string, string> Content { get; set; }
    public Dictionary<string, string> Tags { get; set; }
    public string ClientToken { get; set; }
}

public partial class CreateNotificationResponse : AmazonWebServiceResponse
{
    public string NotificationArn { get; set; }
    public string NotificationId { get; set; }
}
