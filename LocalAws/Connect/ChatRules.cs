using System.Text;
using System.Text.RegularExpressions;

namespace LocalAws.Connect;

/// <summary>What StartChatContact and UpdateContactAttributes check. Source: Connect API model.</summary>
internal static partial class ChatRules
{
    private const int MaxAttributeBytes = 32_768;
    private const int MinDuration = 60;
    private const int MaxDuration = 10_080;

    /// <exception cref="Endpoint.AwsException"><c>InvalidParameterException</c> or <c>InvalidRequestException</c>.</exception>
    public static void Check(ChatRequest request, ConnectOptions options)
    {
        ConnectError.Check.Required(request.InstanceId, "instanceId", 1, 100);
        ConnectError.Check.Required(request.ContactFlowId, "contactFlowId", 1, 500);
        ConnectError.Check.Required(request.DisplayName, "participantDetails.displayName", 1, 256);
        ConnectError.Check.Optional(request.ClientToken, "clientToken", 0, 500);
        ConnectError.Check.Range(request.ChatDurationInMinutes, "chatDurationInMinutes", MinDuration, MaxDuration);
        CheckAttributes(request.Attributes);
        CheckContentTypes(request.SupportedMessagingContentTypes);
        if (request.InitialMessage is { } message)
        {
            ConnectError.Check.OneOf(message.ContentType, "initialMessage.contentType", ContentTypes.Text, ContentTypes.Markdown, ContentTypes.Json);
            ConnectError.Check.Required(message.Content, "initialMessage.content", 1, ContentTypes.MaximumLength(message.ContentType, options));
        }
    }

    /// <exception cref="Endpoint.AwsException"><c>InvalidParameterException</c>.</exception>
    public static void CheckAttributes(IReadOnlyDictionary<string, string> attributes)
    {
        if (attributes.Keys.FirstOrDefault(key => !AttributeKey.IsMatch(key)) is { } key)
        {
            throw ConnectError.InvalidParameter($"Attribute keys can include only alphanumeric, dash, and underscore characters; '{key}' has others.");
        }

        int bytes = attributes.Sum(a => Encoding.UTF8.GetByteCount(a.Key) + Encoding.UTF8.GetByteCount(a.Value));
        if (bytes > MaxAttributeBytes)
        {
            throw ConnectError.InvalidParameter($"There can be up to 32,768 UTF-8 bytes across all key-value pairs per contact; these have {bytes}.");
        }
    }

    private static void CheckContentTypes(IReadOnlyList<string>? types)
    {
        foreach (string type in types ?? [])
        {
            ConnectError.Check.OneOf(
                type,
                "supportedMessagingContentTypes",
                ContentTypes.Text,
                ContentTypes.Markdown,
                ContentTypes.Json,
                ContentTypes.Interactive,
                ContentTypes.InteractiveResponse);
        }

        if (types?.Contains(ContentTypes.Text) == false)
        {
            throw ConnectError.InvalidRequest("SupportedMessagingContentTypes must always contain text/plain.");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex AttributeKey { get; }
}
