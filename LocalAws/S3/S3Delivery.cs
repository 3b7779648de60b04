using System.Text;
using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.S3;

/// <summary>Takes messages into buckets, as objects of the name that they bring.</summary>
internal sealed class S3Delivery(S3Engine engine) : IDeliveryTarget
{
    private const string Prefix = "arn:aws:s3:::";

    public bool Owns(string arn) => arn.StartsWith(Prefix, StringComparison.Ordinal);

    public Task DeliverAsync(string arn, DeliveryMessage message, CancellationToken cancellationToken)
    {
        string key = message.ObjectKey ?? throw new AwsException("InvalidParameterValueException", $"This local cloud delivers only batches given up by event source mappings to '{arn}'.");
        engine.PutObject(arn[Prefix.Length..], key, Encoding.UTF8.GetBytes(message.Body), "application/octet-stream");
        return Task.CompletedTask;
    }
}
