using System.Collections.ObjectModel;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace Amazon.LimitedFeed;

/// <summary>What the SDK's pipeline has to know about a service; the same for every client of it.</summary>
/// <param name="serviceId">Names the service in <c>AWS_ENDPOINT_URL_…</c> and in the user agent.</param>
/// <param name="signingName">Names it in a signature's scope.</param>
/// <param name="endpointPrefix">Names it in a host name.</param>
/// <param name="version">The date of its API.</param>
internal sealed class Service(string serviceId, string signingName, string endpointPrefix, string version) : IServiceMetadata
{
    /// <summary>The modes of <c>AWS_DEFAULTS_MODE</c>; the SDK resolves Auto to one of them.</summary>
    public static readonly DefaultConfigurationProvider Defaults = new([
        Mode(DefaultConfigurationMode.Standard, TimeSpan.FromSeconds(3.1)),
        Mode(DefaultConfigurationMode.InRegion, TimeSpan.FromSeconds(1.1)),
        Mode(DefaultConfigurationMode.CrossRegion, TimeSpan.FromSeconds(3.1)),
        Mode(DefaultConfigurationMode.Mobile, TimeSpan.FromSeconds(30)),
    ]);

    public string ServiceId => serviceId;

    public string EndpointPrefix => endpointPrefix;

    public string Version => version;

    public string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString(serviceId, "limited-feed");

    public IDictionary<string, string> OperationNameMapping => ReadOnlyDictionary<string, string>.Empty;

    public void Configure(ClientConfig config)
    {
        config.ServiceId = serviceId;
        config.AuthenticationServiceName = signingName;
        config.EndpointProvider = new EndpointProvider(endpointPrefix);
    }

    /// <summary>Puts signing and endpoint resolution, which differ by service, between the SDK's own handlers.</summary>
    public static void Customize(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ServiceEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Handler());
    }

    public static Endpoint DetermineEndpoint(IClientConfig config, ServiceOperationEndpointParameters parameters)
    {
        var request = new DefaultRequest(parameters.Request, config.ServiceId) { AlternateEndpoint = parameters.AlternateEndpoint };
        var context = new RequestContext(enableMetric: false)
        {
            ClientConfig = config,
            OriginalRequest = parameters.Request,
            Request = request,
        };
        return new ServiceEndpointResolver().GetEndpoint(new Runtime.Internal.ExecutionContext(context, responseContext: null));
    }

    private static DefaultConfiguration Mode(DefaultConfigurationMode name, TimeSpan connecting) => new()
    {
        Name = name,
        RetryMode = RequestRetryMode.Standard,
        ConnectTimeout = connecting,
        TlsNegotiationTimeout = connecting,
    };
}
