using Microsoft.Extensions.Options;

namespace MovieSir.Inference.Encoding;

/// <summary>What annotations cannot say of <see cref="EncoderOptions"/>; fails at start, before a request meets it.</summary>
internal sealed class EncoderOptionsValidator : IValidateOptions<EncoderOptions>
{
    public ValidateOptionsResult Validate(string? name, EncoderOptions options)
    {
        var failures = new List<string>();
        if (options.Path is { } path)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                failures.Add($"Encoder:Path is {path}, which does not exist.");
            }
        }
        else if (options.Dimension is not null || options.TokenizerPath is not null || options.Name is not null)
        {
            failures.Add("Encoder:Dimension, Encoder:TokenizerPath and Encoder:Name describe the model at Encoder:Path, which is not set.");
        }

        if (options.TokenizerPath is { } tokenizer && !File.Exists(tokenizer))
        {
            failures.Add($"Encoder:TokenizerPath is {tokenizer}, which does not exist.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
