namespace LocalAws.Sns;

/// <summary>What has become of the messages so far. Published messages are counted once, the rest per subscription.</summary>
/// <param name="Published">Messages accepted.</param>
/// <param name="Delivered">Messages handed over to an endpoint, redeliveries included.</param>
/// <param name="FilteredOut">Messages that a filter policy kept from a subscription.</param>
/// <param name="Retries">Further attempts after an endpoint throttled or could not be reached.</param>
/// <param name="DeadLettered">Messages given up and sent to the subscription's dead-letter queue.</param>
/// <param name="Lost">Messages given up without a dead-letter queue, or that it did not take.</param>
public sealed record SnsStatistics(long Published, long Delivered, long FilteredOut, long Retries, long DeadLettered, long Lost);
