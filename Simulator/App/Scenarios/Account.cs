namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>What became of a message.</summary>
internal enum Fate
{
    /// <summary>The agent saw it once, in its customer's order.</summary>
    Delivered,

    /// <summary>It was a dead letter, was sent again, and the agent saw it once; its place in the order is gone.</summary>
    Redriven,

    /// <summary>It lies in a dead-letter queue, with a reason.</summary>
    DeadLettered,

    /// <summary>Its type shows the agent no text, or its customer edited or deleted it before: only its transport can be judged.</summary>
    NotShown,

    /// <summary>
    /// The agent saw it once, but after something that its customer wrote later: it was stored after that and was handed over in a later batch.
    /// Mostly a longer buffer would have waited for it. A batch that failed comes again in two halves, though, and then no buffer helps.
    /// </summary>
    Late,

    /// <summary>The agent saw it once, but after something that its customer wrote later, though the pipeline had both.</summary>
    OutOfOrder,

    /// <summary>The agent saw it more than once.</summary>
    Doubled,

    /// <summary>The agent did not see it, and no dead letter has it.</summary>
    Lost,
}

/// <summary>One message and what became of it.</summary>
/// <param name="Message">The message.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="DeliveredAt">When the agent saw it first; null when never.</param>
/// <param name="Reason">Why it was a dead letter, or when it was stored if that was too late; else null.</param>
internal sealed record MessageFate(RunMessage Message, Fate Fate, DateTimeOffset? DeliveredAt, string? Reason)
{
    /// <summary>From being sent to being seen.</summary>
    public TimeSpan? Wait => DeliveredAt - Message.Sent.SentAt;
}

/// <summary>What became of every single message of a run.</summary>
/// <param name="Fates">One for each message id, in its customer's order.</param>
/// <param name="Surplus">Customers of whom the agent saw text that nobody sent, or not there: what was said in private is nothing for a group's chat.</param>
internal sealed record Account(IReadOnlyList<MessageFate> Fates, IReadOnlyList<string> Surplus)
{
    public static Account Of(ScenarioRun run)
    {
        HashSet<string> ids = [.. run.Messages.Select(message => message.Sent.Id)];
        Dictionary<string, string> dead = DeadLetterReading.Reasons(run.DeadLetters, ids);
        Dictionary<string, string> redriven = DeadLetterReading.Reasons(run.Redriven, ids);
        var fates = new List<MessageFate>();
        var surplus = new List<string>();
        IReadOnlyList<Correspondence> conversations = run.Correspondences();
        ILookup<string, Correspondence> ofCustomer = conversations
            .SelectMany(conversation => conversation.Messages.Select(message => message.Sent.Customer).Distinct().Select(name => (Name: name, Conversation: conversation)))
            .ToLookup(pair => pair.Name, pair => pair.Conversation);
        foreach (Correspondence conversation in conversations)
        {
            RunMessage[] messages = [.. conversation.Messages.DistinctBy(message => message.Sent.Id)];
            string[] writers = [.. messages.Select(message => message.Sent.Customer).Distinct()];
            string[] texts = [.. messages.Select(message => message.Line.ExpectedText ?? "")];
            TranscriptReading reading = Read(texts);
            fates.AddRange(Judge(run, messages, Sightings(messages, reading), dead, redriven));
            string[] elsewhere = [.. writers.SelectMany(name => ofCustomer[name]).Where(other => other != conversation).SelectMany(other => other.Messages).Select(message => message.Line.ExpectedText).OfType<string>().Except(texts)];
            bool hasOthers = elsewhere.Length > 0 && Read([.. texts, .. elsewhere]).Sightings.Any(sighting => sighting.Text >= texts.Length);
            if (hasOthers || (reading.UnknownCharacters > 0 && messages.All(message => message.Line.IsPlain)))
            {
                surplus.Add(messages[0].Sent.Customer);
            }

            TranscriptReading Read(IReadOnlyList<string> wanted) => TranscriptReading.Read(run.TranscriptOf(conversation), wanted, conversation.IsGroup ? writers : []);
        }

        surplus.AddRange(run.Chats.Where(chat => ofCustomer.Contains(chat.CustomerName) && !conversations.Any(conversation => conversation.Has(chat))).Select(chat => chat.CustomerName));
        return new Account(fates, surplus);
    }

