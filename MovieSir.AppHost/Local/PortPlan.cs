using System.Net;
using System.Net.Sockets;

namespace MovieSir.AppHost.Local;

/// <summary>Which port on 127.0.0.1 each service gets, checked to be free before anything starts.</summary>
internal sealed class PortPlan(LocalOptions options)
{
    public int For(string service)
    {
        if (options.FreePorts)
        {
            return Free();
        }

        var port = options.Ports[service];
        return IsFree(port)
            ? port
            : throw new LocalRunException(
                $"Port {port}, which {service} needs, is taken by another program. Stop that program, choose another port "
                + $"(--{service}-port NUMBER), or let MovieSir take free ones (--free-ports).");
    }

    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
