using System.Globalization;
using Assay.App.Pipelines;
using Assay.Read;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Finds the source that a file of repaired rows belongs to.</summary>
internal static class ReplaySource
{
    /// <summary>Finds it: by the tables that rows name, else by the columns.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The source; the file has all its fields.</returns>
    /// <exception cref="ReadException">The file cannot be read, or lacks a field.</exception>
    /// <exception cref="UsageException">The rows are of no source, or of several.</exception>
    public static SourceDefinition Of(PipelineDefinition pipeline, string file, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> header = ReplayFile.Header(file, file);
        var sources = new List<string>();
        foreach (ReplayRow row in ReplayFile.Rows(file, file, cancellationToken).Where(row => row.Table is not null))
        {
            string source = pipeline.Tables.FirstOrDefault(table => table.Name == row.Table)?.From
                ?? throw new UsageException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file}, row {row.Number}: `{pipeline.Name}` has no table `{row.Table}`; it has {string.Join(", ", pipeline.Tables.Select(table => table.Name))}"));
            if (!sources.Contains(source))
            {
                sources.Add(source);
            }
        }

        if (sources.Count == 0)
        {
            sources.AddRange(pipeline.Sources.Select(source => source.Name).Where(source => Fields(pipeline, source).All(header.Contains)));
        }

        if (sources.Count != 1)
        {
            throw new UsageException(sources.Count > 1
                ? $"{file} has rows of several sources ({string.Join(", ", sources)}); replay those of each by themselves"
                : $"{file} has no column `{ReplayFile.Table}` that says which table its rows belong to, nor all the fields of a source of `{pipeline.Name}`; keep the columns as they were exported");
        }

        RequireFields(file, sources[0], Fields(pipeline, sources[0]));
        return pipeline.Sources.First(source => source.Name == sources[0]);
    }

    /// <summary>The file of repaired rows among those loaded that has the same bytes.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="loaded">The files loaded before, of the source.</param>
    /// <param name="sha256">The hash of the file's bytes.</param>
    /// <param name="file">What the file is called.</param>
    /// <returns>That file; null when there is none.</returns>
    /// <exception cref="UsageException">The same bytes were loaded as input.</exception>
    public static LoadedFile? ReplayedBefore(PipelineDefinition pipeline, IReadOnlyList<LoadedFile> loaded, string sha256, string file)
    {
        LoadedFile? before = loaded.FirstOrDefault(one => one.Sha256 == sha256);
        return before is null || before.Format == ReplayFile.Format
            ? before
            : throw new UsageException($"{file} was loaded as input by run {before.RunId}, so it is no file of repaired rows; "
                + $"make one: assay quarantine export {pipeline.Name} -o FILE");
    }

    private static void RequireFields(string file, string source, string[] fields)
    {
        // Its header is read, and that has to have them.
        using CsvSource opened = CsvSource.Open([file], fields, ReplayFile.Options(null), source, [file]);
    }

    private static string[] Fields(PipelineDefinition pipeline, string source) =>
        [.. pipeline.Tables.Where(table => table.From == source).SelectMany(table => table.Columns).Select(column => column.Field).Distinct(StringComparer.Ordinal)];
}
