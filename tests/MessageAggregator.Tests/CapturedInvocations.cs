using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using WhatsAppBuffer.Contracts;

namespace MessageAggregator.Tests;

/// <summary>Amazon's client, which keeps what it is asked to invoke instead of sending it.</summary>
internal sealed class CapturedInvocations() : AmazonLambdaClient(new BasicAWSCredentials("any", "any"), new AmazonLambdaConfig { ServiceURL = "http://127.0.0.1:9" })
{
    private readonly List<AggregatedEvent> _events = [];

    /// <summary>Customers whose invocations fail.</summary>
    public HashSet<string> FailingCustomers { get; } = [];

    public IReadOnlyList<AggregatedEvent> Events
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public override Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken = default)
    {
        Assert.Equal(InvocationType.Event, request.InvocationType);
        Assert.Equal("whatsapp_event_handler", request.FunctionName);
        AggregatedEvent aggregated = System.Text.Json.JsonSerializer.Deserialize<AggregatedEvent>(request.PayloadStream)!;
        if (FailingCustomers.Contains(aggregated.Aggregation!.Customer))
        {
            throw new TooManyRequestsException("Rate exceeded");
        }

        lock (_events)
        {
            _events.Add(aggregated);
        }

        return Task.FromResult(new InvokeResponse { StatusCode = 202 });
    }
}
