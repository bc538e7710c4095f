namespace Assay.Read;

/// <summary>What a worker found in a block, to be put together with the others' in reading order.</summary>
internal sealed class JsonEntry(bool[] met) : RowLedger.Entry
{
    /// <summary>By column, whether a record had it.</summary>
    public bool[] Met { get; } = met;

    /// <summary>How many records were objects as they should be.</summary>
    public int Objects { get; set; }

    /// <summary>Names that were not asked for.</summary>
    public List<string> Names { get; set; } = [];

    /// <summary>For each of them, the first row of the block that has it.</summary>
    public List<int> NameRows { get; set; } = [];

    /// <summary>How many of the block's records have each unknown field, when that is counted.</summary>
    public IReadOnlyDictionary<string, int> Unknown { get; set; } = new Dictionary<string, int>();

    /// <summary>Whether the file ends here.</summary>
    public bool IsFinal { get; set; }

    /// <summary>How far the text before the block leads.</summary>
    public TextPlace Before { get; set; }

    /// <summary>How far the block leads, or its part before the fault.</summary>
    public TextPlace Block { get; set; }

    /// <summary>Why the document could not be read on, if it could not.</summary>
    public string? Reason { get; set; }

    /// <summary>Where that is in the uncompressed file.</summary>
    public long Offset { get; set; }

    /// <summary>Set by the ledger when the block comes after a fault, so that it does not count.</summary>
    public bool IsVoid { get; set; }
}
