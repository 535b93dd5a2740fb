using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace MovieSir.Inference.Commands;

/// <summary>Bounds of options that take a number.</summary>
internal static class OptionBounds
{
    /// <summary>Refuses numbers outside of the bounds, and NaN; that something is no number, the parser says itself.</summary>
    /// <returns>The option.</returns>
    public static Option<T> Within<T>(this Option<T> option, T least, T most)
        where T : struct, INumber<T>
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && T.TryParse(token.Value, CultureInfo.InvariantCulture, out var value)
                && !(value >= least && value <= most))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} must be from {least} to {most}, not {value}."));
            }
        });
        return option;
    }
}
