using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace MovieSir.ServiceDefaults.InferenceContract;

/// <summary>Bounds the length of every list in a list; null is no list.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EachListAttribute(int maximumLength) : ValidationAttribute
{
    public int MaximumLength { get; } = maximumLength;

    public override bool IsValid(object? value) => value is not IEnumerable<int[]?> lists || lists.All(list => list?.Length <= MaximumLength);

    public override string FormatErrorMessage(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"The field {name} must hold lists of up to {MaximumLength} ids.");
}
