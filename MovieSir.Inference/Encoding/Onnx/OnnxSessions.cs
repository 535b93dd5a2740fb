using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace MovieSir.Inference.Encoding.Onnx;

/// <summary>Opens ONNX Runtime sessions as this build and machine allow.</summary>
internal static class OnnxSessions
{
    /// <summary>Opens a model from memory or, where it is too large for that, from its file.</summary>
    public static InferenceSession Open(string path, int threads, ILogger logger)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };
        // Idle workers must not burn the cores that other requests need.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
#if ONNXRUNTIME_GPU
        AppendCuda(options, logger);
#else
        logger.LogDebug("Opening {Path} on the CPU with {Threads} threads", path, threads);
#endif
        return new InferenceSession(path, options);
    }

    /// <summary>Copies a [rows, columns] tensor of floats out of the runtime's memory.</summary>
    public static float[][] Rows(OrtValue tensor)
    {
        var shape = tensor.GetTensorTypeAndShape().Shape;
        var rows = new float[shape[0]][];
        var values = tensor.GetTensorDataAsSpan<float>();
        var width = checked((int)shape[1]);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = values.Slice(row * width, width).ToArray();
        }

        return rows;
    }

#if ONNXRUNTIME_GPU
    private static void AppendCuda(SessionOptions options, ILogger logger)
    {
        try
        {
            options.AppendExecutionProvider_CUDA();
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or DllNotFoundException or EntryPointNotFoundException)
        {
            // No device, no driver, or no CUDA libraries: what the runtime says differs, what follows is the same.
            logger.LogWarning(
                "The CUDA provider cannot be used, so sentences are encoded on the CPU. Install an NVIDIA driver with CUDA 12 and cuDNN 9, " +
                "or build with OnnxRuntime=Cpu. The runtime said: {Reason}", exception.Message);
        }
    }
#endif
}
