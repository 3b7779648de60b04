using System.Text.Json.Nodes;

namespace WhatsAppBuffer.LimitedFeed.Tests;

internal static class WireAssert
{
    /// <summary>The request is signed, and the scope of its signature contains these parts, region before service.</summary>
    public static void SignedFor(string scope, Received request) =>
        Assert.Matches($"^AWS4-HMAC-SHA256 Credential=id/.*{scope}/aws4_request", request.Header("Authorization"));

    /// <summary>Two JSON documents say the same, whatever the order of members.</summary>
    public static void Json(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"Sent: {actual}");
}
