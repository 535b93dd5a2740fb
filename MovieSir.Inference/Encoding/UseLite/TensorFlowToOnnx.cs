using MovieSir.Inference.Encoding.Onnx;

namespace MovieSir.Inference.Encoding.UseLite;

/// <summary>
/// Translates a TensorFlow.js graph into ONNX, operation by operation; the operations are those that the Universal Sentence Encoder
/// uses, and any other is refused. Every integer becomes 64 bits wide, as ONNX's own shapes and indices are.
/// </summary>
internal sealed class TensorFlowToOnnx
{
    private const int TensorFlowFloat = 1;
    private const int TensorFlowInt32 = 3;
    private const int TensorFlowInt64 = 9;

    private readonly TensorFlowGraph _graph;
    private readonly OnnxModelBuilder _onnx;
    private readonly Dictionary<string, TensorFlowNode> _byName;
    private readonly HashSet<string> _usedTensors = new(StringComparer.Ordinal);
    private int _temporaries;

    private TensorFlowToOnnx(TensorFlowGraph graph, string name)
    {
        _graph = graph;
        _onnx = new OnnxModelBuilder(name);
        _byName = graph.Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
    }

    /// <summary>
    /// Translates the graph. Inputs keep their names and are integers; <paramref name="outputName"/> is the one tensor that nothing
    /// in the graph uses, rows by <paramref name="dimension"/> floats.
    /// </summary>
    /// <exception cref="NotSupportedException">The graph has an operation or a form of it that is not translated.</exception>
    public static OnnxModelBuilder Translate(TensorFlowGraph graph, string name, string outputName, int dimension)
    {
        var translation = new TensorFlowToOnnx(graph, name);
        foreach (var node in graph.Nodes)
        {
            translation.Translate(node);
        }

        var used = graph.Nodes.SelectMany(node => node.Inputs).ToHashSet(StringComparer.Ordinal);
        string[] results = [.. graph.Nodes.Where(node => node.Operation != "Const" && !used.Contains(node.Name)).Select(node => node.Name)];
        if (results.Length != 1)
        {
            throw new NotSupportedException($"The graph has {results.Length} results where one is expected: {string.Join(", ", results)}.");
        }

        translation.Node("Identity", [results[0]], [outputName]);
        translation.AddWeights();
        translation._onnx.AddOutput(outputName, OnnxElementType.Float, "batch", dimension);
        return translation._onnx;
    }

