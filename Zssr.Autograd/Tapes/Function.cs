using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// A differentiable operation: how its value is computed and how gradients flow back through it, side by side.
/// Derive from <see cref="UnaryFunction"/>, <see cref="BinaryFunction"/> or <see cref="MultiOutputFunction"/> where they fit.
/// </summary>
/// <remarks>
/// Backward is written with functions of variables, not of tensors. (A function without a second derivative may use tensors.) Where the
/// caller asked for second derivatives (<c>createGraph</c>) they are recorded like any others; where not, nothing is.
/// </remarks>
public abstract class Function
{
    private InputVersions _versions;

    /// <summary>The name in messages: the class name without "Function".</summary>
    public virtual string Name => GetType().Name.Replace("Function", "", StringComparison.Ordinal);

    /// <summary>Whether the backward pass can itself be differentiated.</summary>
    public virtual bool IsTwiceDifferentiable => true;

    /// <summary>
    /// What the function was made with besides its inputs, such as <c>("stride", 2)</c>, for those who look at the graph. Numbers (int or
    /// double), truth values and texts, each under a name of its own.
    /// </summary>
    public virtual IReadOnlyList<(string Name, object Value)> Attributes => [];

    /// <summary>Bytes that Forward has left in fields for Backward besides the inputs and the output.</summary>
    public virtual long KeptBytes => 0;

    /// <summary>The line of C# that applied the function; null unless the tape was asked, see <see cref="Tape.RemembersLines"/>.</summary>
    public SourceLine? Line { get; internal set; }

    /// <summary>What the function was applied to. Empty once the graph has been freed.</summary>
    public IReadOnlyList<Variable> Inputs { get; private set; } = [];

    /// <summary>The result, or the first of several; null once the graph has been freed.</summary>
    public Variable? Output { get; private set; }

    /// <summary>Whether a backward pass has freed what this function remembered.</summary>
    internal bool IsReleased => Output is null;

    /// <summary>Whether it was <see cref="Tape.Clear"/> that freed it.</summary>
    internal bool IsCleared { get; private set; }

    /// <summary>Position on the tape.</summary>
    internal int Index { get; set; }

    /// <summary>Applies a function to variables of one tape, and records it there if a gradient may be wanted.</summary>
    /// <exception cref="GraphException">The variables belong to different tapes, or Forward gave no tensor.</exception>
    protected static Variable Run(Function function, params ReadOnlySpan<Variable> inputs)
    {
        ArgumentNullException.ThrowIfNull(function);
        foreach (Variable input in inputs)
            ArgumentNullException.ThrowIfNull(input);

        if (inputs.IsEmpty)
            throw new GraphException($"{function.Name}: it was applied to nothing; it needs at least one input.");
        if (function.Inputs.Count > 0)
            throw new GraphException($"{function.Name}: this function was applied before. Make a new one for each application.");

        Tape tape = inputs[0].Tape;
        tape.ThrowIfDisposed();
        bool needsGradient = false;
        foreach (Variable input in inputs)
        {
            if (input.Tape != tape)
            {
                throw new GraphException(
                    $"{function.Name}: its inputs belong to different tapes. Make all variables of a computation on one tape.");
            }

            needsGradient |= input.RequiresGradient;
        }

        function.Inputs = inputs.ToArray();
        bool record = needsGradient && tape.IsRecording;
        if (record)
            function._versions = new InputVersions(inputs);
        TimeSpan time = default;
        Tensor value = record && tape.Observer is not null
            ? FinishedTime.Of(inputs[0].Value.Device, function.OwnedForward, out time) : function.OwnedForward();
        Variable output = function.NewOutput(tape, value, record);
        function.AddOtherOutputs(tape, record);
        if (!record)
            return output;
        function.Output = output;
        tape.Record(function);
        tape.Observer?.Applied(function, time);
        return output;
    }

    /// <summary>
    /// The value of the function at <see cref="Inputs"/>: a new tensor, or another owner (<see cref="Tensor.Share"/>) of an input.
    /// </summary>
    protected abstract Tensor Forward();

    /// <summary>
    /// The gradients of the inputs, given the gradient of the output (of the output's shape). One for each input, of its shape;
    /// null for an input that does not need one, or whose gradient is zero everywhere. Must not change dy's value: others may use it.
    /// </summary>
    protected abstract IReadOnlyList<Variable?> Backward(Variable dy);

