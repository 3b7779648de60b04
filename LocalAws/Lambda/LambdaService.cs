using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Wire;
using LocalAws.Protocols;

namespace LocalAws.Lambda;

/// <summary>Lambda's REST-JSON protocol over its engines.</summary>
/// <param name="functions">Functions and invocations.</param>
/// <param name="mappings">Event source mappings.</param>
public sealed class LambdaService(LambdaEngine functions, EventSourceMappingEngine mappings) : AwsService("lambda", Protocol)
{
    internal static readonly RestJsonProtocol Protocol = new("lambda", "/2015-03-31/functions", "/2019-09-25/functions", "/2015-03-31/event-source-mappings")
    {
        Service = "Lambda",
        Refusal = "InvalidParameterValueException",
        MessageMember = "message",
    };

    private protected override IReadOnlyList<AwsOperation> Table =>
    [
        new InvokeOperation(functions).Operation,
        .. new FunctionOperations(functions).Operations,
        .. new EventSourceMappingOperations(mappings, functions).Operations,
    ];

    /// <inheritdoc/>
    public override AwsResponse ToResponse(AwsException error, AwsRequest request)
    {
        // AWS spells the member differently per shape.
        string messageMember = error.Code is "ResourceNotFoundException" or "ServiceException" ? "Message" : "message";
        var members = new Dictionary<string, string>(error.Members) { ["Type"] = error.StatusCode < 500 ? "\"User\"" : "\"Service\"" };
        return AwsJson.RestError(new AwsException(error.Code, error.Message, error.StatusCode) { Members = members, Headers = error.Headers }, messageMember);
    }
}