    private void Translate(TensorFlowNode node)
    {
        var inputs = node.Inputs;
        switch (node.Operation)
        {
            case "Const":
                // Written at the end, where anything uses it as a tensor: most become attributes or are folded into other constants.
                break;
            case "Placeholder":
                _onnx.AddInput(node.Name, OnnxElementType.Int64, PlaceholderShape(node));
                break;
            case "Add" or "Sub" or "Mul" or "MatMul" or "Reshape" or "Less" or "Greater" or "Relu" or "Tanh" or "Sin" or "Cos" or "Range":
                RefuseFlags(node, "transpose_a", "transpose_b");
                Emit(node, node.Operation, inputs);
                break;
            case "BiasAdd":
                Emit(node, "Add", inputs);
                break;
            case "RealDiv":
                Emit(node, "Div", inputs);
                break;
            case "Maximum":
                Emit(node, "Max", inputs);
                break;
            case "LogicalNot":
                Emit(node, "Not", inputs);
                break;
            case "Shape":
                Emit(node, "Shape", inputs);
                break;
            case "GatherNd":
                Emit(node, "GatherND", inputs);
                break;
            case "Square":
                Emit(node, "Mul", [inputs[0], inputs[0]]);
                break;
            case "Rsqrt":
                Emit(node, "Reciprocal", [Emit("Sqrt", [inputs[0]])]);
                break;
            case "Softmax":
                Emit(node, "Softmax", inputs, OnnxAttribute.Int("axis", -1));
                break;
            case "Cast":
                Emit(node, "Cast", inputs, OnnxAttribute.Int("to", (long)ElementType(node.Type("DstT"))));
                break;
            case "Sum" or "Mean" or "Max" or "Prod":
                Emit(node, "Reduce" + node.Operation, [inputs[0], Constant(Integers(node, 1))],
                    OnnxAttribute.Int("keepdims", node.Flag("keep_dims") ? 1 : 0));
                break;
            case "ExpandDims":
                Emit(node, "Unsqueeze", [inputs[0], Constant(Integers(node, 1))]);
                break;
            case "Squeeze":
                Emit(node, "Squeeze", [inputs[0], Constant(node.Integers("squeeze_dims"))]);
                break;
            case "Pack":
                var axis = node.Integer("axis");
                Emit(node, "Concat", inputs.Select(input => Emit("Unsqueeze", [input, Constant([axis])])), OnnxAttribute.Int("axis", axis));
                break;
            case "ConcatV2":
                Emit(node, "Concat", inputs.Take(inputs.Count - 1), OnnxAttribute.Int("axis", Integers(node, inputs.Count - 1)[0]));
                break;
            case "GatherV2":
                Emit(node, "Gather", inputs.Take(2), OnnxAttribute.Int("axis", Integers(node, 2)[0]));
                break;
            case "Transpose":
                Emit(node, "Transpose", [inputs[0]], OnnxAttribute.Ints("perm", Integers(node, 1)));
                break;
            case "SplitV":
                var sizes = Integers(node, 1);
                var parts = sizes.Select((_, part) => part == 0 ? node.Name : $"{node.Name}:{part}");
                Node("Split", [inputs[0], Constant(sizes)], [.. parts], OnnxAttribute.Int("axis", Integers(node, 2)[0]));
                break;
            case "Where":
                // TensorFlow gives a row for each true element, ONNX a column.
                Emit(node, "Transpose", [Emit("NonZero", [inputs[0]])], OnnxAttribute.Ints("perm", 1, 0));
                break;
            case "ScatterNd":
                Emit(node, "ScatterND", [Emit("ConstantOfShape", [inputs[2]]), inputs[0], inputs[1]]);
                break;
            case "SparseToDense":
                Emit(node, "ScatterND", [Emit("Expand", [inputs[3], inputs[1]]), inputs[0], inputs[2]]);
                break;
            case "Slice":
                var starts = Integers(node, 1);
                Slice(node.Name, inputs[0], starts, [.. starts.Zip(Integers(node, 2), (start, size) => size < 0 ? long.MaxValue : start + size)]);
                break;
            case "StridedSlice":
                StridedSlice(node);
                break;
            case "BatchMatMul":
                BatchMatMul(node);
                break;
            case "Conv2D":
                PointwiseConvolution(node);
                break;
            default:
                throw new NotSupportedException($"Operation {node.Operation} of node {node.Name} is not translated.");
        }
    }

    private static OnnxDimension[] PlaceholderShape(TensorFlowNode node) => node.Name switch
    {
        "indices" => ["token", 2],
        "values" => ["token"],
        _ => throw new NotSupportedException($"The graph has an input {node.Name}; indices and values are expected."),
    };

    private static OnnxElementType ElementType(int tensorFlowType) => tensorFlowType switch
    {
        TensorFlowFloat => OnnxElementType.Float,
        TensorFlowInt32 or TensorFlowInt64 => OnnxElementType.Int64,
        _ => throw new NotSupportedException($"TensorFlow's data type {tensorFlowType} is not translated."),
    };

    private static void RefuseFlags(TensorFlowNode node, params ReadOnlySpan<string> flags)
    {
        foreach (var flag in flags)
        {
            if (node.Flag(flag))
            {
                throw new NotSupportedException($"{node.Operation} with {flag} is not translated (node {node.Name}).");
            }
        }
    }