    /// <summary>Whether the gradient of an input is wanted; computing it otherwise is a waste.</summary>
    protected bool NeedsGradient(int input) => Inputs[input].RequiresGradient;

    /// <summary>
    /// Frees what Forward has left in fields for Backward besides the inputs and the output, if anything: the graph is freed, or its tape.
    /// May be called more than once.
    /// </summary>
    protected virtual void ForgetValues()
    {
    }

    /// <summary>The value as a tensor of its own, also where Forward gave an input back as it is.</summary>
    private Tensor OwnedForward() => Owned(Forward());

    /// <summary>What Forward gave, as a tensor of its own.</summary>
    private protected Tensor Owned(Tensor? value)
    {
        if (value is null)
            throw new GraphException($"{Name}: forward gave null. Return the value, a tensor.");
        if (value.IsDisposed)
            throw new GraphException($"{Name}: forward gave a tensor that has been disposed. Return it undisposed: the tape frees it.");
        for (int i = 0; i < Inputs.Count; i++)
        {
            if (ReferenceEquals(Inputs[i].Value, value))
                return value.Share();
        }

        return value;
    }

    /// <summary>Applies the same function, with its settings, to other inputs. What this application remembers stays as it is.</summary>
    internal Variable Replay(IReadOnlyList<Variable> inputs)
    {
        var again = (Function)MemberwiseClone();
        (again.Inputs, again.Output) = ([], null);
        return Run(again, [.. inputs]);
    }

    /// <summary>How many outputs it has.</summary>
    internal virtual int OutputCount => 1;

    /// <summary>An output of a function that has not been freed.</summary>
    internal virtual Variable OutputAt(int output) => Output!;

    /// <summary>Makes variables of the outputs after the first.</summary>
    private protected virtual void AddOtherOutputs(Tape tape, bool record)
    {
    }

    /// <summary>A variable for an output.</summary>
    private protected Variable NewOutput(Tape tape, Tensor value, bool record)
    {
        Variable output = tape.Owned.Add(new Variable(tape, value, record));
        if (record)
            output.Source = this;
        if (tape.StopsAtNaN && !tape.IsGoingBackward)
            FiniteCheck.Value(this, value);
        return output;
    }

    /// <summary>
    /// Calls Backward and checks the number of gradients. Within it, inputs and outputs can be read only if they are what they were.
    /// </summary>
    /// <param name="dy">The gradient of each output.</param>
    internal IReadOnlyList<Variable?> RunBackward(Variable[] dy)
    {
        for (int i = 0; i < Inputs.Count; i++)
            ChangedInPlace.ThrowIfChangedBefore(this, i, _versions[i]);
        IReadOnlyList<Variable?>? gradients;
        try
        {
            ExpectValuesAsTheyWere();
            gradients = CallBackward(dy);
        }
        finally
        {
            ExpectAnyValues();
        }

        if (gradients is null)
            throw new GraphException($"{Name}: backward gave null. Return a list: a gradient for each input, null where none is needed.");
        return gradients.Count == Inputs.Count
            ? gradients
            : throw new GraphException(
                $"{Name}: backward gave {gradients.Count} gradients for {Inputs.Count} inputs. "
                + "Return one for each, null where none is needed.");
    }

    /// <summary>Calls the Backward of the derived class.</summary>
    private protected virtual IReadOnlyList<Variable?>? CallBackward(Variable[] dy) => Backward(dy[0]);

    /// <summary>Forgets inputs and outputs, so that their memory can be used again.</summary>
    /// <param name="isCleared">Whether the whole tape is cleared.</param>
    internal virtual void Release(bool isCleared = false)
    {
        IsCleared |= isCleared && !IsReleased;
        Inputs = [];
        Output = null;
        ForgetValues();
    }

    private void ExpectValuesAsTheyWere()
    {
        for (int i = 0; i < Inputs.Count; i++)
            Inputs[i].Expect(this, _versions[i]);
        for (int i = 0; i < OutputCount; i++)
            OutputAt(i).Expect(this, OutputAt(i).VersionWhenMade);
    }

    private void ExpectAnyValues()
    {
        for (int i = 0; i < Inputs.Count; i++)
            Inputs[i].ExpectAnything();
        for (int i = 0; i < OutputCount; i++)
            OutputAt(i).ExpectAnything();
    }
}
