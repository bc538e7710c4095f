namespace Assay.App.Generate;

/// <summary>The rows of one file: what a generation file says of them.</summary>
public sealed class GenerateDataset
{
    internal GenerateDataset(string name, int index, long? rows, long mostRows, string fileName, RowProgram program, bool isJsonLines)
    {
        Name = name;
        Index = index;
        Rows = rows;
        MostRows = mostRows;
        FileName = fileName;
        Program = program;
        IsJsonLines = isJsonLines;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The name of its file, without a folder.</summary>
    public string FileName { get; }

    /// <summary>How many rows it has unless the options say another number; null when the file does not say.</summary>
    public long? Rows { get; }

    /// <summary>The columns in the order they are written.</summary>
    public IReadOnlyList<string> Columns => Program.Columns;

    /// <summary>The share of records that are made bad, unless the options give another.</summary>
    public double ErrorRate => Program.Errors.Rate + ((1 - Program.Errors.Rate) * Program.LineErrors.Rate);

    /// <summary>The kinds of error, in the file's order: those of the rows, then those of their lines.</summary>
    public IReadOnlyList<string> ErrorKinds => [.. Program.Errors.Kinds.Concat(Program.LineErrors.Kinds).Select(kind => kind.Name)];

    /// <summary>Whether rows are written as several records, one a line.</summary>
    public bool HasLines => Program.HasLines;

    /// <summary>How many days its rows span when they can be parted by days, else 0: there can be as many parts.</summary>
    public int SplitDays => Program.SplitSlot < 0 ? 0 : (int)(LastDay - FirstDay + 1);

    /// <summary>Its place in the file.</summary>
    internal int Index { get; }

    /// <summary>The most rows that it can have: as many as there are numbers for values that are unique.</summary>
    internal long MostRows { get; }

    /// <summary>Whether each of its records is a line with a JSON object.</summary>
    internal bool IsJsonLines { get; }

    /// <summary>The steps that make the rows.</summary>
    internal RowProgram Program { get; }

    private long FirstDay => Day(Program.SplitSpan.Earliest);

    private long LastDay => Day(Program.SplitSpan.Latest);

    /// <summary>The timestamps of a part's rows: from the first to before the second, in seconds since 0001-01-01.</summary>
    /// <param name="part">The part, or null for all.</param>
    /// <param name="startSeconds">The start date, in the same seconds.</param>
    internal (long From, long To) Window(GeneratePart? part, long startSeconds)
    {
        if (part is not ({ } index, { } count))
        {
            return (long.MinValue, long.MaxValue);
        }

        return (Bound(index), Bound(index + 1));

        long Bound(long number) => startSeconds + ((FirstDay + (SplitDays * number / count)) * TimestampStep.SecondsPerDay);
    }

    private static long Day(long seconds) => (long)Math.Floor(seconds / (double)TimestampStep.SecondsPerDay);
}
