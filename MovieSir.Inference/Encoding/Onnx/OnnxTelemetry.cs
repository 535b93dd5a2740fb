using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MovieSir.Inference.Encoding.Onnx;

/// <summary>
/// ONNX Runtime reports its use, and keeps what it has not yet sent under the home folder, unless a variable of the environment says no. It asks
/// when its native library is loaded, so this runs before anything else of this assembly.
/// </summary>
internal static partial class OnnxTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    [ModuleInitializer]
    internal static void SwitchOff()
    {
        // For processes that this one starts, and on Windows for itself.
        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows())
        {
            // .NET keeps a copy of the environment: what it sets there, native code does not see.
            _ = SetEnvironmentVariable(Variable, "1", overwrite: 1);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
