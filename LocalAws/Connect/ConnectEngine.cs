using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using LocalAws.Connect.Attachments;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.S3;

namespace LocalAws.Connect;

/// <summary>The chats of Amazon Connect: instances and flows, starting, streaming and ending. Safe for use by many threads.</summary>
/// <remarks>
/// The customer's side is <see cref="ConnectParticipant.ParticipantEngine"/>, the agent's side <see cref="AgentDesktop"/>. A chat ends when
/// somebody ends it, when its duration is over, and when its customer was not connected within five minutes.
/// </remarks>
public sealed partial class ConnectEngine : IDisposable
{
    private const int MaxTopicArn = 350;

    private readonly AwsAccount _account;
    private readonly DeliveryRouter _router;
    private readonly TimeProvider _time;
    private readonly RequestLimiter _limiter;
    private readonly ILogger _logger;

    /// <summary>Creates the service without instances.</summary>
    /// <param name="account">The account that owns the instances.</param>
    /// <param name="router">Leads to the topics that chats are streamed to.</param>
    /// <param name="time">The cloud's clock.</param>
    /// <param name="options">Defaults when null.</param>
    /// <param name="storage">Where attachments lie; a storage of its own when null.</param>
    /// <param name="logger">Where failures of streaming are told; nowhere when null.</param>
    public ConnectEngine(
        AwsAccount account, DeliveryRouter router, TimeProvider time, ConnectOptions? options = null, S3Engine? storage = null, ILogger<ConnectEngine>? logger = null)
    {
        _account = account;
        _router = router;
        _time = time;
        _logger = logger ?? NullLogger<ConnectEngine>.Instance;
        Options = options ?? new ConnectOptions();
        _limiter = new RequestLimiter(Options.Quotas, time);
        Directory = new ChatDirectory(Options, time);
        Attachments = new AttachmentStore(storage ?? new S3Engine(account, time), Options, Counters, time);
        AgentDesktop = new AgentDesktop(Directory, Attachments, Counters);
    }

    /// <summary>Through this the events of the agents' side are raised.</summary>
    internal Observers Observers
    {
        init => AgentDesktop.Observers = value;
    }

    /// <summary>The agents' side.</summary>
    public AgentDesktop AgentDesktop { get; }

    /// <summary>What has happened so far.</summary>
    public ConnectStatistics Statistics => Counters.Snapshot();

    internal ConnectOptions Options { get; }

    internal ChatDirectory Directory { get; }

    internal AttachmentStore Attachments { get; }

    internal ConnectCounters Counters { get; } = new();

    /// <summary>Registers an instance, or more flows of one.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="contactFlowIds">Its flows.</param>
    public void AddInstance(string instanceId, params IEnumerable<string> contactFlowIds) => Directory.AddInstance(instanceId, contactFlowIds);

    /// <summary>Lets files be attached in an instance, as they may be from the beginning here, or no longer, as on AWS until somebody enables it.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="areEnabled">Whether they may.</param>
    public void SetAttachments(string instanceId, bool areEnabled) => Directory.SetAttachments(instanceId, areEnabled);

    /// <summary>Starts a chat; a repeated client token answers the chat it started before.</summary>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="AwsException"><c>InvalidParameterException</c>, <c>InvalidRequestException</c>, <c>ResourceNotFoundException</c> (404), <c>LimitExceededException</c> (429) or <c>TooManyRequestsException</c> (429).</exception>
    public StartedChat StartChatContact(ChatRequest request)
    {
        TakeQuota("StartChatContact");
        ChatRules.Check(request, Options);
        (Chat chat, bool isNew) = Directory.Start(request, () => new Chat(request, Options, _time, TellAsync));
        if (isNew)
        {
            Interlocked.Increment(ref Counters.ChatsStarted);
            Interlocked.Add(ref Counters.MessagesIn, request.InitialMessage is null ? 0 : 1);
            chat.Open();
        }
        else
        {
            Interlocked.Increment(ref Counters.RepeatsAnswered);
        }

        return new StartedChat(chat.Id, chat.Customer.Id, chat.ParticipantToken);
    }

