using System.Net;
using System.Net.Sockets;
using Amazon.Connect;
using Amazon.ConnectParticipant;
using Amazon.Runtime;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;

namespace WhatsAppEventHandler.Tests.Cloud;

public class UnreachableConnectTests
{
    [Fact]
    public async Task A_refused_connection_is_a_passing_failure()
    {
        Uri closed = ClosedPort();

        var failure = await Assert.ThrowsAsync<ConnectException>(() => Connect(closed).SendMessageAsync("token", "text", "client-token", default));

        Assert.Equal((ConnectFailure.Transient, "SendMessage"), (failure.Failure, failure.Operation));
    }

    [Fact]
    public async Task A_call_without_an_answer_is_a_passing_failure_after_its_time_out()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var failure = await Assert.ThrowsAsync<ConnectException>(() => Connect(new Uri($"http://{silent.LocalEndpoint}"), timeout: TimeSpan.FromMilliseconds(300)).ConnectAsync("token", default));

        Assert.Equal(ConnectFailure.Transient, failure.Failure);
    }

    [Fact]
    public async Task The_end_of_the_invocation_is_no_failure_of_Connect()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var end = new CancellationTokenSource();
        Task call = Connect(new Uri($"http://{silent.LocalEndpoint}")).ConnectAsync("token", end.Token);

        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static Uri ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    private static AmazonConnect Connect(Uri endpoint, TimeSpan? timeout = null) => new(
        new AmazonConnectClient(new AnonymousAWSCredentials(), Configure(new AmazonConnectConfig(), endpoint, timeout)),
        new AmazonConnectParticipantClient(new AnonymousAWSCredentials(), Configure(new AmazonConnectParticipantConfig(), endpoint, timeout)),
        new HttpClient(),
        TimeSpan.FromSeconds(1));

    private static T Configure<T>(T config, Uri endpoint, TimeSpan? timeout)
        where T : ClientConfig
    {
        config.ServiceURL = endpoint.ToString();
        config.AuthenticationRegion = "us-east-1";
        config.MaxErrorRetry = 0;
        config.Timeout = timeout ?? TimeSpan.FromMinutes(5);
        return config;
    }
}
