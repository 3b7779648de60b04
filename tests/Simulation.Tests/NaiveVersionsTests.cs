using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Simulation.Tests.World;
using WhatsAppBuffer.ConnectEventHandler.Replies;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Topology;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Release;
using WhatsAppEventHandler.Tests.World;
using KnownAnswer = WhatsAppBuffer.ConnectEventHandler.Replies.Answer;

namespace Simulation.Tests;

/// <summary>A simulation that finds nothing proves nothing: here the system is made worse in ways that look right, and each must be found out.</summary>
public class NaiveVersionsTests
{
    private const int Seeds = 200;

    [Fact]
    public void An_aggregator_without_a_watermark_shows_messages_twice() =>
        AssertFound(Law.Doubled, rush => rush.Cloud.Rewrite = WithoutWatermark);

    [Fact]
    public void A_handler_that_removes_before_it_sends_loses_messages() =>
        AssertFound(Law.Lost, rush => rush.Cloud.Outbox = outbox => new RemovingFirst(outbox));

    [Fact]
    public void A_handler_without_a_lease_scatters_a_conversation() => AssertFound(Law.Scattered, rush =>
    {
        rush.Cloud.Chats = chats => new WithoutLease(chats);
        rush.Cloud.Latency = () => TimeSpan.FromMilliseconds(rush.Cloud.Steps[^1].EndsWith("Query", StringComparison.Ordinal) ? rush.Cloud.Random.Next(10_000) : 5);
    });

    [Fact]
    public void A_wake_up_that_is_lost_without_a_sweep_leaves_messages_waiting() =>
        AssertFound(Law.Waiting, rush =>
        {
            rush.Cloud.WakeUps = new SimulatedQueue(rush.Cloud, FunctionSpecs.WhatsAppEventHandler) { Loss = 0.3 };
            rush.Cloud.HasSweep = false;
        });

    [Fact]
    public void An_aggregator_that_does_not_read_which_wake_ups_a_batch_did_not_take_leaves_messages_waiting() =>
        AssertFound(Law.Waiting, rush =>
        {
            rush.Cloud.HidesFailedEntries = true;
            rush.Cloud.HasSweep = false;
        });

    [Fact]
    public void A_mapping_that_does_not_hear_which_messages_failed_loses_them() =>
        AssertFound(Law.Lost, rush => rush.Cloud.Sns = new SimulatedQueue(rush.Cloud, FunctionSpecs.OnRawMessages) { IgnoresAnswers = true, LongestDelay = TimeSpan.FromSeconds(5) });

    /// <summary>As it was: the whole aggregate in the letter, which a redrive gives a new id, so that Connect does not know its client tokens.</summary>
    [Fact]
    public void A_redrive_of_a_whole_aggregate_shows_what_was_not_refused_twice() => AssertFound(Law.Doubled, rush =>
    {
        Dictionary<string, JsonObject> aggregates = [];
        rush.WithRefusals().Cloud.WakeUps = new Overheard(rush.Cloud.WakeUps, wakeUp => aggregates[wakeUp["aggregation"]!["id"]!.GetValue<string>()] = wakeUp);
        rush.Cloud.EventOf = letter =>
        {
            JsonObject whole = aggregates[letter.Item.AggregationId].DeepClone().AsObject();
            whole.Remove("aggregation");
            return whole.ToJsonString();
        };
    }, Wiring.Guide);

    /// <summary>The letter goes out, the sandbox dies, and the next invocation does not know of it: nothing stands in the outbox but what was accepted.</summary>
    [Fact]
    public void A_handler_that_forgets_a_refusal_shows_a_part_twice() => AssertFound(Law.Doubled, rush =>
    {
        rush.WithRefusals().Cloud.Outbox = outbox => new Forgetful(outbox);
        rush.Cloud.Connect.Fail = (operation, text) => rush.Cloud.Refuses.Contains(text) && rush.Cloud.Random.Next(2) == 0 ? FakeConnect.Refused(operation) : null;
    });

    /// <summary>
    /// The upload is completed, the sandbox dies or the answer is lost, and the next invocation, which knows of no upload, makes another: Connect tells the two apart
    /// from each other, not from one another's content.
    /// </summary>
    [Fact]
    public void A_handler_that_notes_no_upload_attaches_files_twice() =>
        AssertFound(Law.Doubled, rush => rush.WithFiles().Cloud.Outbox = outbox => new ForgettingUploads(outbox));

