using System.Buffers.Binary;

namespace MovieSir.Api.Companies.Quota;

/// <summary>Days in Asia/Seoul, which has been nine hours ahead of UTC without summer time since 1988.</summary>
internal static class SeoulDay
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    private static readonly int UnixEpochDayNumber = new DateOnly(1970, 1, 1).DayNumber;

    public static DateOnly Of(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Offset).DateTime);

    /// <summary>So many days, today the last of them.</summary>
    public static (DateOnly From, DateOnly To) Last(int days, TimeProvider clock)
    {
        var today = Of(clock.GetUtcNow());
        return (today.AddDays(1 - days), today);
    }

    /// <summary>The day of the moment that a UUID v7 names.</summary>
    public static DateOnly OfUuid(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return Of(DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16));
    }

    /// <summary>From days since 1970-01-01, as the ledger's scripts count them.</summary>
    public static DateOnly FromNumber(long daysSinceEpoch) => DateOnly.FromDayNumber(UnixEpochDayNumber + (int)daysSinceEpoch);

    public static long ToNumber(DateOnly day) => day.DayNumber - UnixEpochDayNumber;

    public static DateTimeOffset EndOf(DateOnly day) => new(day.AddDays(1).ToDateTime(TimeOnly.MinValue), Offset);
}