    private void StridedSlice(TensorFlowNode node)
    {
        if (node.Integer("ellipsis_mask") != 0 || node.Integer("new_axis_mask") != 0)
        {
            throw new NotSupportedException($"StridedSlice with an ellipsis or a new axis is not translated (node {node.Name}).");
        }

        var starts = Integers(node, 1);
        var ends = Integers(node, 2);
        if (Integers(node, 3).Any(stride => stride != 1))
        {
            throw new NotSupportedException($"StridedSlice with a stride other than 1 is not translated (node {node.Name}).");
        }

        var removed = new List<long>();
        for (var axis = 0; axis < starts.Length; axis++)
        {
            bool Masked(string mask) => (node.Integer(mask) >> axis & 1) != 0;
            if (Masked("shrink_axis_mask"))
            {
                removed.Add(axis);
                ends[axis] = starts[axis] + 1;
                continue;
            }

            starts[axis] = Masked("begin_mask") ? 0 : starts[axis];
            ends[axis] = Masked("end_mask") ? long.MaxValue : ends[axis];
        }

        if (removed.Count == 0)
        {
            Slice(node.Name, node.Inputs[0], starts, ends);
            return;
        }

        var slice = Temporary();
        Slice(slice, node.Inputs[0], starts, ends);
        Emit(node, "Squeeze", [slice, Constant([.. removed])]);
    }

    private void Slice(string output, string input, long[] starts, long[] ends) =>
        Node("Slice", [input, Constant(starts), Constant(ends), Constant([.. Enumerable.Range(0, starts.Length)])], [output]);

    private void BatchMatMul(TensorFlowNode node)
    {
        RefuseFlags(node, "adj_x");
        var right = node.Inputs[1];
        if (node.Flag("adj_y"))
        {
            // Which axes to swap depends on the rank, and that is known where the tensor was transposed before.
            if (!_byName.TryGetValue(right, out var source) || source.Operation != "Transpose")
            {
                throw new NotSupportedException($"BatchMatMul of a transposed tensor of unknown rank is not translated (node {node.Name}).");
            }

            long[] swap = [.. Enumerable.Range(0, Integers(source, 1).Length)];
            (swap[^1], swap[^2]) = (swap[^2], swap[^1]);
            right = Emit("Transpose", [right], OnnxAttribute.Ints("perm", swap));
        }

        Emit(node, "MatMul", [node.Inputs[0], right]);
    }

    /// <summary>A convolution by a 1 x 1 kernel with the channels last is a matrix product over the channels.</summary>
    private void PointwiseConvolution(TensorFlowNode node)
    {
        var kernel = Weight(node, 1);
        if (kernel.Shape is not [1, 1, var channels, var filters] || node.Integers("strides").Any(stride => stride != 1))
        {
            throw new NotSupportedException($"Only convolutions by a 1 x 1 kernel are translated (node {node.Name}).");
        }

        Emit(node, "MatMul", [node.Inputs[0], Emit("Reshape", [node.Inputs[1], Constant([channels, filters])])]);
    }

    private void AddWeights()
    {
        foreach (var name in _graph.Nodes.Where(node => node.Operation == "Const" && _usedTensors.Contains(node.Name)).Select(node => node.Name))
        {
            if (!_graph.Weights.TryGetValue(name, out var weight))
            {
                throw new InvalidDataException($"The weight files lack {name}.");
            }

            if (weight.IsFloat)
            {
                _onnx.AddInitializer(name, weight.Floats, weight.Shape);
            }
            else
            {
                _onnx.AddInitializer(name, weight.Integers, weight.Shape);
            }
        }
    }

    private string Constant(long[] values)
    {
        var name = Temporary();
        _onnx.AddInitializer(name, values, values.Length);
        return name;
    }

    private TensorFlowWeight Weight(TensorFlowNode node, int input) =>
        _graph.Weights.TryGetValue(node.Inputs[input], out var weight)
            ? weight
            : throw new NotSupportedException($"Input {input} of {node.Operation} must be a constant (node {node.Name}).");

    private long[] Integers(TensorFlowNode node, int input) => Weight(node, input).Integers;

    private void Emit(TensorFlowNode node, string operation, IEnumerable<string> inputs, params OnnxAttribute[] attributes) =>
        Node(operation, [.. inputs], [node.Name], attributes);

    private string Emit(string operation, IEnumerable<string> inputs, params OnnxAttribute[] attributes)
    {
        var name = Temporary();
        Node(operation, [.. inputs], [name], attributes);
        return name;
    }

    private void Node(string operation, string[] inputs, string[] outputs, params OnnxAttribute[] attributes)
    {
        _usedTensors.UnionWith(inputs);
        _onnx.AddNode(operation, inputs, outputs, attributes);
    }

    private string Temporary() => $"onnx/{_temporaries++}";
}
