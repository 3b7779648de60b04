using System.Net;
using System.Net.Sockets;

namespace WhatsAppBuffer.AppHost.Choices;

/// <summary>Whether the port of the AWS endpoint can be had: Aspire's orchestrator says nothing where it cannot.</summary>
/// <param name="clock">Real time.</param>
/// <param name="output">Tells the developer why it waits.</param>
internal sealed class EndpointPort(TimeProvider clock, TextWriter output)
{
    /// <summary>The processes of an application that was stopped, its proxy among them, end within fifteen seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits until nobody listens on it.</summary>
    /// <exception cref="ChoiceException">Somebody still does when an application that was stopped would have ended.</exception>
    public async Task WhenFreeAsync(int port, CancellationToken cancellationToken)
    {
        if (IsFree(port))
        {
            return;
        }

        await output.WriteLineAsync($"Port {port} of 127.0.0.1 is in use. If an AppHost was stopped just now, its processes are still ending: waiting for them up to {Patience.TotalSeconds} seconds …");
        for (long began = clock.GetTimestamp(); clock.GetElapsedTime(began) < Patience;)
        {
            await Task.Delay(Poll, clock, cancellationToken);
            if (IsFree(port))
            {
                return;
            }
        }

        throw new ChoiceException($"--port {port} of 127.0.0.1 is in use, perhaps by ./wab.cs up or another AppHost. Stop that one, or choose another port: --port {(port < ushort.MaxValue ? port + 1 : port - 1)}.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}
