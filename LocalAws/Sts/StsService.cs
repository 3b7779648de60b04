using System.Text.Json.Serialization;
using System.Xml.Linq;
using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.Sts;

/// <summary>STS as far as anybody's first command goes, <c>aws sts get-caller-identity</c>: whoever calls is the account's root user.</summary>
/// <param name="account">The account.</param>
public sealed partial class StsService(AwsAccount account) : AwsService("sts", Protocol)
{
    private static readonly QueryProtocol Protocol = new("sts", "https://sts.amazonaws.com/", "2011-06-15")
    {
        Service = "STS",
        Refuse = (parameter, operation) => new AwsException("ValidationError", $"This local cloud does not imitate the parameter '{parameter}' of {operation}: leave it out."),
    };

    private protected override IReadOnlyList<AwsOperation> Table => [Protocol.Of("GetCallerIdentity", StsJson.Default.GetCallerIdentityInput, GetCallerIdentity)];

    private XElement[] GetCallerIdentity(GetCallerIdentityInput input) =>
        [Protocol.Text("Arn", $"arn:aws:iam::{account.Id}:root"), Protocol.Text("UserId", account.Id), Protocol.Text("Account", account.Id)];

    internal sealed record GetCallerIdentityInput;

    [JsonSerializable(typeof(GetCallerIdentityInput))]
    internal sealed partial class StsJson : JsonSerializerContext;
}
