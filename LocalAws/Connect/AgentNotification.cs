namespace LocalAws.Connect;

/// <summary>Something that users of an instance are told in the header of their workspace. Source: Connect administrator guide, "Notifications in the workspace header".</summary>
/// <param name="Id">Its id.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Recipients">ARNs of users, or of the instance for all of them.</param>
/// <param name="Content">The text, by locale.</param>
/// <param name="Priority"><c>HIGH</c> or <c>LOW</c>.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record AgentNotification(
    string Id, string Arn, IReadOnlyList<string> Recipients, IReadOnlyDictionary<string, string> Content, string Priority, DateTimeOffset CreatedAt);

/// <summary>What DescribeContact answers.</summary>
/// <param name="Arn">The contact's ARN.</param>
/// <param name="Summary">The chat.</param>
/// <param name="AgentId">The user who took it; null before one has.</param>
public sealed record ContactDescription(string Arn, ContactSummary Summary, string? AgentId);

/// <summary>What agents were told. Safe for use by many threads.</summary>
internal sealed class NotificationBoard
{
    private const int Remembered = 1_000;

    private readonly Lock _lock = new();
    private readonly Queue<(string? Token, AgentNotification Notification)> _all = new();

    public IReadOnlyList<AgentNotification> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all.Select(entry => entry.Notification)];
            }
        }
    }

    /// <summary>Adds one, or gives the one that was added under the same token.</summary>
    public AgentNotification Add(string? token, AgentNotification notification)
    {
        lock (_lock)
        {
            if (token is not null && _all.FirstOrDefault(entry => entry.Token == token).Notification is { } earlier)
            {
                return earlier;
            }

            _all.Enqueue((token, notification));
            if (_all.Count > Remembered)
            {
                _all.Dequeue();
            }

            return notification;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _all.Clear();
        }
    }
}

/// <summary>What CreateNotification checks. Source: Connect API reference; of its two limits of a text, 250 in words and 3,000 in the model, the smaller.</summary>
internal static class NotificationRules
{
    private const int MaxContent = 250;
    private const int MaxRecipients = 200;

    private static readonly string[] Locales = ["en_US", "de_DE", "es_ES", "fr_FR", "id_ID", "it_IT", "ja_JP", "ko_KR", "pt_BR", "zh_CN", "zh_TW"];

    /// <exception cref="Endpoint.AwsException"><c>InvalidParameterException</c>.</exception>
    public static void Check(string instanceArn, IReadOnlyList<string> recipients, IReadOnlyDictionary<string, string> content, string? priority, string? clientToken)
    {
        ConnectError.Check.Range(recipients.Count, "recipients", 1, MaxRecipients, "have length");
        ConnectError.Check.Range(content.Count, "content", 1, Locales.Length, "have length");
        ConnectError.Check.Optional(clientToken, "clientToken", 0, 500);
        if (priority is not null)
        {
            ConnectError.Check.OneOf(priority, "priority", "HIGH", "LOW");
        }

        foreach ((string locale, string text) in content)
        {
            ConnectError.Check.OneOf(locale, "content", Locales);
            ConnectError.Check.Required(text, $"content.{locale}", 0, MaxContent);
        }

        if (recipients.FirstOrDefault(recipient => recipient != instanceArn && !recipient.StartsWith($"{instanceArn}/agent/", StringComparison.Ordinal)) is { } stranger)
        {
            throw ConnectError.InvalidParameter($"{stranger} is neither a user of the instance nor the instance.");
        }
    }
}