    /// <summary>Publishes what comes in a chat from now on to a topic, and answers the streaming id.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="contactId">The chat.</param>
    /// <param name="topicArn">A standard SNS topic; at most 350 characters.</param>
    /// <param name="clientToken">A repeat answers the same id; at most 500 characters.</param>
    /// <exception cref="AwsException"><c>InvalidParameterException</c>, <c>InvalidRequestException</c>, <c>ResourceNotFoundException</c> (404) or <c>TooManyRequestsException</c> (429).</exception>
    public string StartContactStreaming(string instanceId, string contactId, string topicArn, string clientToken)
    {
        TakeQuota("StartContactStreaming");
        ConnectError.Check.Required(topicArn, "chatStreamingConfiguration.streamingEndpointArn", 1, MaxTopicArn);
        ConnectError.Check.Required(clientToken, "clientToken", 0, 500);
        if (!topicArn.StartsWith("arn:aws:sns:", StringComparison.Ordinal) || topicArn.EndsWith(".fifo", StringComparison.Ordinal))
        {
            throw ConnectError.InvalidParameter("StreamingEndpointArn must be the ARN of a standard SNS topic.");
        }

        return Find(instanceId, contactId).StartStreaming(topicArn, clientToken) ?? throw ConnectError.InvalidRequest("The contact has ended.");
    }

    /// <summary>Stops publishing a chat to a topic.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="contactId">The chat.</param>
    /// <param name="streamingId">What <see cref="StartContactStreaming"/> answered.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c> (404) or <c>TooManyRequestsException</c> (429).</exception>
    public void StopContactStreaming(string instanceId, string contactId, string streamingId)
    {
        TakeQuota("StopContactStreaming");
        if (!Find(instanceId, contactId).StopStreaming(streamingId))
        {
            throw ConnectError.NotFound($"contact {contactId} has no streaming {streamingId}");
        }
    }

    /// <summary>The attributes of a chat, which also may have ended.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="contactId">The chat.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c> (404) or <c>TooManyRequestsException</c> (429).</exception>
    public IReadOnlyDictionary<string, string> GetContactAttributes(string instanceId, string contactId)
    {
        TakeQuota("GetContactAttributes");
        return Find(instanceId, contactId).Attributes.All;
    }

    /// <summary>Adds and replaces attributes of a chat, which also may have ended; those not named stay.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="contactId">The chat.</param>
    /// <param name="attributes">As for a start: 32,768 bytes at the most, together with those that the chat has.</param>
    /// <exception cref="AwsException"><c>InvalidParameterException</c>, <c>ResourceNotFoundException</c> (404) or <c>TooManyRequestsException</c> (429).</exception>
    public void UpdateContactAttributes(string instanceId, string contactId, IReadOnlyDictionary<string, string> attributes)
    {
        TakeQuota("UpdateContactAttributes");
        Find(instanceId, contactId).Attributes.Update(attributes);
    }

    /// <summary>What is known of a chat, which also may have ended.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="contactId">The chat.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c> (404) or <c>TooManyRequestsException</c> (429).</exception>
    public ContactDescription DescribeContact(string instanceId, string contactId)
    {
        TakeQuota("DescribeContact");
        Chat chat = Find(instanceId, contactId);
        return new ContactDescription(_account.Arn("connect", $"instance/{instanceId}/contact/{contactId}"), chat.Summary, chat.AgentId);
    }

    /// <summary>Tells users of an instance something in the header of their workspace; a repeated client token tells nothing again.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="recipients">ARNs of users or of the instance, 1 to 200.</param>
    /// <param name="content">The text by locale, such as <c>en_US</c>: 250 characters each.</param>
    /// <param name="priority"><c>HIGH</c> or <c>LOW</c>; null = low.</param>
    /// <param name="clientToken">At most 500 characters, or null.</param>
    /// <exception cref="AwsException"><c>InvalidParameterException</c>, <c>ResourceNotFoundException</c> (404) or <c>TooManyRequestsException</c> (429).</exception>
    public AgentNotification CreateNotification(
        string instanceId, IReadOnlyList<string> recipients, IReadOnlyDictionary<string, string> content, string? priority = null, string? clientToken = null)
    {
        TakeQuota("CreateNotification");
        Directory.CheckInstance(instanceId);
        NotificationRules.Check(_account.Arn("connect", $"instance/{instanceId}"), recipients, content, priority, clientToken);
        string id = Guid.NewGuid().ToString();
        return AgentDesktop.Notifications.Add(
            clientToken is null ? null : $"{instanceId} {clientToken}",
            new AgentNotification(id, _account.Arn("connect", $"instance/{instanceId}/notification/{id}"), recipients, content, priority ?? "LOW", _time.GetUtcNow()));
    }

