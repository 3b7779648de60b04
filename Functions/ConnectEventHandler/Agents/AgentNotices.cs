using Microsoft.Extensions.Logging;
using WhatsAppBuffer.ConnectEventHandler.Replies;

namespace WhatsAppBuffer.ConnectEventHandler.Agents;

/// <summary>Tells agents which of their answers do not reach the customer, each once; who cannot be told is in the log and counted.</summary>
/// <param name="replies">What is known of answers.</param>
/// <param name="agents">Where agents are told.</param>
/// <param name="log">Ids only.</param>
internal sealed class AgentNotices(IReplies replies, IAgents agents, ILogger log)
{
    /// <summary>Tells whoever wrote an answer. When this returns, it is done, one way or the other.</summary>
    /// <param name="messageId">Connect's id of the answer.</param>
    /// <param name="cause">Why it is not delivered.</param>
    /// <param name="title">Meta's words for it, or null.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AgentsUnreachableException">Not now.</exception>
    public async Task TellAsync(string messageId, Cause cause, string? title, CancellationToken cancellationToken)
    {
        if (await replies.AnswerOfAsync(messageId, cancellationToken) is not { } answer)
        {
            NotTold(messageId, "UnknownAnswer");
            return;
        }

        if (answer.IsTold)
        {
            return;
        }

        string? name = await replies.NameOfAsync(answer.Conversation, cancellationToken);
        string? refusal = answer is { InstanceId: { } instance, ContactId: { } contact }
            ? await agents.TellAsync(instance, contact, Notice.Of(name, answer.Words, cause, title), $"not-delivered-{messageId}", cancellationToken)
            : "NoInstance";
        if (refusal is null)
        {
            Telemetry.CountTold($"{cause}");
            log.AgentTold(messageId, cause);
        }
        else
        {
            NotTold(messageId, refusal);
        }

        await replies.NoteToldAsync(messageId, cancellationToken);
    }

    private void NotTold(string messageId, string reason)
    {
        Telemetry.CountUntold(reason);
        log.AgentNotTold(messageId, reason);
    }
}
