using System.Text;

namespace Assay.App.Generate;

/// <summary>How to make the rows of a file: what a <c>generate.yaml</c> says, checked whole and ready to run.</summary>
public sealed class GeneratePlan
{
    internal GeneratePlan()
    {
    }

    /// <summary>The name of what is generated.</summary>
    public required string Name { get; init; }

    /// <summary>The columns in the order they are written.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The day that timestamps count from, unless the options give another.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>The share of rows that are made bad, unless the options give another.</summary>
    public required double ErrorRate { get; init; }

    /// <summary>The kinds of error, in the file's order.</summary>
    public IReadOnlyList<string> ErrorKinds => [.. Errors.Select(kind => kind.Name)];

    /// <summary>The steps that make the values, each after those it needs.</summary>
    internal required IReadOnlyList<BlockStep> Steps { get; init; }

    /// <summary>The steps that only error kinds need; the last fills <see cref="ErrorSlot"/>.</summary>
    internal required IReadOnlyList<BlockStep> ErrorSteps { get; init; }

    /// <summary>The slot with a bit per kind of error, or -1 when there is none.</summary>
    internal required int ErrorSlot { get; init; }

    /// <summary>The kinds of error by bit.</summary>
    internal required IReadOnlyList<ErrorKind> Errors { get; init; }

    /// <summary>What writes each column.</summary>
    internal required FieldWriter[] Writers { get; init; }

    /// <summary>The number of every stream of draws, by stream index.</summary>
    internal required IReadOnlyList<ulong> Streams { get; init; }

    /// <summary>How many slots the steps fill.</summary>
    internal required int Slots { get; init; }

    /// <summary>The byte between fields.</summary>
    internal required byte Delimiter { get; init; }

    /// <summary>What ends a row.</summary>
    internal required byte[] LineEnd { get; init; }

    /// <summary>The earliest and latest timestamp, in seconds from the start of the start day.</summary>
    internal required (long Earliest, long Latest) TimeSpan { get; init; }

    /// <summary>Reads a generation file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="GenerateDefinitionException">The file is wrong; every error is listed with its place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static GeneratePlan Load(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads a generation file's text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">The name for error messages.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="GenerateDefinitionException">The text is wrong; every error is listed with its place.</exception>
    public static GeneratePlan Parse(string yaml, string file) => PlanReader.Read(yaml, file);

    /// <summary>The most bytes that a row can take, with what ends it.</summary>
    internal int MaxRowBytes()
    {
        int[] widest = [.. Writers.Select(writer => writer.MaxBytes)];
        foreach ((int column, FieldWriter writer) in Errors.SelectMany(kind => kind.Changes))
        {
            widest[column] = Math.Max(widest[column], writer.MaxBytes);
        }

        return widest.Sum() + widest.Length + LineEnd.Length;
    }

    /// <summary>The first line: the columns' names.</summary>
    internal byte[] Header()
    {
        string delimiter = ((char)Delimiter).ToString();
        string line = string.Join(delimiter, Columns.Select(Quoted));
        return [.. Encoding.UTF8.GetBytes(line), .. LineEnd];

        string Quoted(string name) => QuotedWriter.IsNeeded(Encoding.UTF8.GetBytes(name), Delimiter)
            ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : name;
    }
}
