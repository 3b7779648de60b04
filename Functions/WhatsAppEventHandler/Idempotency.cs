using System.Security.Cryptography;
using System.Text;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>Makes the deterministic <c>ClientToken</c>s and ids by which AWS recognises a repeated request.</summary>
internal static class Idempotency
{
    /// <summary>
    /// 64 hexadecimal characters (AWS allows 500) that depend on every part and on where one part ends and the next begins.
    /// </summary>
    public static string Token(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (string part in parts)
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