    public IEnumerable<MessageFate> With(params Fate[] fates) => Fates.Where(fate => fates.Contains(fate.Fate));

    /// <summary>When each message was seen. Of messages with the same text the first was seen first.</summary>
    private static List<(int Place, DateTimeOffset At)>[] Sightings(RunMessage[] messages, TranscriptReading reading)
    {
        var sightings = messages.Select(_ => new List<(int, DateTimeOffset)>()).ToArray();
        var twins = Enumerable.Range(0, messages.Length).ToLookup(index => messages[index].Line.ExpectedText ?? "");
        foreach ((int place, Sighting sighting) in reading.Sightings.Index())
        {
            int[] same = [.. twins[messages[sighting.Text].Line.ExpectedText!]];
            int owner = same.FirstOrDefault(index => sightings[index].Count == 0, same[^1]);
            sightings[owner].Add((place, sighting.At));
        }

        return sightings;
    }

    private static IEnumerable<MessageFate> Judge(
        ScenarioRun run, RunMessage[] messages, List<(int Place, DateTimeOffset At)>[] sightings, Dictionary<string, string> dead, Dictionary<string, string> redriven)
    {
        // Edited or deleted before an agent could see it: then they read something else, or nothing.
        HashSet<string> corrected = [.. messages.Select(message => message.Line.Request).Where(request => request.Type is "edit" or "revoke").Select(request => request.Content?["original_message_id"]?.ToString()).OfType<string>()];
        int[] once = [.. Enumerable.Range(0, messages.Length).Where(index => sightings[index].Count == 1 && !redriven.ContainsKey(messages[index].Sent.Id))];
        HashSet<int> inOrder = [.. Ordering.LongestRising([.. once.Select(index => sightings[index][0].Place)]).Select(position => once[position])];
        for (int index = 0; index < messages.Length; index++)
        {
            string id = messages[index].Sent.Id;
            Fate fate = sightings[index].Count switch
            {
                0 when dead.ContainsKey(id) => Fate.DeadLettered,
                0 when messages[index].Line.ExpectedText is null || corrected.Contains(id) => Fate.NotShown,
                0 => Fate.Lost,
                1 when redriven.ContainsKey(id) => Fate.Redriven,
                1 => OrderOf(index),
                _ => Fate.Doubled,
            };
            string? reason = dead.GetValueOrDefault(id) ?? redriven.GetValueOrDefault(id) ?? (fate == Fate.Late ? Lateness(run, id) : null);
            yield return new MessageFate(messages[index], fate, sightings[index].Count > 0 ? sightings[index][0].At : null, reason);
        }

        Fate OrderOf(int index)
        {
            int place = sightings[index][0].Place;
            int[] overtookIt = [.. once.Where(other => other > index && sightings[other][0].Place < place)];
            if (overtookIt.Length > 0 && overtookIt.All(other => CameLater(index, other)))
            {
                return Fate.Late;
            }

            // Where several late messages follow one that was in time, the longest rising sequence is theirs: it is not the one to blame.
            bool overtookLateOnesOnly = overtookIt.Length == 0 && once.Where(other => other < index && sightings[other][0].Place > place).All(other => CameLater(other, index));
            return overtookLateOnesOnly || inOrder.Contains(index) ? Fate.Delivered : Fate.OutOfOrder;
        }

        bool CameLater(int index, int other) =>
            run.Times.GetValueOrDefault(messages[index].Sent.Id) is { } times && run.Times.GetValueOrDefault(messages[other].Sent.Id) is { } others
            && times.StoredAt > others.StoredAt && times.HandedOverAt > others.HandedOverAt;
    }

    private static string? Lateness(ScenarioRun run, string id) =>
        run.Times.GetValueOrDefault(id) is { SentAt: { } sent, StoredAt: { } stored } ? $"stored {(stored - sent).TotalSeconds:0} s after it was sent" : null;
}
