using Amazon.LimitedFeed;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.SimpleNotificationService;

public partial class AmazonSimpleNotificationServiceConfig : ClientConfig
{
    public AmazonSimpleNotificationServiceConfig()
        : base(Service.Defaults) => Operations.Service.Configure(this);

    public static new string ServiceId => Operations.Service.ServiceId;

    public override string RegionEndpointServiceName => Operations.Service.EndpointPrefix;

    public override string ServiceVersion => Operations.Service.Version;

    public override string UserAgent => Operations.Service.UserAgent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        Service.DetermineEndpoint(this, parameters);
}

public partial class AmazonSimpleNotificationServiceRequest : AmazonWebServiceRequest
{
}
