using System.Net;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;

namespace WhatsAppEventHandler.Tests;

public class ConnectFailuresTests
{
    [Theory]
    [InlineData("SendMessage", "ThrottlingException", 429, "Transient")]
    [InlineData("SendMessage", "InternalServerException", 500, "Transient")]
    [InlineData("SendMessage", null, 502, "Transient")]
    [InlineData("SendMessage", null, 503, "Transient")]
    [InlineData("SendMessage", "Throttling", 400, "Transient")]
    [InlineData("SendMessage", null, 200, "Transient")]
    [InlineData("SendMessage", "AccessDeniedException", 403, "Denied")]
    [InlineData("SendMessage", "ValidationException", 400, "Refused")]
    [InlineData("SendMessage", "InvalidRequestException", 400, "Refused")]
    [InlineData("SendMessage", null, 413, "Refused")]
    [InlineData("SendMessage", "SomethingNew", 418, "Misconfigured")]
    [InlineData("CreateParticipantConnection", "AccessDeniedException", 403, "Denied")]
    [InlineData("CreateParticipantConnection", "ThrottlingException", 429, "Transient")]
    [InlineData("CreateParticipantConnection", "ValidationException", 400, "Misconfigured")]
    [InlineData("StartChatContact", "TooManyRequestsException", 429, "Transient")]
    [InlineData("StartChatContact", "LimitExceededException", 429, "Transient")]
    [InlineData("StartChatContact", "InternalServiceException", 500, "Transient")]
    [InlineData("StartChatContact", "ResourceNotFoundException", 404, "Misconfigured")]
    [InlineData("StartChatContact", "InvalidParameterException", 400, "Misconfigured")]
    [InlineData("StartChatContact", "InvalidRequestException", 400, "Misconfigured")]
    [InlineData("StartChatContact", "AccessDeniedException", 403, "Misconfigured")]
    [InlineData("StartContactStreaming", "LimitExceededException", 429, "Transient")]
    public void What_an_error_means_depends_on_the_call(string operation, string? code, int status, string expected) =>
        Assert.Equal(expected, $"{ConnectFailures.Of(operation, code, (HttpStatusCode)status)}");
}