    [Fact]
    public void A_file_that_follows_and_is_not_put_with_the_line_that_says_so_is_lost() =>
        AssertFound(Law.Lost, rush => rush.WithFiles().Cloud.Outbox = outbox => new LosingLateFiles(outbox));

    [Fact]
    public void A_redrive_of_a_batch_that_does_not_ask_what_was_handed_over_shows_messages_twice() =>
        AssertFound(Law.Doubled, rush => rush.WithOutage().AsksFirst = false);

    /// <summary>
    /// Two ids of one person are two partitions, and may be two shards: the watermark of one conversation then says nothing about the other
    /// shard's records, and drops those with lower sequence numbers.
    /// </summary>
    [Fact]
    public void Two_raw_keys_that_feed_one_conversation_lose_messages() =>
        AssertFound(Law.Lost, rush => rush.Cloud.ConversationOf = _ => "person");

    /// <summary>A copy of a message may be stored by a sandbox that does not know yet whose id it is, and another by one that does.</summary>
    [Fact]
    public void A_store_that_keeps_no_place_where_a_copy_may_come_shows_messages_twice() => AssertFound(Law.Doubled, rush => rush.WithUserIds().Cloud.Rewrite = WithoutPlaces);

    [Fact]
    public void Links_that_overwrite_each_other_show_messages_twice() => AssertFound(Law.Doubled, rush => rush.WithUserIds().Cloud.Rewrite = WithoutConditionsOfAliases);

    [Fact]
    public void Answers_that_are_not_noted_before_they_are_sent_come_twice_and_nobody_says_so() =>
        AssertFound(Law.Doubled, rush => rush.WithAnswers().Cloud.Rewrite = WithoutIntent);

    /// <summary>As it was: a request to note a part stands still for longer than the lease, and is the second to find the part not begun.</summary>
    [Fact]
    public void Answers_whose_notes_may_overtake_each_other_come_twice_and_nobody_says_so() => AssertFound(Law.Doubled, rush =>
    {
        Func<string, Trouble> trouble = rush.WithAnswers().Cloud.Trouble;
        rush.Cloud.Rewrite = WithoutOrderOfNotes;
        rush.Cloud.Trouble = step => step == $"{FunctionSpecs.ConnectEventHandler.Name}: UpdateItem" && rush.Cloud.Random.Next(5) == 0 ? Trouble.Stall : trouble(step);
    });

    /// <summary>As it was: a contact's row, and the address only with the chat. The flow's greeting comes between the two.</summary>
    [Fact]
    public void Chats_that_are_streamed_before_their_address_is_noted_put_greetings_aside() =>
        AssertFound(Law.PutAside, rush => rush.WithAnswers().Cloud.Rewrite = WithoutAddressBeforeTheChat);

    [Fact]
    public void An_agent_who_counts_as_told_before_he_is_may_never_be() => AssertFound(Law.Untold, rush => rush.WithReluctance().Cloud.Replies = replies => new NotingFirst(replies));

    [Fact]
    public void Answers_that_are_removed_before_they_are_sent_are_lost() => AssertFound(Law.Lost, rush => rush.WithAnswers().Cloud.Replies = replies => new RemovingAnswersFirst(replies));

    /// <summary>What waits is joined by whoever delivers it, without a note of what that was.</summary>
    [Fact]
    public void What_is_let_go_without_a_seal_is_shown_twice() => AssertFound(Law.Doubled, rush => rush.WithQuiet().Cloud.Outbox = outbox => new Unsealed(outbox));

    /// <summary>What a window did not join is joined by whoever delivers it, without a note of what that was.</summary>
    [Fact]
    public void Corrected_windows_that_are_let_go_without_a_seal_are_shown_twice() => AssertFound(Law.Doubled, rush => rush.WithEdits().Cloud.Outbox = outbox => new Unsealed(outbox));

    /// <summary>One conversation's batch comes again, and what its watermark says is believed of the others that were written with it.</summary>
    [Fact]
    public void Conversations_that_are_written_together_and_refused_together_lose_messages() => AssertFound(Law.Lost, rush =>
    {
        Func<string, Trouble> trouble = rush.WithCrowd().Cloud.Trouble;
        rush.Cloud.AnswersTransactionsTogether = true;
        int budget = 20;
        rush.Cloud.Trouble = step => step == $"{FunctionSpecs.MessageAggregator.Name}: TransactWriteItems" && budget-- > 0 && rush.Cloud.Random.Next(2) == 0 ? Trouble.Refuse : trouble(step);
    });

