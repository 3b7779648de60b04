using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;

namespace Simulation.Tests.World;

/// <summary>Amazon's client within a sandbox: what it is asked to invoke goes to the carrier.</summary>
internal sealed class SandboxLambda(Sandbox sandbox) : AmazonLambdaClient(new AnonymousAWSCredentials(), new AmazonLambdaConfig { ServiceURL = "http://lambda.invalid" })
{
    public override Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken = default)
    {
        using var payload = new MemoryStream();
        request.PayloadStream.CopyTo(payload);
        byte[] wakeUp = payload.ToArray();
        return sandbox.CallAsync("Invoke", () => Accept(wakeUp), Throttled, Throttled, cancellationToken);
    }

    private Task<InvokeResponse> Accept(byte[] wakeUp)
    {
        sandbox.Cloud.WakeUps.Accept(wakeUp, TimeSpan.Zero);
        return Task.FromResult(new InvokeResponse { StatusCode = 202 });
    }

    private static Exception Throttled() => new TooManyRequestsException("Rate exceeded");
}
