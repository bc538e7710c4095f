using Assay.App.Pipelines;
using Assay.Store;

namespace Assay.App.Plans;

/// <summary>Tells how many records files of one source have, without reading more of them than a little.</summary>
internal sealed class RowEstimates
{
    /// <summary>The files of which the beginning is read; of more, the mean of these is taken.</summary>
    private const int MostSamples = 8;

    private readonly SourceDefinition _source;
    private readonly IReadOnlyList<string> _fields;
    private readonly ILookup<bool, LoadedFile> _loaded;
    private readonly HashSet<string> _bases = new(StringComparer.Ordinal);
    private int _samples;
    private long _sampledRows;
    private long _sampledBytes;

    /// <param name="source">The source.</param>
    /// <param name="fields">The fields that tables read of it.</param>
    /// <param name="loaded">Its files that were loaded before.</param>
    public RowEstimates(SourceDefinition source, IReadOnlyList<string> fields, IReadOnlyList<LoadedFile> loaded)
    {
        _source = source;
        _fields = fields;
        // A packed file has many more records a byte than a plain one.
        _loaded = loaded.Where(file => (file.Format ?? source.Format) == source.Format && file.Rows > 0).ToLookup(file => IsPacked(file.Name));
    }

    /// <summary>Where the estimates so far come from, in words; null when all numbers were counted.</summary>
    public string? Basis => _bases.Count == 0 ? null : string.Join("; ", _bases);

    /// <summary>Estimates a file's records.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The records.</returns>
    /// <exception cref="Read.ReadException">The file cannot be read, or lacks a field.</exception>
    public RowEstimate Of(string file, long bytes, CancellationToken cancellationToken)
    {
        LoadedFile[] like = [.. _loaded[IsPacked(file)]];
        if (like.Length > 0)
        {
            _bases.Add(like.Length == 1 ? "as in the file loaded before" : $"the mean of {like.Length} files loaded before");
            return Estimate(bytes, like.Sum(one => one.Rows), like.Sum(one => one.Bytes));
        }

        if (_samples == MostSamples)
        {
            _bases.Add($"the mean of the first {MostSamples} files");
            return Estimate(bytes, _sampledRows, _sampledBytes);
        }

        (RowEstimate records, long read) = RowSampling.Count(_source, file, _source.Format, _fields, cancellationToken);
        _samples++;
        _sampledRows += records.Rows;
        _sampledBytes += read;
        if (records.IsExact)
        {
            return records;
        }

        _bases.Add("from the first 1 MiB of a file");
        return Estimate(bytes, records.Rows, read);
    }

    private static bool IsPacked(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static RowEstimate Estimate(long bytes, long rows, long ofBytes) =>
        new((long)Math.Round((double)bytes * rows / Math.Max(ofBytes, 1)), false);
}
