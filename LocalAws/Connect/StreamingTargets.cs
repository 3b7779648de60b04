namespace LocalAws.Connect;

/// <summary>The topics that one chat is streamed to; used under the chat's lock only.</summary>
internal sealed class StreamingTargets
{
    private readonly Dictionary<string, string> _topicById = [];
    private readonly Dictionary<string, string> _idByClientToken = [];

    /// <summary>Each topic once, however many streams lead to it.</summary>
    public IReadOnlyList<string> TopicArns => [.. _topicById.Values.Distinct()];

    /// <summary>Adds a topic; the same client token answers the same id.</summary>
    public string Add(string topicArn, string clientToken)
    {
        if (!_idByClientToken.TryGetValue(clientToken, out string? id))
        {
            id = Guid.NewGuid().ToString();
            _idByClientToken.Add(clientToken, id);
            _topicById.Add(id, topicArn);
        }

        return id;
    }

    /// <returns>False when there is none of that id.</returns>
    public bool Remove(string id) => _topicById.Remove(id);
}
