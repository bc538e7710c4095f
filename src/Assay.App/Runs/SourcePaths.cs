using Assay.App.Pipelines;
using Assay.Read;

namespace Assay.App.Runs;

/// <summary>Which files a run's sources are given, and whether they go together.</summary>
internal static class SourcePaths
{
    /// <summary>The files that a source's path names; the source has one, and it is not standard input.</summary>
    /// <param name="source">The source.</param>
    /// <returns>Paths in ordinal order; one without wildcards is given whether or not there is such a file.</returns>
    /// <exception cref="ReadException">No file matches.</exception>
    public static IReadOnlyList<string> Find(SourceDefinition source)
    {
        IReadOnlyList<string> files = source.FindFiles(Directory.GetCurrentDirectory());
        return files.Count > 0 ? files : throw new ReadException(
            ReadErrorKind.NotFound, source.Name, source.Path, $"no file matches `{source.Path}` (source `{source.Name}`)");
    }

    /// <summary>Whether samples stand in for the files of a pipeline that keeps what it loads: only when no source is given any.
    /// Beside real files, or what a real API says, a sample would be a mix of real and invented rows.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="isSimulated">Whether an imitation is asked instead of APIs.</param>
    public static bool TakesSamples(PipelineDefinition pipeline, bool isSimulated = false) =>
        pipeline.Sources.All(source => source.Path.Length == 0 && (source.Rest is null || isSimulated));

    /// <summary>Makes sure that a file is there.</summary>
    /// <param name="source">The source that it is of.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="ReadException">It is not.</exception>
    public static void Require(SourceDefinition source, string file)
    {
        if (!File.Exists(file))
        {
            throw new ReadException(ReadErrorKind.NotFound, source.Name, file, $"there is no file {file} (source `{source.Name}`)");
        }
    }

    /// <summary>Makes sure that a pipeline that keeps what it loads is given files for all of its sources or for none.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="isRebuilding">Whether silver is rebuilt from bronze, which needs no files.</param>
    /// <param name="isSimulated">Whether an imitation is asked instead of APIs.</param>
    /// <param name="wasLoaded">Whether files of a source were loaded before.</param>
    /// <exception cref="RunException">Some sources are given files and others need some.</exception>
    public static void RequireAllOrNone(PipelineDefinition pipeline, bool isRebuilding, bool isSimulated, Func<string, bool> wasLoaded)
    {
        SourceDefinition[] empty = [.. pipeline.Sources.Where(source => source.Path.Length == 0 && source.Rest is null)];
        if (isRebuilding || empty.Length == 0 || TakesSamples(pipeline, isSimulated))
        {
            return;
        }

        // What was loaded before stands; the other sources may well have nothing new today.
        if (empty.All(source => wasLoaded(source.Name)))
        {
            return;
        }

        string names = string.Join(", ", empty.Select(source => $"`{source.Name}`"));
        throw new RunException($"no file is given for {names}, only for the others; a sample is made only when none is given. Name its file with --set");
    }
}
