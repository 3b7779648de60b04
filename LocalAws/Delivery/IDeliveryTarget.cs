namespace LocalAws.Delivery;

/// <summary>A message on its way from one service to a resource of another: a destination record, a notification, a dead letter.</summary>
/// <param name="Body">The text.</param>
public sealed record DeliveryMessage(string Body)
{
    /// <summary>Attributes by name.</summary>
    public IReadOnlyDictionary<string, DeliveryAttribute> Attributes { get; init; } = new Dictionary<string, DeliveryAttribute>();

    /// <summary>What it is called in a bucket; null when it is not for one.</summary>
    public string? ObjectKey { get; init; }
}

/// <summary>One attribute of a message.</summary>
/// <param name="DataType"><c>String</c>, <c>Number</c>, <c>Binary</c> or <c>String.Array</c>.</param>
/// <param name="Value">The value; Binary in base64.</param>
public sealed record DeliveryAttribute(string DataType, string Value);

/// <summary>A kind of resource that other services can hand messages to: an SQS queue, an SNS topic, a Lambda function.</summary>
public interface IDeliveryTarget
{
    /// <summary>Whether the ARN names a resource of this kind (it need not exist).</summary>
    /// <param name="arn">The resource's ARN.</param>
    bool Owns(string arn);

    /// <summary>Hands a message over: sends it (SQS), publishes it (SNS) or invokes with it asynchronously (Lambda).</summary>
    /// <param name="arn">The resource's ARN.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the handing over.</param>
    /// <exception cref="Endpoint.AwsException">The resource does not exist or refuses the message.</exception>
    Task DeliverAsync(string arn, DeliveryMessage message, CancellationToken cancellationToken);
}

/// <summary>Hands messages to whatever their ARN names.</summary>
public sealed class DeliveryRouter
{
    private readonly List<IDeliveryTarget> _targets = [];

    /// <summary>Adds a kind of resource; done once, while the cloud is put together.</summary>
    /// <param name="target">The kind.</param>
    public void Add(IDeliveryTarget target) => _targets.Add(target);

    /// <summary>Hands a message over.</summary>
    /// <param name="arn">The resource's ARN.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the handing over.</param>
    /// <exception cref="Endpoint.AwsException"><c>InvalidParameterValueException</c> when no imitated service owns the ARN; or the target's own error.</exception>
    public Task DeliverAsync(string arn, DeliveryMessage message, CancellationToken cancellationToken) =>
        (_targets.Find(t => t.Owns(arn)) ?? throw new Endpoint.AwsException(
            "InvalidParameterValueException",
            $"'{arn}' names no resource that this local cloud can deliver to. Use the ARN of an SQS queue, an SNS topic, a Lambda function or an S3 bucket."))
        .DeliverAsync(arn, message, cancellationToken);
}
