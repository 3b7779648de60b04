using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.Endpoint;

namespace WhatsAppBuffer.Simulator.App.DeadLetters;

/// <summary>What a dead letter's body says about how its event can be handled after all.</summary>
internal static class DeadLetter
{
    /// <summary>The event to invoke the function with again.</summary>
    /// <param name="body">
    /// Lambda's record of an asynchronous invocation that it gave up, with the event in it; or an event with a part that Connect refused, as it is.
    /// </param>
    /// <exception cref="AwsException"><c>UnsupportedOperation</c>: the letter does not carry its event; says what to do.</exception>
    public static byte[] EventOf(string body)
    {
        JsonObject letter = Parse(body);
        if (letter["requestContext"] is null)
        {
            return Encoding.UTF8.GetBytes(letter.ToJsonString());
        }

        return letter["requestPayload"] is { } payload
            ? Encoding.UTF8.GetBytes(payload.ToJsonString())
            : throw new AwsException(
                "UnsupportedOperation",
                "The letter names records of a stream that the mapping gave up; it does not carry them. Publish their messages again under new ids.");
    }

    private static JsonObject Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw Unreadable();
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    private static AwsException Unreadable() => new("UnsupportedOperation", "The letter is no JSON object: no function of this system wrote it.");
}
