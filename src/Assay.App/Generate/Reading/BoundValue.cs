namespace Assay.App.Generate;

/// <summary>What the rest of the plan can do with a value or column that has been read.</summary>
internal sealed record BoundValue
{
    /// <summary>Writes it; null for a row that is picked or referred to, which has no text of its own.</summary>
    public FieldWriter? Writer { get; init; }

    /// <summary>Its number, when it is one.</summary>
    public NumberSource? Number { get; init; }

    /// <summary>The slot of its timestamp, or -1 when it is none.</summary>
    public int TimestampSlot { get; init; } = -1;

    /// <summary>The earliest and latest timestamp, in seconds from the start.</summary>
    public (long Earliest, long Latest) TimeSpan { get; init; }

    /// <summary>The slot of the chosen entry, or of the row that is picked or referred to; -1 when it is none of these.</summary>
    public int EntrySlot { get; init; } = -1;

    /// <summary>What each entry stands for, for conditions.</summary>
    public IReadOnlyList<string> Entries { get; init; } = [];

    /// <summary>The table that a row is picked of.</summary>
    public PickTable? Table { get; init; }

    /// <summary>For the field of a picked row, its texts per row of the table.</summary>
    public string[][]? Texts { get; init; }

    /// <summary>The values of the other dataset's row that is referred to.</summary>
    public ValueReader? Reference { get; init; }
}
