using Amazon.LimitedFeed;

namespace Amazon.SimpleNotificationService.Model;

public partial class BatchEntryIdsNotDistinctException : AmazonSimpleNotificationServiceException
{
    public BatchEntryIdsNotDistinctException(string message)
        : base(message) { }

    internal BatchEntryIdsNotDistinctException(Fault fault)
        : base(fault) { }
}

public partial class BatchRequestTooLongException : AmazonSimpleNotificationServiceException
{
    public BatchRequestTooLongException(string message)
        : base(message) { }

    internal BatchRequestTooLongException(Fault fault)
        : base(fault) { }
}

public partial class ConcurrentAccessException : AmazonSimpleNotificationServiceException
{
    public ConcurrentAccessException(string message)
        : base(message) { }

    internal ConcurrentAccessException(Fault fault)
        : base(fault) { }
}

public partial class EmptyBatchRequestException : AmazonSimpleNotificationServiceException
{
    public EmptyBatchRequestException(string message)
        : base(message) { }

    internal EmptyBatchRequestException(Fault fault)
        : base(fault) { }
}

public partial class FilterPolicyLimitExceededException : AmazonSimpleNotificationServiceException
{
    public FilterPolicyLimitExceededException(string message)
        : base(message) { }

    internal FilterPolicyLimitExceededException(Fault fault)
        : base(fault) { }
}

public partial class InvalidBatchEntryIdException : AmazonSimpleNotificationServiceException
{
    public InvalidBatchEntryIdException(string message)
        : base(message) { }

    internal InvalidBatchEntryIdException(Fault fault)
        : base(fault) { }
}

public partial class ReplayLimitExceededException : AmazonSimpleNotificationServiceException
{
    public ReplayLimitExceededException(string message)
        : base(message) { }

    internal ReplayLimitExceededException(Fault fault)
        : base(fault) { }
}

public partial class StaleTagException : AmazonSimpleNotificationServiceException
{
    public StaleTagException(string message)
        : base(message) { }

    internal StaleTagException(Fault fault)
        : base(fault) { }
}

public partial class SubscriptionLimitExceededException : AmazonSimpleNotificationServiceException
{
    public SubscriptionLimitExceededException(string message)
        : base(message) { }

    internal SubscriptionLimitExceededException(Fault fault)
        : base(fault) { }
}

public partial class TagLimitExceededException : AmazonSimpleNotificationServiceException
{
    public TagLimitExceededException(string message)
        : base(message) { }

    internal TagLimitExceededException(Fault fault)
        : base(fault) { }
}

public partial class TagPolicyException : AmazonSimpleNotificationServiceException
{
    public TagPolicyException(string message)
        : base(message) { }

    internal TagPolicyException(Fault fault)
        : base(fault) { }
}

public partial class TooManyEntriesInBatchRequestException : AmazonSimpleNotificationServiceException
{
    public TooManyEntriesInBatchRequestException(string message)
        : base(message) { }

    internal TooManyEntriesInBatchRequestException(Fault fault)
        : base(fault) { }
}

public partial class TopicLimitExceededException : AmazonSimpleNotificationServiceException
{
    public TopicLimitExceededException(string message)
        : base(message) { }

    internal TopicLimitExceededException(Fault fault)
        : base(fault) { }
}