    /// <summary>Ends a chat.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="contactId">The chat.</param>
    /// <exception cref="AwsException"><c>ContactNotFoundException</c> (410): the chat has ended or never was; <c>ResourceNotFoundException</c> (404): the instance; <c>TooManyRequestsException</c> (429).</exception>
    public void StopContact(string instanceId, string contactId)
    {
        TakeQuota("StopContact");
        Directory.CheckInstance(instanceId);
        if (Directory.Find(contactId) is not { } chat || chat.Request.InstanceId != instanceId || !chat.TryEnd(ContactEndReason.Stopped))
        {
            throw new AwsException("ContactNotFoundException", "The contact with the specified ID is not active or does not exist.", 410);
        }
    }

    /// <summary>Forgets all chats, as if none had ever been; instances, flows and counts stay.</summary>
    public void Clear()
    {
        foreach (Chat chat in Directory.Clear())
        {
            chat.Dispose();
        }

        Attachments.Clear();
        AgentDesktop.Notifications.Clear();
    }

    /// <summary>Stops the clocks of all chats.</summary>
    public void Dispose() => Clear();

    /// <summary>Whether the operation's request quota allows one more call; a refusal is counted.</summary>
    internal bool TryTakeQuota(string operation, string scope)
    {
        bool isGranted = _limiter.TryTake(operation, scope);
        Interlocked.Add(ref Counters.Throttled, isGranted ? 0 : 1);
        return isGranted;
    }

    private void TakeQuota(string operation)
    {
        if (!TryTakeQuota(operation, _account.Id))
        {
            throw ConnectError.Throttled();
        }
    }

    private Chat Find(string instanceId, string contactId)
    {
        Directory.CheckInstance(instanceId);
        return Directory.Find(contactId) is { } chat && chat.Request.InstanceId == instanceId
            ? chat
            : throw ConnectError.NotFound($"instance {instanceId} has no contact {contactId}");
    }

    private async Task TellAsync(ChatSignal signal)
    {
        try
        {
            if (signal.Item is { } item)
            {
                AgentDesktop.Raise(item);
                await PublishAsync(item, signal);
            }
            else
            {
                OnChanged(signal.Chat);
            }
        }
        catch (Exception e) // Nobody awaits a signal, and the next one must not wait for ever: what a handler throws ends here, logged.
        {
            LogSignalFailed(e, signal.Chat.Id);
        }
    }

    private async Task PublishAsync(TranscriptItem item, ChatSignal signal)
    {
        foreach (string topicArn in signal.TopicArns)
        {
            try
            {
                await _router.DeliverAsync(topicArn, ChatStreaming.Message(_account, signal.Chat.Request.InstanceId, item), CancellationToken.None);
            }
            catch (AwsException error)
            {
                Interlocked.Increment(ref Counters.StreamingFailures);
                LogStreamingFailed(error.Code, item.ContactId, topicArn);
            }
        }
    }

    private void OnChanged(Chat chat)
    {
        ContactSummary summary = chat.Summary;
        if (summary.State == ContactState.Ended)
        {
            Interlocked.Increment(ref Counters.ChatsEnded);
            if (Directory.OnEnded(chat) is { } forgotten)
            {
                Attachments.Forget(forgotten);
            }
        }

        AgentDesktop.Raise(summary);
    }

    [LoggerMessage(3202, LogLevel.Error, "A signal of contact {ContactId} failed")]
    private partial void LogSignalFailed(Exception error, string contactId);

    [LoggerMessage(3201, LogLevel.Warning, "{ErrorCode}: an item of contact {ContactId} could not be published to {TopicArn}")]
    private partial void LogStreamingFailed(string errorCode, string contactId, string topicArn);
}
