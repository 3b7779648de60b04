using LocalAws.Endpoint;

namespace LocalAws.Connect;

/// <summary>The wire of Connect: REST-JSON under <c>/contact</c>.</summary>
/// <param name="engine">The chats.</param>
public sealed class ConnectService(ConnectEngine engine) : IAwsService
{
    private const string Refusal = "InvalidParameterException";
    private const string AttributesPath = "/contact/attributes";

    /// <inheritdoc/>
    public string Name => "connect";

    /// <inheritdoc/>
    public string? OperationOf(AwsRequest request) => (request.Method, request.Path) switch
    {
        ("PUT", "/contact/chat") => "StartChatContact",
        ("POST", "/contact/start-streaming") => "StartContactStreaming",
        ("POST", "/contact/stop-streaming") => "StopContactStreaming",
        ("POST", "/contact/stop") => "StopContact",
        ("POST", AttributesPath) => "UpdateContactAttributes",
        ("GET", var path) when path.StartsWith(AttributesPath + '/', StringComparison.Ordinal) => "GetContactAttributes",
        _ => request.SigningName == "connect" ? $"{request.Method} {request.Path}" : null,
    };

    /// <inheritdoc/>
    public Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken) => Task.FromResult(operation switch
    {
        "StartChatContact" => StartChatContact(AwsInput.Read(request, ConnectJson.Default.StartChatContactInput, operation, Refusal)),
        "StartContactStreaming" => StartContactStreaming(AwsInput.Read(request, ConnectJson.Default.StartContactStreamingInput, operation, Refusal)),
        "StopContactStreaming" => StopContactStreaming(AwsInput.Read(request, ConnectJson.Default.StopContactStreamingInput, operation, Refusal)),
        "StopContact" => StopContact(AwsInput.Read(request, ConnectJson.Default.StopContactInput, operation, Refusal)),
        "GetContactAttributes" => GetContactAttributes(request.Path[AttributesPath.Length..].Split('/')),
        "UpdateContactAttributes" => UpdateContactAttributes(AwsInput.Read(request, ConnectJson.Default.UpdateContactAttributesInput, operation, Refusal)),
        _ => throw new AwsException("UnknownOperationException", $"This local cloud does not imitate {operation} of Connect.", 404),
    });

    /// <inheritdoc/>
    public AwsResponse ToResponse(AwsException error, AwsRequest request) => AwsJson.RestError(error, "Message");

    private AwsResponse StartChatContact(StartChatContactInput input)
    {
        StartedChat chat = engine.StartChatContact(new ChatRequest(
            Required(input.InstanceId, "InstanceId"),
            Required(input.ContactFlowId, "ContactFlowId"),
            Required(input.ParticipantDetails?.DisplayName, "ParticipantDetails.DisplayName"))
        {
            Attributes = input.Attributes ?? [],
            InitialMessage = input.InitialMessage is { } message
                ? new InitialMessage(Required(message.ContentType, "InitialMessage.ContentType"), Required(message.Content, "InitialMessage.Content"))
                : null,
            ClientToken = input.ClientToken,
            ChatDurationInMinutes = input.ChatDurationInMinutes,
            SupportedMessagingContentTypes = input.SupportedMessagingContentTypes,
        });
        return AwsJson.Write(AwsJson.RestJson, chat, ConnectJson.Default.StartedChat);
    }

    private AwsResponse StartContactStreaming(StartContactStreamingInput input)
    {
        string id = engine.StartContactStreaming(
            Required(input.InstanceId, "InstanceId"),
            Required(input.ContactId, "ContactId"),
            Required(input.ChatStreamingConfiguration?.StreamingEndpointArn, "ChatStreamingConfiguration.StreamingEndpointArn"),
            Required(input.ClientToken, "ClientToken"));
        return AwsJson.Write(AwsJson.RestJson, new StartContactStreamingOutput(id), ConnectJson.Default.StartContactStreamingOutput);
    }

    private AwsResponse StopContactStreaming(StopContactStreamingInput input)
    {
        engine.StopContactStreaming(
            Required(input.InstanceId, "InstanceId"), Required(input.ContactId, "ContactId"), Required(input.StreamingId, "StreamingId"));
        return AwsResponse.Text(AwsJson.RestJson, "{}");
    }

    private AwsResponse StopContact(StopContactInput input)
    {
        engine.StopContact(Required(input.InstanceId, "InstanceId"), Required(input.ContactId, "ContactId"));
        return AwsResponse.Text(AwsJson.RestJson, "{}");
    }

    /// <summary>The path ends with <c>/{InstanceId}/{InitialContactId}</c>.</summary>
    private AwsResponse GetContactAttributes(string[] path)
    {
        if (path is not ["", { Length: > 0 } instanceId, { Length: > 0 } contactId])
        {
            throw ConnectError.InvalidRequest("The request is not valid: its path must be /contact/attributes/{InstanceId}/{InitialContactId}.");
        }

        IReadOnlyDictionary<string, string> attributes = engine.GetContactAttributes(Uri.UnescapeDataString(instanceId), Uri.UnescapeDataString(contactId));
        return AwsJson.Write(AwsJson.RestJson, new GetContactAttributesOutput(attributes), ConnectJson.Default.GetContactAttributesOutput);
    }

    private AwsResponse UpdateContactAttributes(UpdateContactAttributesInput input)
    {
        engine.UpdateContactAttributes(
            Required(input.InstanceId, "InstanceId"),
            Required(input.InitialContactId, "InitialContactId"),
            input.Attributes ?? throw ConnectError.InvalidRequest("The request is not valid: Attributes is missing."));
        return AwsResponse.Text(AwsJson.RestJson, "{}");
    }

    private static string Required(string? value, string member) => value ?? throw ConnectError.InvalidRequest($"The request is not valid: {member} is missing.");
}
