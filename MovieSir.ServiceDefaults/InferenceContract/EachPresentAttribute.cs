using System.ComponentModel.DataAnnotations;

namespace MovieSir.ServiceDefaults.InferenceContract;

/// <summary>Refuses a list that holds a null.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EachPresentAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is not IEnumerable<object?> entries || entries.All(entry => entry is not null);

    public override string FormatErrorMessage(string name) => $"The field {name} must not hold null.";
}
