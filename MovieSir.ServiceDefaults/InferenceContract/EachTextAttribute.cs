using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace MovieSir.ServiceDefaults.InferenceContract;

/// <summary>Bounds the length of every text in a list; null is no text.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EachTextAttribute(int minimumLength, int maximumLength) : ValidationAttribute
{
    public int MinimumLength { get; } = minimumLength;

    public int MaximumLength { get; } = maximumLength;

    public override bool IsValid(object? value) =>
        value is not IEnumerable<string?> texts || texts.All(text => text?.Length >= MinimumLength && text.Length <= MaximumLength);

    public override string FormatErrorMessage(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"The field {name} must hold texts of {MinimumLength} to {MaximumLength} characters.");
}
