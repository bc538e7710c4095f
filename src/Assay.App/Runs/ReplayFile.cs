using Assay.Read;

namespace Assay.App.Runs;

/// <summary>A file of repaired rows: the fields of its source as CSV, beside columns that say what was wrong.</summary>
internal static class ReplayFile
{
    /// <summary>The name of the format in bronze.</summary>
    public const string Format = "replay";

    /// <summary>How it is read.</summary>
    public static CsvOptions Options(int? blockSize)
    {
        var options = new CsvOptions { Delimiter = (byte)',' };
        return blockSize is { } size ? options with { BlockSize = size } : options;
    }
}
