using System.Security.Cryptography;
using System.Text;

namespace WhatsAppBuffer.ServiceDefaults.Telemetry;

/// <summary>
/// Stands for a conversation in logs, spans and metrics: the key of a conversation may hold a phone number. The same key always gives the
/// same pseudonym, so whoever knows a number finds its conversation; the way back takes trying numbers.
/// </summary>
public static class Pseudonym
{
    /// <summary>16 hexadecimal digits.</summary>
    /// <param name="key">Key of the conversation.</param>
    public static string Of(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return Convert.ToHexStringLower(hash[..8]);
    }
}
