namespace LocalAws.Connect;

/// <summary>The attributes of one chat: those it was started with, and what became of them. Safe for use by many threads.</summary>
internal sealed class ContactAttributes(IReadOnlyDictionary<string, string> initial)
{
    private readonly Lock _lock = new();
    private volatile IReadOnlyDictionary<string, string> _all = initial;

    /// <summary>All of them, as they are now.</summary>
    public IReadOnlyDictionary<string, string> All => _all;

    /// <summary>Adds and replaces attributes.</summary>
    /// <exception cref="Endpoint.AwsException"><c>InvalidParameterException</c>: together they break the rules; nothing is changed.</exception>
    public void Update(IReadOnlyDictionary<string, string> attributes)
    {
        lock (_lock)
        {
            var updated = new Dictionary<string, string>(_all);
            foreach ((string key, string value) in attributes)
            {
                updated[key] = value;
            }

            ChatRules.CheckAttributes(updated);
            _all = updated;
        }
    }
}
