namespace MovieSir.Api.Companies.Quota;

/// <summary>Days in Asia/Seoul, which has been nine hours ahead of UTC without summer time since 1988.</summary>
internal static class SeoulDay
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    private static readonly int UnixEpochDayNumber = new DateOnly(1970, 1, 1).DayNumber;

    public static DateOnly Of(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Offset).DateTime);

    /// <summary>From days since 1970-01-01, as the ledger's scripts count them.</summary>
    public static DateOnly FromNumber(long daysSinceEpoch) => DateOnly.FromDayNumber(UnixEpochDayNumber + (int)daysSinceEpoch);

    public static long ToNumber(DateOnly day) => day.DayNumber - UnixEpochDayNumber;

    public static DateTimeOffset EndOf(DateOnly day) => new(day.AddDays(1).ToDateTime(TimeOnly.MinValue), Offset);
}
