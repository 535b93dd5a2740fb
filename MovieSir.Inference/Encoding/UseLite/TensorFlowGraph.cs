using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MovieSir.Inference.Encoding.UseLite;

/// <summary>A TensorFlow.js graph model: its nodes in execution order, and its weights.</summary>
internal sealed class TensorFlowGraph
{
    /// <summary>Nodes in the order of the file, which TensorFlow.js converters write topologically sorted.</summary>
    public required IReadOnlyList<TensorFlowNode> Nodes { get; init; }

    /// <summary>Values of the constant nodes, by node name.</summary>
    public required IReadOnlyDictionary<string, TensorFlowWeight> Weights { get; init; }

    /// <summary>Reads a model.</summary>
    /// <param name="modelJson">The model.json file.</param>
    /// <param name="readShard">Gives a weight file by the path that model.json names it by.</param>
    /// <exception cref="InvalidDataException">The file is not a graph model, or its weights do not fill the shards.</exception>
    public static TensorFlowGraph Parse(ReadOnlyMemory<byte> modelJson, Func<string, byte[]> readShard)
    {
        using var document = JsonDocument.Parse(modelJson);
        var root = document.RootElement;
        if (!root.TryGetProperty("modelTopology", out var topology) || !topology.TryGetProperty("node", out var nodes) ||
            !root.TryGetProperty("weightsManifest", out var manifest))
        {
            throw new InvalidDataException("model.json is not a TensorFlow.js graph model: modelTopology.node or weightsManifest is missing.");
        }

        var weights = new Dictionary<string, TensorFlowWeight>(StringComparer.Ordinal);
        foreach (var group in manifest.EnumerateArray())
        {
            byte[] data = [.. group.GetProperty("paths").EnumerateArray().SelectMany(path => readShard(path.GetString()!))];
            var offset = 0;
            foreach (var weight in group.GetProperty("weights").EnumerateArray())
            {
                var name = weight.GetProperty("name").GetString()!;
                var type = weight.GetProperty("dtype").GetString();
                if (type is not ("float32" or "int32") || weight.TryGetProperty("quantization", out _))
                {
                    throw new InvalidDataException($"Weight {name} is stored as {type} or quantized; only plain float32 and int32 are read.");
                }

                long[] shape = [.. weight.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
                var length = checked((int)shape.Aggregate(4L, (product, size) => product * size));
                if (length > data.Length - offset)
                {
                    throw new InvalidDataException($"Weight {name} ends past the end of the weight files.");
                }

                weights.Add(name, new TensorFlowWeight(type == "float32", shape, data.AsMemory(offset, length)));
                offset += length;
            }

            if (offset != data.Length)
            {
                throw new InvalidDataException($"The weight files hold {data.Length} bytes, the weights {offset}.");
            }
        }

        return new TensorFlowGraph { Nodes = [.. nodes.EnumerateArray().Select(TensorFlowNode.Parse)], Weights = weights };
    }
}

/// <summary>A constant: 32-bit floats or 32-bit integers, row-major.</summary>
internal sealed record TensorFlowWeight(bool IsFloat, long[] Shape, ReadOnlyMemory<byte> Data)
{
    public ReadOnlySpan<float> Floats => MemoryMarshal.Cast<byte, float>(Data.Span);

    public long[] Integers => [.. MemoryMarshal.Cast<byte, int>(Data.Span).ToArray().Select(value => (long)value)];
}

/// <summary>One operation of the graph.</summary>
internal sealed class TensorFlowNode
{
    private readonly JsonElement _attributes;

    private TensorFlowNode(string name, string operation, string[] inputs, JsonElement attributes)
    {
        Name = name;
        Operation = operation;
        Inputs = inputs;
        _attributes = attributes;
    }

    public string Name { get; }

    public string Operation { get; }

    /// <summary>Names of the tensors that go in: a node's name, with <c>:k</c> after it for its k-th output but the first.</summary>
    public IReadOnlyList<string> Inputs { get; }

    public static TensorFlowNode Parse(JsonElement node)
    {
        string[] inputs = node.TryGetProperty("input", out var list)
            ? [.. list.EnumerateArray().Select(input => input.GetString()!).Where(input => !input.StartsWith('^'))
                .Select(input => input.EndsWith(":0", StringComparison.Ordinal) ? input[..^2] : input)]
            : [];
        var attributes = node.TryGetProperty("attr", out var attr) ? attr.Clone() : default;
        return new TensorFlowNode(node.GetProperty("name").GetString()!, node.GetProperty("op").GetString()!, inputs, attributes);
    }

    public bool Flag(string name) => Find(name, "b") is { ValueKind: JsonValueKind.True };

    /// <summary>An integer attribute; protobuf's JSON writes 64-bit integers as strings.</summary>
    public long Integer(string name, long absent = 0) => Find(name, "i") is { } value ? ToInteger(value) : absent;

    public long[] Integers(string name) => Find(name, "list") is { } list && list.TryGetProperty("i", out var values)
        ? [.. values.EnumerateArray().Select(ToInteger)]
        : [];

    /// <summary>A type attribute, as the number of TensorFlow's DataType.</summary>
    public int Type(string name) => Find(name, "type") is { } value
        ? value.GetInt32()
        : throw new InvalidDataException($"Node {Name} ({Operation}) has no type attribute {name}.");

    private static long ToInteger(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? long.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : value.GetInt64();

    private JsonElement? Find(string name, string kind) =>
        _attributes.ValueKind == JsonValueKind.Object && _attributes.TryGetProperty(name, out var attribute) &&
        attribute.TryGetProperty(kind, out var value)
            ? value
            : null;
}
