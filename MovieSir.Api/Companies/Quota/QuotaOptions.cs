using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using MovieSir.Api.Companies.Keys;
using MovieSir.Data.B2b;

namespace MovieSir.Api.Companies.Quota;

/// <summary>What a plan allows all keys of a company together.</summary>
internal sealed class PlanLimits
{
    /// <summary>Charged calls from midnight to midnight in Asia/Seoul.</summary>
    [Range(1, 1_000_000_000)]
    public int CallsPerDay { get; set; }

    /// <summary>Calls in one second, charged or not.</summary>
    [Range(1, 1_000_000)]
    public int CallsPerSecond { get; set; }
}

/// <summary>What one key may do.</summary>
internal readonly record struct CallLimits(int PerDay, int PerSecond);

/// <summary>What each plan allows.</summary>
internal sealed class QuotaOptions
{
    public const string Section = "Quota";

    [ValidateObjectMembers]
    public PlanLimits Free { get; set; } = new() { CallsPerDay = 100, CallsPerSecond = 5 };

    [ValidateObjectMembers]
    public PlanLimits Basic { get; set; } = new() { CallsPerDay = 1_000, CallsPerSecond = 20 };

    [ValidateObjectMembers]
    public PlanLimits Pro { get; set; } = new() { CallsPerDay = 10_000, CallsPerSecond = 100 };

    [ValidateObjectMembers]
    public PlanLimits Enterprise { get; set; } = new() { CallsPerDay = 100_000, CallsPerSecond = 500 };

    /// <summary>
    /// How long a call may take from admission to answer. One that never ends (its process was killed) gives its place back after this time.
    /// </summary>
    [Range(5, 3600)]
    public int ReservationSeconds { get; set; } = 60;

    /// <summary>What a plan allows.</summary>
    public PlanLimits LimitsOf(Plan plan) => plan switch
    {
        Plan.Free => Free,
        Plan.Basic => Basic,
        Plan.Pro => Pro,
        Plan.Enterprise => Enterprise,
        _ => throw new InvalidOperationException($"Plan {plan} has no limits."),
    };

    /// <summary>What all keys of a company may do together: what its plan allows, or more where it was given more.</summary>
    public CallLimits LimitsOf(Plan plan, int? dailyLimit, int? burstLimit)
    {
        var limits = LimitsOf(plan);
        return new CallLimits(Math.Max(limits.CallsPerDay, dailyLimit ?? 0), Math.Max(limits.CallsPerSecond, burstLimit ?? 0));
    }

    /// <summary>What all keys of a key's company may do together.</summary>
    public CallLimits LimitsOfCompany(PartnerKey key) => LimitsOf(key.Plan, key.CompanyDailyLimit, key.CompanyBurstLimit);

    /// <summary>What a key may do: its own limits where they are less than its company's, else those.</summary>
    public CallLimits LimitsOf(PartnerKey key)
    {
        var company = LimitsOfCompany(key);
        return new CallLimits(
            Math.Min(key.DailyLimit ?? company.PerDay, company.PerDay), Math.Min(key.BurstLimit ?? company.PerSecond, company.PerSecond));
    }
}

/// <summary>Checks <see cref="QuotaOptions"/> and the plans in it.</summary>
[OptionsValidator]
internal sealed partial class QuotaOptionsValidator : IValidateOptions<QuotaOptions>;
