using System.Text.Json;
using WhatsAppBuffer.Contracts.Joining;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>Finds which messages of an aggregate become one message of the agent's. Texts were joined by the aggregator.</summary>
internal static class Albums
{
    /// <summary>Places of messages that belong together, in order; most of them stand for themselves.</summary>
    /// <param name="messages">Of an aggregate.</param>
    /// <param name="shown">Places of those that are to be shown.</param>
    /// <param name="view">Whether and when files belong together; those that are attached stand for themselves.</param>
    public static IEnumerable<IReadOnlyList<int>> In(IReadOnlyList<JsonElement> messages, IEnumerable<int> shown, PartView view)
    {
        List<int> together = [];
        foreach (int message in shown)
        {
            if (together.Count > 0 && !BelongTogether(messages[together[^1]], messages[message], view))
            {
                yield return together;
                together = [];
            }

            together.Add(message);
        }

        if (together.Count > 0)
        {
            yield return together;
        }
    }

    private static bool BelongTogether(JsonElement one, JsonElement next, PartView view) =>
        view.FileOf(one) is null && view.FileOf(next) is null && JoiningRule.JoinsFiles(SeenMessage.Of(one), SeenMessage.Of(next), view.Joining);
}
