using LocalAws.Connect;

namespace WhatsAppBuffer.Simulator.App;

/// <summary>Which of Amazon Connect's quotas hold.</summary>
internal enum QuotaSet
{
    /// <summary>None: as many requests and chats as one likes, as after quota increases.</summary>
    None,

    /// <summary>AWS's defaults: requests per second by operation, 500 chats at the same time.</summary>
    Aws,
}

internal static class QuotaSets
{
    private const int AnyNumber = 1_000_000;

    public static ConnectOptions ToConnect(this QuotaSet quotas) => quotas == QuotaSet.Aws
        ? new ConnectOptions { Quotas = ConnectQuotas.Aws }
        : new ConnectOptions { Quotas = ConnectQuotas.None, ConcurrentChats = AnyNumber };
}