    /// <summary>Files that are sent in their place, whether WhatsApp has them or not.</summary>
    [Fact]
    public void Files_that_are_not_waited_for_are_lost() => AssertFound(Law.Lost, rush => rush.WithFilesOfAgents().Cloud.Rewrite = WithoutWaitingForFiles);

    private static void AssertFound(string breach, Action<Rush> change, Wiring wiring = Wiring.Queues)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            using var rush = new Rush(seed, wiring);
            change(rush);
            if (rush.Run().Any(found => found.Contains(breach, StringComparison.Ordinal)))
            {
                return;
            }
        }

        Assert.Fail($"Not found in {Seeds} rushes: {breach}.");
    }

    private static void WithoutWatermark(AmazonDynamoDBRequest request)
    {
        foreach (TransactWriteItem item in (request as TransactWriteItemsRequest)?.TransactItems ?? [])
        {
            if (item.Update is { ConditionExpression: { } condition } advance && condition.Contains("handedOverThrough", StringComparison.Ordinal) && !condition.Contains("attribute_exists", StringComparison.Ordinal))
            {
                advance.ConditionExpression = $"{condition} OR attribute_exists(handedOverThrough)";
            }
        }
    }

    private static void WithoutAddressBeforeTheChat(AmazonDynamoDBRequest request)
    {
        if (request is UpdateItemRequest { UpdateExpression: { } update } announcement && update.StartsWith("SET recipient", StringComparison.Ordinal))
        {
            announcement.UpdateExpression = "SET former = :recipient, formerNumber = :number";
        }
    }

    private static void WithoutIntent(AmazonDynamoDBRequest request)
    {
        if (request is UpdateItemRequest note && note.ExpressionAttributeValues?.ContainsKey(":underWay") is true)
        {
            note.ExpressionAttributeValues[":underWay"] = new AttributeValue { BOOL = false };
        }
    }

    private static void WithoutOrderOfNotes(AmazonDynamoDBRequest request)
    {
        if (request is UpdateItemRequest note && note.ExpressionAttributeValues?.ContainsKey(":underWay") is true)
        {
            note.ConditionExpression = "attribute_exists(#item) AND (attribute_not_exists(#done) OR #done <= :done)";
            note.ExpressionAttributeValues.Remove(":before");
        }
    }

    private static void WithoutWaitingForFiles(AmazonDynamoDBRequest request)
    {
        if (request is QueryRequest { FilterExpression: not null } waiting)
        {
            waiting.FilterExpression = null;
            waiting.ExpressionAttributeNames = new(waiting.ExpressionAttributeNames.Take(2));
        }
    }

    private static void WithoutPlaces(AmazonDynamoDBRequest request)
    {
        if (request is TransactWriteItemsRequest store && store.TransactItems.Exists(item => item.Put?.TableName == Tables.RawMessages.Name))
        {
            store.TransactItems.RemoveRange(1, store.TransactItems.Count - 1);
        }
    }

    private static void WithoutConditionsOfAliases(AmazonDynamoDBRequest request)
    {
        foreach (TransactWriteItem item in (request as TransactWriteItemsRequest)?.TransactItems ?? [])
        {
            if (item.Put is { } put && put.Item.TryGetValue(ConversationItems.SortKey, out AttributeValue? row) && row.S == ConversationItems.Alias)
            {
                put.ConditionExpression = null;
            }
        }
    }

    private class RemovingFirst(IOutbox outbox) : IOutbox
    {
        protected IOutbox Outbox => outbox;

        public Task AdmitAsync(OutboxItem item, CancellationToken cancellationToken) => outbox.AdmitAsync(item, cancellationToken);

        public Task<bool> ContainsAsync(string conversation, string sortKey, CancellationToken cancellationToken) =>
            outbox.ContainsAsync(conversation, sortKey, cancellationToken);

        public virtual async Task<IReadOnlyList<OutboxItem>> WaitingAsync(string conversation, CancellationToken cancellationToken)
        {
            IReadOnlyList<OutboxItem> waiting = await outbox.WaitingAsync(conversation, cancellationToken);
            foreach (OutboxItem item in waiting)
            {
                await outbox.RemoveAsync(item, cancellationToken);
            }

            return waiting;
        }

        public virtual Task<bool> TrySealAsync(OutboxItem first, Seal seal, CancellationToken cancellationToken) => outbox.TrySealAsync(first, seal, cancellationToken);

        public virtual Task<bool> TryNoteAsync(OutboxItem item, DeliveryProgress progress, CancellationToken cancellationToken) =>
            outbox.TryNoteAsync(item, progress, cancellationToken);

        public Task<IReadOnlyList<OutboxItem>> FollowingAsync(string conversation, string sortKey, CancellationToken cancellationToken) =>
            outbox.FollowingAsync(conversation, sortKey, cancellationToken);

        public virtual Task<bool> TryNoteFileAsync(OutboxItem item, int done, FileNote note, FileNote? before, OutboxItem? follows, CancellationToken cancellationToken) =>
            outbox.TryNoteFileAsync(item, done, note, before, follows, cancellationToken);

        public Task RemoveAsync(OutboxItem item, CancellationToken cancellationToken) => outbox.RemoveAsync(item, cancellationToken);
    }

    private sealed class Forgetful(IOutbox outbox) : RemovingFirst(outbox)
    {
        public override Task<IReadOnlyList<OutboxItem>> WaitingAsync(string conversation, CancellationToken cancellationToken) => Outbox.WaitingAsync(conversation, cancellationToken);

        public override Task<bool> TryNoteAsync(OutboxItem item, DeliveryProgress progress, CancellationToken cancellationToken) =>
            progress.Refusal is null ? Outbox.TryNoteAsync(item, progress, cancellationToken) : Task.FromResult(true);
    }

    private class ForgettingUploads(IOutbox outbox) : RemovingFirst(outbox)
    {
        public override Task<IReadOnlyList<OutboxItem>> WaitingAsync(string conversation, CancellationToken cancellationToken) => Outbox.WaitingAsync(conversation, cancellationToken);

        public override Task<bool> TryNoteFileAsync(OutboxItem item, int done, FileNote note, FileNote? before, OutboxItem? follows, CancellationToken cancellationToken) =>
            note.Attachment is null ? Outbox.TryNoteFileAsync(item, done, note, before, follows, cancellationToken) : Task.FromResult(true);
    }

    private sealed class LosingLateFiles(IOutbox outbox) : ForgettingUploads(outbox)
    {
        public override Task<bool> TryNoteFileAsync(OutboxItem item, int done, FileNote note, FileNote? before, OutboxItem? follows, CancellationToken cancellationToken) =>
            Outbox.TryNoteFileAsync(item, done, note, before, follows: null, cancellationToken);
    }

    private sealed class Overheard(ICarrier carrier, Action<JsonObject> hear) : ICarrier
    {
        public void Accept(byte[] payload, TimeSpan delay)
        {
            JsonObject wakeUp = JsonNode.Parse(payload)!.AsObject();
            if (wakeUp.ContainsKey("aggregation"))
            {
                hear(wakeUp);
            }

            carrier.Accept(payload, delay);
        }
    }

    private sealed class WithoutLease(IChats chats) : IChats
    {
        public Task<ChatState?> TryTakeAsync(string conversation, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
            chats.TryTakeAsync(conversation, "everybody", now, until, cancellationToken);

        public async Task<bool> TryAnnounceAsync(string conversation, string owner, string contactId, ChatCustomer customer, CancellationToken cancellationToken)
        {
            await chats.TryTakeAsync(conversation, "everybody", default, default, cancellationToken);
            return await chats.TryAnnounceAsync(conversation, "everybody", contactId, customer, cancellationToken);
        }

        public async Task<bool> TrySaveAsync(string conversation, string owner, ChatState chat, CancellationToken cancellationToken)
        {
            await chats.TryTakeAsync(conversation, "everybody", default, default, cancellationToken);
            return await chats.TrySaveAsync(conversation, "everybody", chat, cancellationToken);
        }

        public Task<bool> TryReleaseAsync(string conversation, string owner, OutboxItem delivered, ChatState chat, CancellationToken cancellationToken) =>
            chats.TryReleaseAsync(conversation, "everybody", delivered, chat, cancellationToken);

        public Task ReleaseAsync(string conversation, string owner, CancellationToken cancellationToken) =>
            chats.ReleaseAsync(conversation, "everybody", cancellationToken);
    }

    private sealed class Unsealed(IOutbox outbox) : RemovingFirst(outbox)
    {
        public override Task<IReadOnlyList<OutboxItem>> WaitingAsync(string conversation, CancellationToken cancellationToken) => Outbox.WaitingAsync(conversation, cancellationToken);

        public override Task<bool> TrySealAsync(OutboxItem first, Seal seal, CancellationToken cancellationToken) => Task.FromResult(true);
    }

    private sealed class NotingFirst(IReplies replies) : PassingOn(replies)
    {
        public override async Task<KnownAnswer?> AnswerOfAsync(string messageId, CancellationToken cancellationToken)
        {
            KnownAnswer? answer = await base.AnswerOfAsync(messageId, cancellationToken);
            await NoteToldAsync(messageId, cancellationToken);
            return answer;
        }
    }

    private sealed class RemovingAnswersFirst(IReplies replies) : PassingOn(replies)
    {
        public override async Task<IReadOnlyList<Reply>> WaitingAsync(string conversation, CancellationToken cancellationToken)
        {
            IReadOnlyList<Reply> waiting = await base.WaitingAsync(conversation, cancellationToken);
            foreach (Reply reply in waiting)
            {
                await RemoveAsync(reply, cancellationToken);
            }

            return waiting;
        }

        public override async Task<Reply?> TryNoteAsync(Reply reply, int done, bool isUnderWay, CancellationToken cancellationToken) =>
            await base.TryNoteAsync(reply, done, isUnderWay, cancellationToken) ?? reply with { Progress = new ReplyProgress(done, isUnderWay, Note: "") };
    }

    private abstract class PassingOn(IReplies replies) : IReplies
    {
        public Task<string?> OwnerOfAsync(string contactId, CancellationToken cancellationToken) => replies.OwnerOfAsync(contactId, cancellationToken);

        public Task<Address?> AddressOfAsync(string conversation, CancellationToken cancellationToken) => replies.AddressOfAsync(conversation, cancellationToken);

        public Task<WhatsAppBuffer.ConnectEventHandler.Replies.Credentials?> CredentialsOfAsync(string conversation, CancellationToken cancellationToken) => replies.CredentialsOfAsync(conversation, cancellationToken);

        public Task<bool> TryTypeAsync(string conversation, DateTimeOffset now, TimeSpan pause, CancellationToken cancellationToken) => replies.TryTypeAsync(conversation, now, pause, cancellationToken);

        public Task<string?> NameOfAsync(string conversation, CancellationToken cancellationToken) => replies.NameOfAsync(conversation, cancellationToken);

        public Task AdmitAsync(Reply reply, KnownAnswer answer, CancellationToken cancellationToken) => replies.AdmitAsync(reply, answer, cancellationToken);

        public virtual Task<KnownAnswer?> AnswerOfAsync(string messageId, CancellationToken cancellationToken) => replies.AnswerOfAsync(messageId, cancellationToken);

        public Task NoteToldAsync(string messageId, CancellationToken cancellationToken) => replies.NoteToldAsync(messageId, cancellationToken);

        public Task<Reply?> FindAsync(Reply reply, CancellationToken cancellationToken) => replies.FindAsync(reply, cancellationToken);

        public Task NoteMediaAsync(Reply reply, string mediaId, CancellationToken cancellationToken) => replies.NoteMediaAsync(reply, mediaId, cancellationToken);

        public virtual Task<IReadOnlyList<Reply>> WaitingAsync(string conversation, CancellationToken cancellationToken) => replies.WaitingAsync(conversation, cancellationToken);

        public virtual Task<Reply?> TryNoteAsync(Reply reply, int done, bool isUnderWay, CancellationToken cancellationToken) => replies.TryNoteAsync(reply, done, isUnderWay, cancellationToken);

        public Task<bool> IsSentAsync(string messageId, int part, CancellationToken cancellationToken) => replies.IsSentAsync(messageId, part, cancellationToken);

        public Task RemoveAsync(Reply reply, CancellationToken cancellationToken) => replies.RemoveAsync(reply, cancellationToken);

        public Task<string?> TryTakeAsync(string conversation, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
            replies.TryTakeAsync(conversation, owner, now, until, cancellationToken);

        public Task ReleaseAsync(string conversation, string owner, string newestSent, CancellationToken cancellationToken) => replies.ReleaseAsync(conversation, owner, newestSent, cancellationToken);

        public Task EndChatAsync(string conversation, string contactId, CancellationToken cancellationToken) => replies.EndChatAsync(conversation, contactId, cancellationToken);
    }
}
