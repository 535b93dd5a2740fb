using System.Net;
using System.Net.Sockets;

namespace MovieSir.Tests.Infrastructure;

/// <summary>A port on 127.0.0.1 that refuses connections, and that nobody else gets, until it is released to the server that it is for.</summary>
internal sealed class ReservedPort : IDisposable
{
    // Bound, and not listening.
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ReservedPort()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Number = ((IPEndPoint)_socket.LocalEndPoint!).Port;
    }

    public int Number { get; }

    /// <summary>Between this and the server's own bind the port is free for a moment.</summary>
    public void Release() => _socket.Dispose();

    public void Dispose() => Release();
}
