using System.Text;

namespace Assay.App.Generate;

/// <summary>Collects the steps, slots and streams of a plan while its file is read.</summary>
/// <param name="delimiter">The byte between fields.</param>
internal sealed class PlanBuilder(byte delimiter)
{
    private readonly List<ulong> _streams = [];

    /// <summary>Where new steps go: first the rows' own, later those of the error kinds.</summary>
    public List<BlockStep> Steps { get; set; } = [];

    /// <summary>The streams so far.</summary>
    public IReadOnlyList<ulong> Streams => _streams;

    /// <summary>How many slots there are.</summary>
    public int Slots { get; private set; }

    /// <summary>Takes a slot.</summary>
    public int NewSlot() => Slots++;

    /// <summary>Takes a stream.</summary>
    /// <param name="scope">Whose stream it is.</param>
    /// <param name="purpose">What it decides, when the scope has several.</param>
    public DrawStream NewStream(ValueScope scope, string purpose)
    {
        _streams.Add(RandomStream.Number($"{scope.Stream}/{purpose}"));
        return new DrawStream(_streams.Count - 1, scope.EntitySlot);
    }

    /// <summary>Adds a step.</summary>
    /// <returns>Its slot.</returns>
    public int Add(BlockStep step)
    {
        Steps.Add(step);
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

    /// <summary>A writer of one text.</summary>
    public FieldWriter Constant(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return new ConstantWriter(bytes, IsSpecial(bytes));
    }

    /// <summary>A writer of the text whose index a slot holds.</summary>
    public FieldWriter List(int slot, IEnumerable<string> texts)
    {
        byte[][] bytes = [.. texts.Select(Encoding.UTF8.GetBytes)];
        return new ListWriter(slot, bytes, bytes.Any(text => IsSpecial(text)));
    }

    /// <summary>Whether a CSV field with this text must be quoted.</summary>
    public bool IsSpecial(ReadOnlySpan<byte> text) => QuotedWriter.IsNeeded(text, delimiter);

    /// <summary>What writes a value as a CSV field.</summary>
    public FieldWriter Field(FieldWriter writer) => writer.Special ? new QuotedWriter(writer, delimiter) : writer;
}
