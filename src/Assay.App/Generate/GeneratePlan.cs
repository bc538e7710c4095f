using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>How to make the rows of one or several files: what a <c>generate.yaml</c> says, checked whole and ready to run.</summary>
public sealed class GeneratePlan
{
    internal GeneratePlan(string name, DateOnly start, bool isSingle, IReadOnlyList<GenerateDataset> datasets)
    {
        Name = name;
        Start = start;
        IsSingle = isSingle;
        Datasets = datasets;
    }

    /// <summary>The name of what is generated.</summary>
    public string Name { get; }

    /// <summary>The day that timestamps count from, unless the options give another.</summary>
    public DateOnly Start { get; }

    /// <summary>Whether the file describes one dataset without giving it a name of its own; it then has the plan's.</summary>
    public bool IsSingle { get; }

    /// <summary>The datasets, in the file's order; one at least.</summary>
    public IReadOnlyList<GenerateDataset> Datasets { get; }

    /// <summary>A dataset.</summary>
    /// <param name="name">Its name, or null for the only one.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="GenerateException">There is none of that name, or no name was given and there are several.</exception>
    public GenerateDataset Dataset(string? name)
    {
        GenerateDataset? dataset = name is not null ? Datasets.FirstOrDefault(one => one.Name == name)
            : Datasets.Count == 1 ? Datasets[0] : null;
        string names = string.Join(", ", Datasets.Select(one => one.Name));
        return dataset ?? throw new GenerateException(
            name is null ? $"say which dataset of `{Name}`: {names}" : $"`{Name}` has no dataset `{name}`; it has {names}");
    }

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
