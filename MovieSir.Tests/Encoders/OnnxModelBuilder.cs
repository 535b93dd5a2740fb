using System.Runtime.InteropServices;
using Google.Protobuf;

namespace MovieSir.Tests.Encoders;

/// <summary>Element types of ONNX tensors that tests write (numbers of TensorProto.DataType).</summary>
internal enum OnnxElementType
{
    Float = 1,
    Int64 = 7,
    Bool = 9,
}

/// <summary>One dimension of a graph input or output: a number, or a name where it varies from run to run.</summary>
internal readonly record struct OnnxDimension(long? Size, string? Symbol)
{
    public static implicit operator OnnxDimension(long size) => new(size, null);

    public static implicit operator OnnxDimension(string symbol) => new(null, symbol);
}

/// <summary>An attribute of an ONNX node: one integer, or a list of integers.</summary>
internal readonly record struct OnnxAttribute(string Name, long? Value, long[]? Values)
{
    public static OnnxAttribute Int(string name, long value) => new(name, value, null);

    public static OnnxAttribute Ints(string name, params long[] values) => new(name, null, values);
}

/// <summary>
/// Writes an ONNX model (ModelProto of the ONNX IR, opset <see cref="Opset"/>) in protobuf wire format. ONNX Runtime's managed
/// package reads models but cannot build them; only the messages and fields that a small graph needs are here.
/// </summary>
internal sealed class OnnxModelBuilder(string graphName)
{
    /// <summary>Operator set that nodes are understood by: from 18 on, the axes of every reduction are an input.</summary>
    public const int Opset = 18;

    // The IR version that came with opset 18.
    private const int IrVersion = 8;

    private readonly List<ByteString> _nodes = [];
    private readonly List<ByteString> _initializers = [];
    private readonly List<ByteString> _inputs = [];
    private readonly List<ByteString> _outputs = [];

    public void AddInput(string name, OnnxElementType type, params OnnxDimension[] shape) => _inputs.Add(ValueInfo(name, type, shape));

    public void AddOutput(string name, OnnxElementType type, params OnnxDimension[] shape) => _outputs.Add(ValueInfo(name, type, shape));

    /// <summary>Adds a constant of 32-bit floats, row-major.</summary>
    public void AddInitializer(string name, ReadOnlySpan<float> values, params long[] shape) =>
        _initializers.Add(Tensor(name, OnnxElementType.Float, MemoryMarshal.AsBytes(values), shape));

    /// <summary>Adds a constant of 64-bit integers, row-major.</summary>
    public void AddInitializer(string name, ReadOnlySpan<long> values, params long[] shape) =>
        _initializers.Add(Tensor(name, OnnxElementType.Int64, MemoryMarshal.AsBytes(values), shape));

    public void AddNode(string operation, IEnumerable<string> inputs, IEnumerable<string> outputs, params OnnxAttribute[] attributes) =>
        _nodes.Add(Message(node =>
        {
            foreach (var input in inputs)
            {
                WriteString(node, NodeField.Input, input);
            }

            foreach (var output in outputs)
            {
                WriteString(node, NodeField.Output, output);
            }

            WriteString(node, NodeField.OperationType, operation);
            foreach (var attribute in attributes)
            {
                WriteMessage(node, NodeField.Attribute, Attribute(attribute));
            }
        }));

    /// <summary>Writes the whole model; the stream is left open.</summary>
    public void WriteTo(Stream stream)
    {
        var graph = Message(output =>
        {
            _nodes.ForEach(node => WriteMessage(output, GraphField.Node, node));
            WriteString(output, GraphField.Name, graphName);
            _initializers.ForEach(tensor => WriteMessage(output, GraphField.Initializer, tensor));
            _inputs.ForEach(input => WriteMessage(output, GraphField.Input, input));
            _outputs.ForEach(value => WriteMessage(output, GraphField.Output, value));
        });

        using var model = new CodedOutputStream(stream, leaveOpen: true);
        WriteInt64(model, ModelField.IrVersion, IrVersion);
        WriteString(model, ModelField.ProducerName, "MovieSir");
        WriteMessage(model, ModelField.Graph, graph);
        WriteMessage(model, ModelField.OpsetImport, Message(opset => WriteInt64(opset, OpsetField.Version, Opset)));
    }

