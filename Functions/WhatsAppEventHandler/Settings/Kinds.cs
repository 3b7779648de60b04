using System.Collections.Frozen;
using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Settings;

namespace WhatsAppBuffer.WhatsAppEventHandler.Settings;

/// <summary>What a message is to the agents.</summary>
internal enum Attention
{
    /// <summary>They do not see it.</summary>
    Ignore,

    /// <summary>They see it in a running chat; it opens none.</summary>
    Show,

    /// <summary>They see it, in a new chat when there is none.</summary>
    Call,
}

/// <summary>Who is called, by kind of message. A kind that is not named calls: WhatsApp may have new ones next year.</summary>
internal sealed class Kinds
{
    private const int MostKinds = 50;

    private static readonly Dictionary<string, Attention> Words = new() { ["ignore"] = Attention.Ignore, ["show"] = Attention.Show, ["call"] = Attention.Call };

    private readonly FrozenDictionary<string, Attention> _attention;

    private Kinds(Dictionary<string, Attention> attention) => _attention = attention.ToFrozenDictionary();

    /// <summary>
    /// Members <c>ignore_reactions</c> and <c>ignore_stickers</c>, as in the guide, default yes; <c>kinds</c>, which wins over both.
    /// </summary>
    /// <exception cref="ConfigurationException">One is wrong.</exception>
    public static Kinds Read(SettingsReader settings)
    {
        Dictionary<string, Attention> attention = new()
        {
            ["reaction"] = settings.YesOrNo("ignore_reactions") is false ? Attention.Show : Attention.Ignore,
            ["sticker"] = settings.YesOrNo("ignore_stickers") is false ? Attention.Show : Attention.Ignore,
            ["system"] = Attention.Show,
            ["request_welcome"] = Attention.Show,
            ["edit"] = Attention.Show,
            ["revoke"] = Attention.Show,
            ["call_permission_reply"] = Attention.Show,
        };
        foreach ((string kind, Attention chosen) in settings.Each("kinds", Words, MostKinds))
        {
            attention[kind] = chosen;
        }

        return new Kinds(attention);
    }

    public Attention Of(JsonElement message) => _attention.GetValueOrDefault(KindOf(message), Attention.Call);

    /// <summary>WhatsApp's type, or what is meant by one that stands for several.</summary>
    private static string KindOf(JsonElement message) => message.Words("type") switch
    {
        "unsupported" or "unknown" when message.Member("unsupported")?.Words("type") is "edit" or "revoke" => message.Member("unsupported")!.Value.Words("type")!,
        "interactive" when message.Member("interactive")?.Words("type") is "call_permission_reply" => "call_permission_reply",
        var type => type ?? "",
    };
}
