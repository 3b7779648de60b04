using Amazon.CDK;
using Constructs;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>Limits what AWS services may do here to what they do for this account.</summary>
internal static class ThisAccount
{
    /// <summary>A condition that keeps other accounts' resources from acting through the same service principal.</summary>
    public static IDictionary<string, object> AsSource(Construct scope) => new Dictionary<string, object>
    {
        ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Stack.Of(scope).Account },
    };

    /// <summary>An ARN in this account, region and partition.</summary>
    public static string Arn(Construct scope, string service, string resource) =>
        Stack.Of(scope).FormatArn(new ArnComponents { Service = service, Resource = resource, ArnFormat = ArnFormat.NO_RESOURCE_NAME });
}
