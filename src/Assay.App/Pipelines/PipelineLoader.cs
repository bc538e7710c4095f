using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>Finds and reads pipelines.</summary>
public static class PipelineLoader
{
    private const string Folder = "pipelines";
    private const string FileName = "pipeline.yaml";

    /// <summary>Reads a pipeline and checks it as a whole.</summary>
    /// <param name="path">A pipeline's name, looked for as <c>pipelines/NAME/pipeline.yaml</c> from the working directory upwards and then
    /// from the program's upwards; or a file; or a folder with a <c>pipeline.yaml</c>.</param>
    /// <param name="settings">What its variables are given from outside, and the working directory.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="DefinitionException">There is no such pipeline, or something is wrong with it; the exception holds all that is.</exception>
    public static PipelineDefinition Load(string path, PipelineSettings settings)
    {
        string file = Find(path, settings.WorkingDirectory);
        string name = Shown(file, settings.WorkingDirectory);
        PipelineDefinition pipeline = PipelineReading.Read(ReadText(file, name), name, Path.GetDirectoryName(file)!, settings);
        RefuseAnothersName(pipeline, path);
        return pipeline;
    }

    /// <summary>Reads a pipeline from a text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">The file's name in messages; files beside the pipeline are looked for in its folder.</param>
    /// <param name="settings">What its variables are given from outside, and the working directory.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="DefinitionException">Something is wrong with it; the exception holds all that is.</exception>
    public static PipelineDefinition Parse(string yaml, string file, PipelineSettings settings) =>
        PipelineReading.Read(yaml, file, Path.GetDirectoryName(Path.GetFullPath(file, settings.WorkingDirectory))!, settings);

    /// <summary>The names of the pipelines that can be loaded by name.</summary>
    /// <param name="workingDirectory">The folder to look from.</param>
    /// <returns>The names in ordinal order.</returns>
    public static IReadOnlyList<string> List(string workingDirectory)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string root in Roots(workingDirectory).Where(Directory.Exists))
        {
            names.UnionWith(Directory.EnumerateDirectories(root)
                .Where(folder => File.Exists(Path.Combine(folder, FileName)))
                .Select(folder => Path.GetFileName(folder)));
        }

        return [.. names];
    }

    /// <summary>The folder of a pipeline, without reading it.</summary>
    /// <param name="path">As for <see cref="Load"/>.</param>
    /// <param name="workingDirectory">The folder to look from.</param>
    /// <returns>A full path.</returns>
    /// <exception cref="DefinitionException">There is no such pipeline.</exception>
    public static string FolderOf(string path, string workingDirectory) => Path.GetDirectoryName(Find(path, workingDirectory))!;

    /// <summary>
    /// A pipeline is called by its folder's name, and publishes under the name it declares. A copy whose name was
    /// not changed would publish over the original's results.
    /// </summary>
    private static void RefuseAnothersName(PipelineDefinition pipeline, string path)
    {
        bool isListed = Path.GetFileName(Path.GetDirectoryName(pipeline.Folder)) == Folder;
        if (!isListed || !Names.IsFile(path) || pipeline.Name == path)
        {
            return;
        }

        string[] lines = pipeline.Text.Split('\n');
        int line = Array.FindIndex(lines, text => text.StartsWith("pipeline:", StringComparison.Ordinal));
        throw new DefinitionException([new DefinitionError(
            pipeline.File,
            line + 1,
            1,
            $"the folder is `{path}`, but the pipeline is named `{pipeline.Name}`, so it would publish over that one's results",
            $"write `pipeline: {path}`")]);
    }

    private static string Find(string path, string workingDirectory)
    {
        bool isName = Names.IsFile(path);
        if (isName)
        {
            foreach (string root in Roots(workingDirectory))
            {
                string file = Path.Combine(root, path, FileName);
                if (File.Exists(file))
                {
                    return file;
                }
            }
        }

        string full = path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(path, workingDirectory);
        string inside = Path.Combine(full, FileName);
        if (File.Exists(full))
        {
            return full;
        }

        if (full.Length > 0 && File.Exists(inside))
        {
            return inside;
        }

        if (!isName)
        {
            throw Failed("", Directory.Exists(full) ? $"the folder `{path}` has no `{FileName}`" : $"there is no file `{path}`", null);
        }

        IReadOnlyList<string> known = List(workingDirectory);
        string others = known.Count == 0 ? $"there is none under `{Folder}/`" : $"there are {string.Join(", ", known.Select(name => $"`{name}`"))}";
        throw Failed("", $"there is no pipeline `{path}`", DidYouMean.Hint(path, known) is { } near ? $"{near} ({others})" : others);
    }

    private static IEnumerable<string> Roots(string workingDirectory)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string start in new[] { Path.GetFullPath(workingDirectory), AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                string root = Path.Combine(folder.FullName, Folder);
                if (seen.Add(root))
                {
                    yield return root;
                }
            }
        }
    }

    private static string Shown(string file, string workingDirectory)
    {
        string relative = Path.GetRelativePath(workingDirectory, file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative.Replace('\\', '/');
    }

    private static string ReadText(string file, string name)
    {
        try
        {
            // A character takes four bytes at most; the reader says what is too large.
            return new FileInfo(file).Length > YamlReader.MostCharacters * 4L
                ? throw Failed(name, "the file is too large for a pipeline", "the limit is 1 MiB")
                : File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(name, $"the file cannot be read: {exception.Message}", null);
        }
    }

    private static DefinitionException Failed(string file, string message, string? hint) =>
        new([new DefinitionError(file, 0, 0, message, hint)]);
}
