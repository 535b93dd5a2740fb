using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MovieSir.Bench.Load;

/// <summary>
/// One kept connection that sends prepared bytes and reads whole answers, with blocking calls: on the processors that the services also use, a load
/// generator must cost next to nothing.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
    private byte[] _buffer = new byte[64 * 1024];

    public Connection(Uri address)
    {
        _socket.Connect(new DnsEndPoint(address.Host, address.Port));
    }

    /// <summary>The bytes of a POST of JSON.</summary>
    public static byte[] Request(LoadTarget target, ReadOnlySpan<byte> body)
    {
        var head = $"POST {target.Address.AbsolutePath} HTTP/1.1\r\nHost: {target.Address.Authority}\r\nContent-Type: application/json\r\n"
            + (target.ApiKey is null ? "" : $"X-API-Key: {target.ApiKey}\r\n")
            + $"Content-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    /// <returns>The status and the length of head and body.</returns>
    public (int Status, int Bytes) Exchange(byte[] request)
    {
        _socket.Send(request);
        var length = 0;
        var body = -1;
        var end = -1;
        var chunked = false;
        while (end < 0 || length < end)
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * length);
            }

            var read = _socket.Receive(_buffer.AsSpan(length));
            if (read == 0)
            {
                throw new IOException("The service closed the connection in the middle of an answer.");
            }

            length += read;
            if (body < 0)
            {
                var head = _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
                if (head < 0)
                {
                    continue;
                }

                body = head + 4;
                chunked = !TryContentLength(_buffer.AsSpan(0, head), out var bytes);
                end = chunked ? -1 : body + bytes;
            }

            // The last chunk is empty, and JSON holds no bare line break.
            if (chunked && _buffer.AsSpan(body, length - body).EndsWith("0\r\n\r\n"u8))
            {
                end = length;
            }
        }

        return (((_buffer[9] - '0') * 100) + ((_buffer[10] - '0') * 10) + _buffer[11] - '0', length);
    }

    public void Dispose() => _socket.Dispose();

    private static bool TryContentLength(ReadOnlySpan<byte> head, out int bytes)
    {
        bytes = 0;
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        if (at < 0)
        {
            return false;
        }

        foreach (var digit in head[(at + name.Length)..])
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            bytes = (bytes * 10) + digit - '0';
        }

        return true;
    }
}
