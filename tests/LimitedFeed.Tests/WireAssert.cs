using System.Text.Json.Nodes;

namespace WhatsAppBuffer.LimitedFeed.Tests;

internal static class WireAssert
{
    /// <summary>Two JSON documents say the same, whatever the order of members.</summary>
    public static void Json(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"Sent: {actual}");
}
