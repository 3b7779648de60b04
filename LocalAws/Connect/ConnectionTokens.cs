using System.Security.Cryptography;

namespace LocalAws.Connect;

/// <summary>The connection tokens of one chat; used under the chat's lock only.</summary>
/// <param name="life">How long a token lives.</param>
internal sealed class ConnectionTokens(TimeSpan life)
{
    private readonly Dictionary<string, DateTimeOffset> _expiryByToken = [];

    /// <summary>All of them, the expired ones too.</summary>
    public IReadOnlyList<string> All => [.. _expiryByToken.Keys];

    /// <summary>A token as Connect's are: opaque, and longer than anybody would guess.</summary>
    public static string NewToken() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(96));

    public (string Token, DateTimeOffset Expiry) Issue(DateTimeOffset now)
    {
        (string token, DateTimeOffset expiry) = (NewToken(), now + life);
        _expiryByToken.Add(token, expiry);
        return (token, expiry);
    }

    public bool Admit(string token, DateTimeOffset now) => _expiryByToken.TryGetValue(token, out DateTimeOffset expiry) && now < expiry;
}
