using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace MovieSir.Inference.Encoding.Onnx;

/// <summary>Opens ONNX Runtime sessions as this build and machine allow.</summary>
internal static class OnnxSessions
{
    /// <summary>Opens a model: on the GPU where this is built for one and it can be used, otherwise on the CPU.</summary>
    public static InferenceSession Open(string path, int threads, ILogger logger)
    {
#if ONNXRUNTIME_GPU
        try
        {
            using var options = Options(threads);
            options.AppendExecutionProvider_CUDA();
            var session = new InferenceSession(path, options);
            logger.LogInformation("{Path} runs on the GPU", path);
            return session;
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or DllNotFoundException or EntryPointNotFoundException)
        {
            // Missing libraries fail when the provider is added, a missing device when the session is made.
            logger.LogWarning(
                "The CUDA provider cannot be used, so sentences are encoded on the CPU. Install an NVIDIA driver with CUDA 13 and cuDNN 9, " +
                "or build with OnnxRuntime=Cpu. The runtime said: {Reason}", exception.Message);
        }
#endif
        using var cpu = Options(threads);
        logger.LogDebug("{Path} runs on the CPU with {Threads} threads", path, threads);
        return new InferenceSession(path, cpu);
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

    private static SessionOptions Options(int threads)
    {
        var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };
        // Idle workers must not burn the cores that other requests need.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }
}
