using BenchmarkDotNet.Attributes;
using MovieSir.Bench.Scale;
using MovieSir.Inference.Catalog;
using MovieSir.Inference.Engine.Ranking;
using MovieSir.Inference.Engine.TimeFit;
using MovieSir.Inference.Numerics;

namespace MovieSir.Bench.Kernels;

/// <summary>The loops that a recommendation spends its time in, each over a whole made-up catalog.</summary>
/// <remarks>Public because BenchmarkDotNet derives from it.</remarks>
[MemoryDiagnoser]
public class EngineKernels
{
    private const int ProfileMovies = 10;
    private readonly int[] _profile = [.. Enumerable.Range(0, ProfileMovies).Select(i => 7 + (i * 311))];
    private readonly short[][] _columns = new short[ProfileMovies][];
    private readonly float[] _user = new float[SyntheticCatalog.FactorDimension];
    private readonly int[] _chosen = new int[TimeFitSolver.AbsoluteMaximumMovies];
    private readonly TimeFitSolver _solver = new();
    private CatalogSnapshot _snapshot = null!;
    private QuantizedMatrix _quantized = null!;
    private int[] _rows = [];
    private float[] _values = [];
    private float[] _scores = [];
    private float[] _solverScores = [];
    private float[] _foldIn = [];

    [Params(7_400, 62_700)]
    public int Movies { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _snapshot = SyntheticCatalog.Create(Movies, seed: 1);
        _quantized = new QuantizedMatrix(_snapshot.Embeddings!.Vectors);
        _rows = [.. Enumerable.Range(0, Movies)];
        (_values, _scores) = (new float[Movies], new float[Movies]);
        Array.Fill(_columns, new short[Movies + 64]);
        var random = new Random(2);
        foreach (ref var value in _user.AsSpan())
        {
            value = random.NextSingle() - 0.5f;
        }

        _solverScores = [.. _rows.Select(_ => random.NextSingle())];
        _foldIn = new float[_snapshot.Model!.FoldIn.ScratchLength(ProfileMovies)];
    }

    /// <summary>
    /// What the likeness of all movies to a profile cost before columns were kept: every embedding, in float32, for each of its movies.
    /// </summary>
    [Benchmark(Baseline = true)]
    public void CosinesFloat32()
    {
        foreach (var movie in _profile)
        {
            SimilarityKernel.Dot(_snapshot.Embeddings!.Vectors, _rows, _snapshot.Embeddings.Vectors.Row(movie), _values);
        }
    }

    /// <summary>The same from bytes: what columns that are not kept cost.</summary>
    [Benchmark]
    public void CosinesInt8() => QuantizedKernel.Cosines(_quantized, _profile, _columns, threads: 1);

    [Benchmark]
    public void CosinesInt8AllCores() => QuantizedKernel.Cosines(_quantized, _profile, _columns, Environment.ProcessorCount);

    /// <summary>The same from kept columns, with the mean of the three nearest.</summary>
    [Benchmark]
    public void TopMeanKept() => _snapshot.Embeddings!.Similarity.TopMean(_rows, _profile, 3, _values);

    [Benchmark]
    public void FactorsFloat32() => SimilarityKernel.Dot(_snapshot.Model!.Factors, _rows, _user, _values);

    /// <summary>From bytes, and exactly for the thousand largest.</summary>
    [Benchmark]
    public void FactorsInt8() => QuantizedScores.Read(_snapshot.Model!.Quantized, _snapshot.Model.Factors, _rows, _user, _values);

    [Benchmark]
    public void FoldIn() => _snapshot.Model!.FoldIn.Solve(_profile, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], _user, _foldIn);

    [Benchmark]
    public void NoisyScores()
    {
        SeededNoise.Fill(_values, _snapshot.AllRows, _snapshot.MovieIds, _snapshot.Series, seed: 5);
        Standard.ToScores(_solverScores, _scores);
    }

    [Benchmark]
    public float TimeFitOfAll() => _solver.Solve(_snapshot.RuntimeMinutes, _solverScores, 180, 0.02f, _chosen).Objective;
}
