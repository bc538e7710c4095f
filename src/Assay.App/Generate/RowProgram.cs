namespace Assay.App.Generate;

/// <summary>The steps of a dataset: what is drawn and computed for each row, and what writes it.</summary>
internal sealed record RowProgram
{
    /// <summary>The columns in the order they are written.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The steps that make the values, each after those it needs.</summary>
    public required IReadOnlyList<BlockStep> Steps { get; init; }

    /// <summary>The steps that only error kinds need; they fill the error slots.</summary>
    public required IReadOnlyList<BlockStep> ErrorSteps { get; init; }

    /// <summary>The kinds of error of the rows.</summary>
    public required ErrorPlan Errors { get; init; }

    /// <summary>The kinds of error of the lines; none when rows have no lines.</summary>
    public required ErrorPlan LineErrors { get; init; }

    /// <summary>What writes each column of a record: a line when rows have lines, else a row.</summary>
    public required FieldWriter[] Writers { get; init; }

    /// <summary>What stands around the values.</summary>
    public required RecordLayout Layout { get; init; }

    /// <summary>The number of every stream of draws, by stream index.</summary>
    public required IReadOnlyList<ulong> Streams { get; init; }

    /// <summary>How many slots the steps fill.</summary>
    public required int Slots { get; init; }

    /// <summary>How many slots the lines have; 0 when rows have no lines.</summary>
    public required int LineSlots { get; init; }

    /// <summary>The most lines of a row; 1 when rows have no lines.</summary>
    public required int MostLines { get; init; }

    /// <summary>The slot of the timestamp that the rows can be parted by, or -1.</summary>
    public required int SplitSlot { get; init; }

    /// <summary>The earliest and latest of that timestamp, in seconds from the start of the start day.</summary>
    public required (long Earliest, long Latest) SplitSpan { get; init; }

    /// <summary>The earliest and latest timestamp, in seconds from the start of the start day.</summary>
    public required (long Earliest, long Latest) TimeSpan { get; init; }

    /// <summary>The datasets whose rows are referred to, by their places in the file.</summary>
    public required IReadOnlyList<int> References { get; init; }

    /// <summary>Whether rows have lines.</summary>
    public bool HasLines => LineSlots > 0;

    /// <summary>The rows that are evaluated at once: fewer when they have many lines, so that those stay in the cache.</summary>
    public int RowsAtOnce => Math.Max(1, RowBlock.MostRows * 2 / (MostLines + 1));

    /// <summary>The most bytes that a row can take, with what stands around its values.</summary>
    public long MaxRowBytes()
    {
        int[] widest = [.. Writers.Select(writer => writer.MaxBytes)];
        foreach ((int column, FieldWriter writer) in Errors.Kinds.Concat(LineErrors.Kinds).SelectMany(kind => kind.Changes))
        {
            widest[column] = Math.Max(widest[column], writer.MaxBytes);
        }

        bool twice = Errors.Kinds.Concat(LineErrors.Kinds).Any(kind => kind.IsTwice);
        return (widest.Sum(bytes => (long)bytes) + Layout.Bytes) * MostLines * (twice ? 2 : 1);
    }

    /// <summary>The chances that a row, and a line of a good row, is made bad.</summary>
    /// <param name="errorRate">The share of records that shall be bad, or null for what the file says.</param>
    public (double OfRow, double OfLine) ErrorRates(double? errorRate)
    {
        double declared = Errors.Rate + ((1 - Errors.Rate) * LineErrors.Rate);
        if (errorRate is not { } rate || LineErrors.Slot < 0)
        {
            return (errorRate ?? Errors.Rate, LineErrors.Rate);
        }

        // In the proportion of the file's own: a bad row makes each of its lines bad, and a line can only be made
        // bad when its row is good.
        double share = Errors.Slot < 0 ? 0 : declared > 0 ? Errors.Rate / declared : 1;
        double ofRow = rate * share;
        return (ofRow, ofRow < 1 ? (rate - ofRow) / (1 - ofRow) : 0);
    }
}
