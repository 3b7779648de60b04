using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Wire;

namespace LocalAws.Lambda;

/// <summary>Lambda's REST-JSON protocol: finds the operation by verb and path, leaves the work to the engines.</summary>
/// <param name="functions">Functions and invocations.</param>
/// <param name="mappings">Event source mappings.</param>
public sealed class LambdaService(LambdaEngine functions, EventSourceMappingEngine mappings) : IAwsService
{
    private const string Functions = "/2015-03-31/functions";
    private const string InvokeConfigs = "/2019-09-25/functions";
    private const string Mappings = "/2015-03-31/event-source-mappings";

    private readonly InvokeOperation _invoke = new(functions);
    private readonly FunctionOperations _functions = new(functions);
    private readonly EventSourceMappingOperations _mappings = new(mappings, functions);

    /// <inheritdoc/>
    public string Name => "lambda";

    /// <inheritdoc/>
    public string? OperationOf(AwsRequest request) => (request.Method, Root(request.Path), Segments(request.Path)) switch
    {
        ("POST", Functions, [_, "invocations"]) => "Invoke",
        ("GET", Functions, []) => "ListFunctions",
        ("POST", Functions, []) => "CreateFunction",
        ("GET", Functions, [_]) => "GetFunction",
        ("DELETE", Functions, [_]) => "DeleteFunction",
        ("GET", Functions, [_, "configuration"]) => "GetFunctionConfiguration",
        ("GET", InvokeConfigs, [_, "event-invoke-config"]) => "GetFunctionEventInvokeConfig",
        ("PUT", InvokeConfigs, [_, "event-invoke-config"]) => "PutFunctionEventInvokeConfig",
        ("POST", Mappings, []) => "CreateEventSourceMapping",
        ("GET", Mappings, []) => "ListEventSourceMappings",
        ("GET", Mappings, [_]) => "GetEventSourceMapping",
        ("PUT", Mappings, [_]) => "UpdateEventSourceMapping",
        ("DELETE", Mappings, [_]) => "DeleteEventSourceMapping",
        _ => null,
    };

    /// <inheritdoc/>
    public Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken)
    {
        string resource = Segments(request.Path) is [var first, ..] ? Uri.UnescapeDataString(first) : "";
        return operation switch
        {
            "Invoke" => _invoke.RunAsync(resource, request, cancellationToken),
            "ListFunctions" => Task.FromResult(_functions.List()),
            "CreateFunction" => throw FunctionOperations.CreateRefused(),
            "GetFunction" => Task.FromResult(_functions.Get(resource)),
            "DeleteFunction" => _functions.DeleteAsync(resource),
            "GetFunctionConfiguration" => Task.FromResult(_functions.GetConfiguration(resource)),
            "GetFunctionEventInvokeConfig" => Task.FromResult(_functions.GetEventInvokeConfig(resource)),
            "PutFunctionEventInvokeConfig" => Task.FromResult(_functions.PutEventInvokeConfig(resource, request)),
            "CreateEventSourceMapping" => _mappings.CreateAsync(request, cancellationToken),
            "ListEventSourceMappings" => Task.FromResult(_mappings.List(request)),
            "GetEventSourceMapping" => Task.FromResult(_mappings.Get(resource)),
            "UpdateEventSourceMapping" => _mappings.UpdateAsync(resource, request),
            _ => _mappings.DeleteAsync(resource),
        };
    }

    /// <inheritdoc/>
    public AwsResponse ToResponse(AwsException error, AwsRequest request)
    {
        // AWS spells the member differently per shape.
        string messageMember = error.Code is "ResourceNotFoundException" or "ServiceException" ? "Message" : "message";
        var members = new Dictionary<string, string>(error.Members) { ["Type"] = error.StatusCode < 500 ? "\"User\"" : "\"Service\"" };
        return AwsJson.RestError(new AwsException(error.Code, error.Message, error.StatusCode) { Members = members, Headers = error.Headers }, messageMember);
    }

    private static string Root(string path) => Array.Find([Functions, InvokeConfigs, Mappings], root => path == root || path.StartsWith($"{root}/", StringComparison.Ordinal)) ?? "";

    private static string[] Segments(string path) => path[Root(path).Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
}
