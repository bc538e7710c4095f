using System.Text;

namespace Assay.App.Generate;

/// <summary>Collects the steps, slots and streams of a dataset, or of the lines of its rows, while its file is read.</summary>
internal sealed class PlanBuilder
{
    // What is referred to can refer to others, twice each: that grows fast.
    private const int MostReferences = 1000;

    private readonly List<ulong> _streams = [];
    private readonly SortedSet<int> _references = [];
    private readonly RecordFormat _format;
    private readonly PlanBuilder _root;
    private int _referenceCount;

    /// <summary>Starts a dataset.</summary>
    /// <param name="format">The format of its file.</param>
    public PlanBuilder(RecordFormat format)
    {
        _format = format;
        _root = this;
    }

    private PlanBuilder(PlanBuilder root, int mostLines)
    {
        _format = root._format;
        _root = root;
        MostLines = mostLines;
        Slots = LineSlots.Count;
    }

    /// <summary>Where new steps go: first the rows' own, later those of the error kinds. Lines have theirs among them.</summary>
    public List<BlockStep> Steps { get; set; } = [];

    /// <summary>The streams so far.</summary>
    public IReadOnlyList<ulong> Streams => _streams;

    /// <summary>The datasets that are referred to, by their places in the file.</summary>
    public IReadOnlyCollection<int> References => _references;

    /// <summary>How many slots there are.</summary>
    public int Slots { get; private set; }

    /// <summary>The most lines of a row; 0 when this is not the builder of lines.</summary>
    public int MostLines { get; }

    /// <summary>The most rows for which there are unique values.</summary>
    public long MostRows { get; private set; } = long.MaxValue;

    /// <summary>The earliest and latest of all timestamps, in seconds from the start.</summary>
    public (long Earliest, long Latest) TimeSpan { get; private set; }

    /// <summary>A text that the format cannot hold, and why; null when there is none.</summary>
    public (string Text, string Why)? Objection { get; private set; }

    /// <summary>Starts the lines of the rows.</summary>
    /// <param name="mostLines">The most lines of a row.</param>
    public PlanBuilder Lines(int mostLines) => new(this, mostLines);

    /// <summary>Takes a slot.</summary>
    public int NewSlot() => Slots++;

    /// <summary>Takes a stream.</summary>
    /// <param name="scope">Whose stream it is.</param>
    /// <param name="purpose">What it decides, when the scope has several.</param>
    public DrawStream NewStream(ValueScope scope, string purpose)
    {
        _root._streams.Add(RandomStream.Number($"{scope.Stream}/{purpose}"));
        return new DrawStream(_root._streams.Count - 1, scope.EntitySlot);
    }

    /// <summary>Adds a step.</summary>
    /// <returns>Its slot.</returns>
    public int Add(BlockStep step)
    {
        _root.Steps.Add(_root == this ? step : new LineStep(step) { Slot = step.Slot });
        return step.Slot;
    }

    /// <summary>Adds a draw by weight.</summary>
    /// <returns>The slot of the index drawn.</returns>
    public int AddWeighted(ValueScope scope, string purpose, IReadOnlyList<double> weights) => Add(new WeightedStep
    {
        Slot = NewSlot(),
        Draws = NewStream(scope, purpose),
        Weights = new AliasTable(weights),
    });

    /// <summary>Notes that rows of a dataset are referred to.</summary>
    /// <returns>False when there are too many references.</returns>
    public bool Refer(int dataset)
    {
        _root._references.Add(dataset);
        return ++_root._referenceCount <= MostReferences;
    }

    /// <summary>Notes how many unique values there are.</summary>
    public void LimitRows(long most) => MostRows = Math.Min(MostRows, most);

    /// <summary>Widens <see cref="TimeSpan"/>.</summary>
    public void Include(long earliest, long latest) =>
        _root.TimeSpan = (Math.Min(_root.TimeSpan.Earliest, earliest), Math.Max(_root.TimeSpan.Latest, latest));

    /// <summary>A writer of one text.</summary>
    public FieldWriter Constant(string text)
    {
        byte[] bytes = Bytes(text);
        return new ConstantWriter(bytes, IsSpecial(bytes));
    }

    /// <summary>A writer of the text whose index a slot holds.</summary>
    public FieldWriter List(int slot, IEnumerable<string> texts)
    {
        byte[][] bytes = [.. texts.Select(Bytes)];
        return new ListWriter(slot, bytes, bytes.Any(text => IsSpecial(text)));
    }

    /// <summary>Whether a field with this text must be escaped.</summary>
    public bool IsSpecial(ReadOnlySpan<byte> text) => _format.IsSpecial(text);

    /// <summary>What writes a value as a field of a record.</summary>
    public FieldWriter Field(FieldWriter writer) => _format.Field(writer);

    private byte[] Bytes(string text)
    {
        if (_format.Objection(text) is { } why)
        {
            _root.Objection ??= (text, why);
        }

        return Encoding.UTF8.GetBytes(text);
    }
}
