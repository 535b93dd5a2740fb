using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MovieSir.Tests.Infrastructure;

/// <summary>Asks a server on this machine, in its own protocol, whether it takes clients: an open port does not say so.</summary>
internal static class ServerProbe
{
    private const int PostgresProtocolVersion3 = 3 << 16;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>True once PostgreSQL asks for a password; while it starts or recovers it answers with an error instead.</summary>
    public static Task<bool> PostgresAnswersAsync(int port, CancellationToken cancellationToken)
    {
        var parameters = Encoding.ASCII.GetBytes("user\0postgres\0database\0moviesir\0\0");
        var startup = new byte[8 + parameters.Length];
        BinaryPrimitives.WriteInt32BigEndian(startup, startup.Length);
        BinaryPrimitives.WriteInt32BigEndian(startup.AsSpan(4), PostgresProtocolVersion3);
        parameters.CopyTo(startup, 8);
        return AnswersAsync(port, startup, "R"u8.ToArray(), cancellationToken);
    }

    /// <summary>True once Redis answers <c>PING</c>; while it loads its data it answers with an error instead.</summary>
    public static Task<bool> RedisAnswersAsync(int port, string password, CancellationToken cancellationToken) => AnswersAsync(
        port, Encoding.ASCII.GetBytes($"AUTH {password}\r\nPING\r\n"), "+OK\r\n+PONG"u8.ToArray(), cancellationToken);

    private static async Task<bool> AnswersAsync(int port, byte[] question, byte[] expected, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(question, limit.Token);
            var answer = new byte[expected.Length];
            await stream.ReadExactlyAsync(answer, limit.Token);
            return answer.AsSpan().SequenceEqual(expected);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
