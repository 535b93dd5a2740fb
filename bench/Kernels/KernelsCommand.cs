using System.CommandLine;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace MovieSir.Bench.Kernels;

/// <summary>BenchmarkDotNet over the engine's kernels, in this process.</summary>
internal static class KernelsCommand
{
    public static Command Create()
    {
        var command = new Command("kernels", "Benchmark the loops that a recommendation spends its time in (BenchmarkDotNet).");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        // In process: a project of its own would be built by this repository's rules, warnings as errors among them.
        var configuration = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(15))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddExporter(MarkdownExporter.GitHub)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "moviesir-bench"));
        return BenchmarkRunner.Run<EngineKernels>(configuration).HasCriticalValidationErrors ? 1 : 0;
    }
}
