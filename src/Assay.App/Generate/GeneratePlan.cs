using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>How to make the rows of a file: what a <c>generate.yaml</c> says, checked whole and ready to run.</summary>
public sealed class GeneratePlan
{
    internal GeneratePlan(string name, DateOnly start, double errorRate, RowProgram program)
    {
        Name = name;
        Start = start;
        ErrorRate = errorRate;
        Program = program;
    }

    /// <summary>The name of what is generated.</summary>
    public string Name { get; }

    /// <summary>The columns in the order they are written.</summary>
    public IReadOnlyList<string> Columns => Program.Columns;

    /// <summary>The day that timestamps count from, unless the options give another.</summary>
    public DateOnly Start { get; }

    /// <summary>The share of rows that are made bad, unless the options give another.</summary>
    public double ErrorRate { get; }

    /// <summary>The kinds of error, in the file's order.</summary>
    public IReadOnlyList<string> ErrorKinds => [.. Program.Errors.Select(kind => kind.Name)];

    /// <summary>The steps that make the rows.</summary>
    internal RowProgram Program { get; }

    /// <summary>Reads a generation file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="DefinitionException">The file cannot be read or is wrong; all that is wrong is listed with its place.</exception>
    public static GeneratePlan Load(string path)
    {
        string text;
        try
        {
            // A character takes four bytes at most; the reader says what is too large.
            text = new FileInfo(path).Length > YamlReader.MostCharacters * 4L
                ? throw new IOException("it is larger than 4 MiB")
                : File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DefinitionException([new DefinitionError(path, 0, 0, $"the file cannot be read: {exception.Message}")]);
        }

        return Parse(text, path);
    }

    /// <summary>Reads a generation file's text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">The name for error messages.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="DefinitionException">The text is wrong; all that is wrong is listed with its place.</exception>
    public static GeneratePlan Parse(string yaml, string file) => PlanReader.Read(yaml, file);
}
