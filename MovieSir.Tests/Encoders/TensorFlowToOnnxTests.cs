using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;
using MovieSir.Inference.Encoding.Onnx;
using MovieSir.Inference.Encoding.UseLite;

namespace MovieSir.Tests.Encoders;

/// <summary>What the whole model's golden vectors cannot show: forms of an operation that it does not use, and files that are broken.</summary>
public sealed class TensorFlowToOnnxTests : IDisposable
{
    private static readonly byte[] Integers = [.. new[] { 0, 1, 2, -1 }.SelectMany(BitConverter.GetBytes)];

    private readonly string _folder = Directory.CreateTempSubdirectory("moviesir-onnx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    // values = [10, 20, 30, 40]; begin 0, end 1 or 2, masks as bits by axis.
    [InlineData("zero", "two", 0, 0, new[] { 10f, 20f })]
    [InlineData("one", "two", 1, 0, new[] { 10f, 20f })]
    [InlineData("one", "two", 0, 1, new[] { 20f, 30f, 40f })]
    [InlineData("one", "minus", 0, 0, new[] { 20f, 30f })]
    public void Strided_slices_follow_their_masks(string begin, string end, int beginMask, int endMask, float[] expected)
    {
        var nodes = $$$"""
            {"name": "slice", "op": "StridedSlice", "input": ["values", "{{{begin}}}", "{{{end}}}", "one"],
             "attr": {"begin_mask": {"i": "{{{beginMask}}}"}, "end_mask": {"i": "{{{endMask}}}"} }},
            {"name": "floats", "op": "Cast", "input": ["slice"], "attr": {"DstT": {"type": 1} }},
            {"name": "row", "op": "ExpandDims", "input": ["floats", "zero"]}
            """;
        Assert.Equal([expected], Run(nodes, [10, 20, 30, 40], expected.Length));
    }

    [Theory]
    [InlineData("""{"name": "x", "op": "Einsum", "input": ["values"]}""", "Einsum")]
    [InlineData("""{"name": "x", "op": "MatMul", "input": ["values", "values"], "attr": {"transpose_b": {"b": true}}}""", "transpose_b")]
    [InlineData("""{"name": "x", "op": "BatchMatMul", "input": ["values", "values"], "attr": {"adj_y": {"b": true}}}""", "unknown rank")]
    [InlineData("""{"name": "x", "op": "StridedSlice", "input": ["values", "zero", "one", "two"]}""", "stride")]
    [InlineData("""{"name": "x", "op": "Sum", "input": ["values", "values"]}""", "constant")]
    [InlineData("""{"name": "x", "op": "Relu", "input": ["values"]}, {"name": "y", "op": "Relu", "input": ["values"]}""", "2 results")]
    public void A_form_that_is_not_translated_is_refused_by_name(string nodes, string expected)
    {
        var exception = Assert.Throws<NotSupportedException>(() => TensorFlowToOnnx.Translate(Parse(nodes, Integers), "test", "output", 1));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(17)]
    public void Weights_that_do_not_fill_their_files_are_refused(int bytes) =>
        Assert.Throws<InvalidDataException>(() => Parse("""{"name": "x", "op": "Relu", "input": ["values"]}""", new byte[bytes]));

    private static TensorFlowGraph Parse(string nodes, byte[] weights) => TensorFlowGraph.Parse(
        System.Text.Encoding.UTF8.GetBytes($$"""
            {"modelTopology": {"node": [
               {"name": "values", "op": "Placeholder"},
               {"name": "zero", "op": "Const"}, {"name": "one", "op": "Const"}, {"name": "two", "op": "Const"}, {"name": "minus", "op": "Const"},
               {{nodes}}]},
             "weightsManifest": [{"paths": ["shard"], "weights": [
               {"name": "zero", "shape": [1], "dtype": "int32"}, {"name": "one", "shape": [1], "dtype": "int32"},
               {"name": "two", "shape": [1], "dtype": "int32"}, {"name": "minus", "shape": [1], "dtype": "int32"}]}]}
            """),
        _ => weights);

    private float[][] Run(string nodes, long[] values, int width)
    {
        var path = Path.Combine(_folder, "model.onnx");
        using (var file = File.Create(path))
        {
            TensorFlowToOnnx.Translate(Parse(nodes, Integers), "test", "output", width).WriteTo(file);
        }

        using var session = OnnxSessions.Open(path, threads: 1, NullLogger.Instance);
        using var input = OrtValue.CreateTensorValueFromMemory(values, [values.Length]);
        using var run = new RunOptions();
        using var results = session.Run(run, ["values"], [input], ["output"]);
        return OnnxSessions.Rows(results[0]);
    }
}
