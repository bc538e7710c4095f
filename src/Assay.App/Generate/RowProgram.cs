using System.Text;

namespace Assay.App.Generate;

/// <summary>The steps of a plan: what is drawn and computed for each row, and what writes it.</summary>
internal sealed record RowProgram
{
    /// <summary>The columns in the order they are written.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The steps that make the values, each after those it needs.</summary>
    public required IReadOnlyList<BlockStep> Steps { get; init; }

    /// <summary>The steps that only error kinds need; the last fills <see cref="ErrorSlot"/>.</summary>
    public required IReadOnlyList<BlockStep> ErrorSteps { get; init; }

    /// <summary>The slot with a bit per kind of error, or -1 when there is none.</summary>
    public required int ErrorSlot { get; init; }

    /// <summary>The kinds of error by bit.</summary>
    public required IReadOnlyList<ErrorKind> Errors { get; init; }

    /// <summary>What writes each column.</summary>
    public required FieldWriter[] Writers { get; init; }

    /// <summary>The number of every stream of draws, by stream index.</summary>
    public required IReadOnlyList<ulong> Streams { get; init; }

    /// <summary>How many slots the steps fill.</summary>
    public required int Slots { get; init; }

    /// <summary>The byte between fields.</summary>
    public required byte Delimiter { get; init; }

    /// <summary>What ends a row.</summary>
    public required byte[] LineEnd { get; init; }

    /// <summary>The earliest and latest timestamp, in seconds from the start of the start day.</summary>
    public required (long Earliest, long Latest) TimeSpan { get; init; }

    /// <summary>The most bytes that a row can take, with what ends it.</summary>
    public long MaxRowBytes()
    {
        int[] widest = [.. Writers.Select(writer => writer.MaxBytes)];
        foreach ((int column, FieldWriter writer) in Errors.SelectMany(kind => kind.Changes))
        {
            widest[column] = Math.Max(widest[column], writer.MaxBytes);
        }

        return widest.Sum(bytes => (long)bytes) + widest.Length + LineEnd.Length;
    }

    /// <summary>The first line: the columns' names.</summary>
    public byte[] Header()
    {
        string delimiter = ((char)Delimiter).ToString();
        string line = string.Join(delimiter, Columns.Select(Quoted));
        return [.. Encoding.UTF8.GetBytes(line), .. LineEnd];

        string Quoted(string name) => QuotedWriter.IsNeeded(Encoding.UTF8.GetBytes(name), Delimiter)
            ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : name;
    }
}
