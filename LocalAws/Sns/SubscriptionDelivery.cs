using Microsoft.Extensions.Logging;
using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.Sns;

/// <summary>Brings one notification to one subscription: attempts, retries, dead-letter queue.</summary>
internal sealed partial class SubscriptionDelivery(DeliveryRouter router, TimeProvider time, SnsCounters counters, ILogger logger)
{
    public async Task DeliverAsync(Subscription subscription, Notification notification, CancellationToken cancellationToken)
    {
        try
        {
            if (await AttemptAsync(subscription, notification, cancellationToken) is { } failure)
            {
                await GiveUpAsync(subscription, notification, failure, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStopped(notification.MessageId, subscription.Arn);
        }
        catch (Exception e) // Nobody awaits a delivery: what an endpoint throws beyond its own errors ends here, counted and logged.
        {
            Interlocked.Increment(ref counters.Lost);
            LogBroken(e, notification.MessageId, subscription.Arn);
        }
    }

    private async Task<AwsException?> AttemptAsync(Subscription subscription, Notification notification, CancellationToken cancellationToken)
    {
        DeliveryMessage message = NotificationFormat.For(subscription, notification);
        for (int retry = 0; ; retry++)
        {
            try
            {
                if (retry > 0)
                {
                    Interlocked.Increment(ref counters.Retries);
                    await Task.Delay(DeliveryPolicy.DelayBefore(retry), time, cancellationToken);
                }

                await router.DeliverAsync(subscription.Endpoint, message, cancellationToken);
                Interlocked.Increment(ref counters.Delivered);
                return null;
            }
            catch (AwsException error) when (IsClientError(error) || retry == DeliveryPolicy.MaxRetries)
            {
                return error;
            }
            catch (AwsException error)
            {
                LogRetry(error.Code, notification.MessageId, subscription.Arn);
            }
        }
    }

    private async Task GiveUpAsync(Subscription subscription, Notification notification, AwsException failure, CancellationToken cancellationToken)
    {
        LogGivenUp(failure.Code, notification.MessageId, subscription.Arn, subscription.Attributes.DeadLetterTargetArn);
        if (subscription.Attributes.DeadLetterTargetArn is not { } queue)
        {
            Interlocked.Increment(ref counters.Lost);
            return;
        }

        await router.DeliverAsync(queue, DeadLetter(subscription, notification, failure), cancellationToken);
        Interlocked.Increment(ref counters.DeadLettered);
    }

    private static DeliveryMessage DeadLetter(Subscription subscription, Notification notification, AwsException failure) =>
        new(subscription.Attributes.RawMessageDelivery ? notification.BodyFor(subscription.Protocol) : NotificationFormat.Envelope(subscription, notification))
        {
            Attributes = new Dictionary<string, DeliveryAttribute>
            {
                ["ErrorCode"] = new("String", $"{failure.StatusCode}"),
                ["ErrorMessage"] = new("String", $"{failure.Code}: {failure.Message}"),
                ["RequestID"] = new("String", notification.MessageId),
            },
        };

    /// <summary>A deleted function or a missing queue stays so: AWS does not retry these.</summary>
    private static bool IsClientError(AwsException error) => error.StatusCode is >= 400 and < 500 and not 429;

    [LoggerMessage(3101, LogLevel.Debug, "{ErrorCode}: message {MessageId} will be tried again for {SubscriptionArn}")]
    private partial void LogRetry(string errorCode, string messageId, string subscriptionArn);

    [LoggerMessage(3102, LogLevel.Warning, "{ErrorCode}: message {MessageId} is given up for {SubscriptionArn}; dead-letter queue: {DeadLetterTargetArn}")]
    private partial void LogGivenUp(string errorCode, string messageId, string subscriptionArn, string? deadLetterTargetArn);

    [LoggerMessage(3103, LogLevel.Error, "Message {MessageId} is lost for {SubscriptionArn}")]
    private partial void LogBroken(Exception error, string messageId, string subscriptionArn);

    [LoggerMessage(3104, LogLevel.Debug, "Message {MessageId} was on its way to {SubscriptionArn} when the cloud stopped")]
    private partial void LogStopped(string messageId, string subscriptionArn);
}
