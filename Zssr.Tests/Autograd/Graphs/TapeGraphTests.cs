using Zssr.Autograd;
using Zssr.Autograd.Graphs;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Graphs;

/// <summary>What a graph tells of a recorded computation.</summary>
[TestFixture]
public sealed class TapeGraphTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    public void A_graph_has_the_functions_in_order_with_their_inputs_and_results()
    {
        using Tensor image = Tensor.Zeros(Device, [1, 6, 5, 2]), weight = Tensor.Zeros(Device, [3, 3, 2, 4]);
        using var tape = new Tape();
        Variable convolved = Conv2dFunction.Apply(tape.Constant(image), tape.Watch(weight), stride: 2, padding: 1);

        TapeGraph graph = TapeGraph.Of(SumFunction.Apply(ReluFunction.Apply(convolved)), ("w", weight), ("image", image));

        Assert.That(
            graph.Leaves.Select(leaf => (leaf.Id, leaf.Name, leaf.IsWatched, leaf.Shape, leaf.Bytes)),
            Is.EqualTo(new (int, string?, bool, Shape, long)[]
            {
                (0, "image", false, [1, 6, 5, 2], 240), (1, "w", true, [3, 3, 2, 4], 288),
            }));
        Assert.That(
            graph.Ops.Select(op => (op.Id, op.Function, Inputs: string.Join(' ', op.Inputs.Select(input => input.Id)), op.Shape, op.KeptBytes)),
            Is.EqualTo(new (int, string, string, Shape, long)[]
            {
                (2, "Conv2d", "0 1", [1, 3, 3, 4], 144), (3, "Relu", "2", [1, 3, 3, 4], 144), (4, "Sum", "3", [], 4),
            }));
        Assert.That(graph.Ops[0].Attributes, Is.EqualTo(new (string, object)[] { ("stride", 2), ("padding", 1) }));
        Assert.That(graph.KeptBytes, Is.EqualTo(292));
        Assert.That(graph.Nodes.Select(node => node.Id), Is.EqualTo(Enumerable.Range(0, 5)));
    }

    [Test]
    public void A_value_that_is_used_twice_is_one_node_and_two_inputs()
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(value);

        TapeGraph graph = TapeGraph.Of(x * x + x);

        Assert.That(graph.Leaves, Has.Count.EqualTo(1));
        Assert.That(graph.Ops.Select(op => op.Inputs.Select(input => input.Id)), Is.EqualTo(new int[][] { [0, 0], [1, 0] }));
    }

    [Test]
    public void The_graph_of_a_variable_has_only_what_it_depends_on_and_that_of_the_tape_all()
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        Variable other = x * 2, loss = -x;
        using (tape.NoGradient())
            _ = x * 7;

        Assert.That(TapeGraph.Of(loss).Ops.Select(op => op.Function), Is.EqualTo(new[] { "Negate" }));
        Assert.That(TapeGraph.Of(other).Ops.Select(op => op.Function), Is.EqualTo(new[] { "MultiplyScalar" }));
        Assert.That(TapeGraph.Of(tape).Ops.Select(op => op.Function), Is.EqualTo(new[] { "MultiplyScalar", "Negate" }));
    }

    [Test]
    public void A_variable_that_was_given_is_a_graph_of_one_leaf()
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();

        TapeGraph graph = TapeGraph.Of(tape.Watch(value));

        Assert.That((graph.Leaves.Count, graph.Ops.Count, graph.KeptBytes), Is.EqualTo((1, 0, 0L)));
    }

    [Test]
    public void A_recorded_backward_pass_is_in_the_tapes_graph()
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(value);
        tape.Backward(SquareFunction.Apply(x), createGraph: true);

        Assert.That(
            TapeGraph.Of(tape).Ops.Select(op => op.Function),
            Is.EqualTo(new[] { "Square", "MultiplyScalar", "Multiply", "Copy" }), "dx = 2x · dy, and memory of its own for the gradient");
    }

    [Test]
    public void A_reshape_keeps_no_memory_of_its_own_and_has_its_tensors_name()
    {
        using Tensor value = Tensor.Zeros(Device, [2, 3], DType.Float64);
        using Tensor row = value.Reshape([6]);
        using var tape = new Tape();

        TapeGraph graph = TapeGraph.Of(ReshapeFunction.Apply(tape.Watch(row) * 2, [3, 2]), ("value", value));

        Assert.That(graph.Ops.Select(op => op.KeptBytes), Is.EqualTo(new[] { 48, 0 }));
        Assert.That(graph.Leaves.Single().Name, Is.EqualTo("value"));
    }

    [Test]
    public void What_a_function_keeps_in_fields_counts()
    {
        using Tensor image = Tensor.Zeros(Device, [1, 8, 8, 16]), weight = Tensor.Zeros(Device, [3, 3, 16, 16]);
        using var tape = new Tape();
        Variable x = tape.Constant(image), w = tape.Watch(weight);

        GraphOp[] ops =
        [
            .. new[] { true, false }.SelectMany(hasRelu =>
                TapeGraph.Of(Conv2dBlockFunction.Apply(x, w, null, new(1, 1, hasRelu, IsResidual: false))).Ops),
        ];

        Assert.That(ops.Select(op => op.KeptBytes), Is.EqualTo(new[] { 4 * 1024 + 1024 / 8, 4 * 1024 }), "a bit for each element");
    }

    [Test]
    public void A_graph_that_has_been_freed_is_told_with_the_way_out()
    {
        using Tensor value = Scalar(3);
        using var tape = new Tape();
        Variable x = tape.Watch(value), inner = (x * 2).Keep(), y = inner * inner;
        tape.Backward(y);

        Assert.That(() => TapeGraph.Of(y), Throws.TypeOf<GraphException>().With.Message.Contain("Multiply []").And.Message.Contain("keepGraph"));
        Variable later = inner + x;
        Assert.That(() => TapeGraph.Of(later), Throws.TypeOf<GraphException>().With.Message.Contain("MultiplyScalar"));
        Assert.That(() => TapeGraph.Of(tape), Throws.TypeOf<GraphException>());
        tape.Clear();
        Assert.That(() => TapeGraph.Of(later), Throws.TypeOf<GraphException>().With.Message.Contain("freed"));
        Assert.That(TapeGraph.Of(tape).Nodes, Is.Empty);
    }

    [Test]
    public void A_graph_holds_no_memory()
    {
        using Tensor value = Scalar(3);
        int before = Device.LiveBuffers;
        TapeGraph graph;
        using (var tape = new Tape())
            graph = TapeGraph.Of(tape.Watch(value) * 2);

        Assert.That(Device.LiveBuffers, Is.EqualTo(before));
        Assert.That(graph.Ops, Has.Count.EqualTo(1));
    }

    [TestCaseSource(nameof(FunctionsWithAttributes))]
    public void A_function_tells_what_it_was_made_with(string expected, Func<Variable, Variable> function)
    {
        using Tensor value = Tensor.Zeros(Device, [2, 4, 4, 1]);
        using var tape = new Tape();

        GraphOp op = TapeGraph.Of(function(tape.Watch(value))).Ops.Single();

        Assert.That($"{op.Function}: {GraphWords.Attributes(op)}", Is.EqualTo(expected));
    }

    private static IEnumerable<TestCaseData> FunctionsWithAttributes()
    {
        yield return Case("AddScalar: a -0.5", x => x - 0.5);
        yield return Case("MultiplyScalar: a 3", x => x * 3);
        yield return Case("DivideByScalar: a 3", x => x / 3);
        yield return Case("DivideScalarBy: a 3", x => DivideScalarByFunction.Apply(x, 3));
        yield return Case("Clamp: low 0, high 255", x => ClampFunction.Apply(x, 0, 255));
        yield return Case("LeakyRelu: slope 0.25", x => LeakyReluFunction.Apply(x, 0.25));
        yield return Case("Crop: top 1, left 2", x => CropFunction.Apply(x, 1, 2, 3, 2));
        yield return Case("ZeroPad: top 1, bottom 2, left 3, right 4", x => ZeroPadFunction.Apply(x, 1, 2, 3, 4));
        yield return Case("Slice: axis 1, start 2", x => SliceFunction.Apply(x, 1, 2, 1));
        yield return Case("Embed: axis 1, start 2", x => EmbedFunction.Apply(x, 1, 2, 9));
        yield return Case("Rotate90: quarter turns 3", x => Rotate90Function.Apply(x, 3));
        yield return Case("Median: kind LowerMiddle", x => MedianFunction.Apply(x, MedianKind.LowerMiddle));
        yield return Case(
            "Resize: axis 2", x => ResizeFunction.Apply(x, 2, ResizeAxis.Interpolate(4, 8, InterpolationMode.Bilinear, alignCorners: false)));
    }

    private static TestCaseData Case(string expected, Func<Variable, Variable> function) =>
        new TestCaseData(expected, function).SetArgDisplayNames(expected);

    private static Tensor Scalar(double value) => Tensor.From(Device, [], [value]);
}
