using System.Buffers.Binary;
using System.Buffers.Text;

namespace MovieSir.Api.Console.Logs;

/// <summary>A place in the log, between one row and the next older one. Rows that come meanwhile do not move it.</summary>
internal readonly record struct LogCursor(DateTimeOffset OccurredAt, Guid LogId)
{
    private const int IdBytes = 16;
    private const int Bytes = sizeof(long) + IdBytes;

    public override string ToString()
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (OccurredAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        LogId.TryWriteBytes(bytes.AsSpan(sizeof(long)), bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads what <see cref="ToString"/> writes; null where the text is nothing of it.</summary>
    public static LogCursor? Read(string? text)
    {
        var bytes = new byte[Bytes];
        if (text is null || !Base64Url.IsValid(text, out var length) || length != Bytes || !Base64Url.TryDecodeFromChars(text, bytes, out _))
        {
            return null;
        }

        var microseconds = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return microseconds is >= 0 and < 253_402_300_800_000_000 // the year 10000
            ? new LogCursor(DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds), new Guid(bytes.AsSpan(sizeof(long)), bigEndian: true))
            : null;
    }
}
