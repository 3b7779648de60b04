using System.Text.Json.Serialization;
using WhatsAppBuffer.Simulator.Endpoint;

namespace WhatsAppBuffer.Simulator.SocialMessaging;

/// <summary>The wire of End User Messaging Social: REST-JSON under <c>/v1/whatsapp</c>, camelCase members.</summary>
/// <param name="engine">The numbers and messages.</param>
public sealed class SocialMessagingService(SocialMessagingEngine engine) : IAwsService
{
    /// <inheritdoc/>
    public string Name => "socialmessaging";

    /// <inheritdoc/>
    public string? OperationOf(AwsRequest request) => (request.Method, request.Path) switch
    {
        ("POST", "/v1/whatsapp/send") => "SendWhatsAppMessage",
        var (method, path) => path.StartsWith("/v1/whatsapp/", StringComparison.Ordinal) ? $"{method} {path}" : null,
    };

    /// <inheritdoc/>
    public Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken) => Task.FromResult(operation switch
    {
        "SendWhatsAppMessage" => Send(AwsInput.Read(request, SocialMessagingJson.Default.SendWhatsAppMessageInput, operation, "ValidationException")),
        _ => throw new AwsException("UnknownOperationException", $"This local cloud does not imitate {operation} of End User Messaging Social.", 404),
    });

    /// <inheritdoc/>
    public AwsResponse ToResponse(AwsException error, AwsRequest request) => AwsJson.RestError(error);

    private AwsResponse Send(SendWhatsAppMessageInput input)
    {
        string number = SocialMessagingError.Check.Required(input.OriginationPhoneNumberId, "originationPhoneNumberId");
        string version = SocialMessagingError.Check.Required(input.MetaApiVersion, "metaApiVersion");
        byte[] message = Decode(SocialMessagingError.Check.Required(input.Message, "message"));
        var output = new SendWhatsAppMessageOutput(engine.SendWhatsAppMessage(number, message, version));
        return AwsJson.Write(AwsJson.RestJson, output, SocialMessagingJson.Default.SendWhatsAppMessageOutput);
    }

    private static byte[] Decode(string base64)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            throw SocialMessagingError.Validation("message is not valid base64: encode the JSON text before sending it.");
        }
    }
}

internal sealed record SendWhatsAppMessageInput(string? OriginationPhoneNumberId, string? Message, string? MetaApiVersion);

internal sealed record SendWhatsAppMessageOutput(string MessageId);

[JsonSerializable(typeof(SendWhatsAppMessageInput))]
[JsonSerializable(typeof(SendWhatsAppMessageOutput))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class SocialMessagingJson : JsonSerializerContext;