    private static ByteString ValueInfo(string name, OnnxElementType type, OnnxDimension[] shape)
    {
        var shapeMessage = Message(output =>
        {
            foreach (var dimension in shape)
            {
                WriteMessage(output, ShapeField.Dimension, Message(value =>
                {
                    if (dimension.Size is { } size)
                    {
                        WriteInt64(value, DimensionField.Value, size);
                    }
                    else
                    {
                        WriteString(value, DimensionField.Parameter, dimension.Symbol!);
                    }
                }));
            }
        });
        var tensorType = Message(output =>
        {
            WriteInt64(output, TensorTypeField.ElementType, (long)type);
            WriteMessage(output, TensorTypeField.Shape, shapeMessage);
        });
        return Message(output =>
        {
            WriteString(output, ValueInfoField.Name, name);
            WriteMessage(output, ValueInfoField.Type, Message(value => WriteMessage(value, TypeField.TensorType, tensorType)));
        });
    }

    private static ByteString Tensor(string name, OnnxElementType type, ReadOnlySpan<byte> littleEndianValues, long[] shape)
    {
        // Raw tensor data is little-endian by definition, and copied from memory as it is.
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("ONNX models can only be written on a little-endian machine.");
        }

        var data = ByteString.CopyFrom(littleEndianValues);
        return Message(output =>
        {
            foreach (var size in shape)
            {
                WriteInt64(output, TensorField.Dimensions, size);
            }

            WriteInt64(output, TensorField.DataType, (long)type);
            WriteString(output, TensorField.Name, name);
            WriteMessage(output, TensorField.RawData, data);
        });
    }

    private static ByteString Attribute(OnnxAttribute attribute) => Message(output =>
    {
        WriteString(output, AttributeField.Name, attribute.Name);
        if (attribute.Value is { } value)
        {
            WriteInt64(output, AttributeField.Integer, value);
            WriteInt64(output, AttributeField.Type, AttributeType.Integer);
            return;
        }

        foreach (var item in attribute.Values!)
        {
            WriteInt64(output, AttributeField.Integers, item);
        }

        WriteInt64(output, AttributeField.Type, AttributeType.Integers);
    });

    private static ByteString Message(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            write(output);
        }

        return UnsafeByteOperations.UnsafeWrap(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    private static void WriteInt64(CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void WriteString(CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    private static void WriteMessage(CodedOutputStream output, int field, ByteString message)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(message);
    }

    // Field numbers of the ONNX messages, one class a message.
    private static class ModelField
    {
        public const int IrVersion = 1;
        public const int ProducerName = 2;
        public const int Graph = 7;
        public const int OpsetImport = 8;
    }

    private static class OpsetField
    {
        public const int Version = 2;
    }

    private static class GraphField
    {
        public const int Node = 1;
        public const int Name = 2;
        public const int Initializer = 5;
        public const int Input = 11;
        public const int Output = 12;
    }

    private static class NodeField
    {
        public const int Input = 1;
        public const int Output = 2;
        public const int OperationType = 4;
        public const int Attribute = 5;
    }

    private static class AttributeField
    {
        public const int Name = 1;
        public const int Integer = 3;
        public const int Integers = 8;
        public const int Type = 20;
    }

    private static class AttributeType
    {
        public const int Integer = 2;
        public const int Integers = 7;
    }

    private static class TensorField
    {
        public const int Dimensions = 1;
        public const int DataType = 2;
        public const int Name = 8;
        public const int RawData = 9;
    }

    private static class ValueInfoField
    {
        public const int Name = 1;
        public const int Type = 2;
    }

    private static class TypeField
    {
        public const int TensorType = 1;
    }

    private static class TensorTypeField
    {
        public const int ElementType = 1;
        public const int Shape = 2;
    }

    private static class ShapeField
    {
        public const int Dimension = 1;
    }

    private static class DimensionField
    {
        public const int Value = 1;
        public const int Parameter = 2;
    }
}
