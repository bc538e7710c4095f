using System.Runtime.CompilerServices;
using Assay.App.Pipelines;
using Assay.Read;

namespace Assay.App.Runs;

/// <summary>Opens a source's files in its format. Each format is opened in a method of its own, so that a run loads the code of that one alone.</summary>
internal static class SourceReader
{
    /// <summary>Opens files.</summary>
    /// <param name="source">The source.</param>
    /// <param name="format">Their format.</param>
    /// <param name="files">The files, in reading order.</param>
    /// <param name="names">What to call each.</param>
    /// <param name="fields">The fields that are needed.</param>
    /// <param name="blockSize">The bytes that a worker takes at a time; null leaves it to the reader.</param>
    /// <param name="optional">Those of the columns that a file which declares its columns may lack; null when it may lack none.</param>
    /// <returns>The records.</returns>
    /// <exception cref="ReadException">A file cannot be read.</exception>
    public static IRecordSource Open(
        SourceDefinition source,
        string format,
        IReadOnlyList<string> files,
        IReadOnlyList<string> names,
        IReadOnlyList<string> fields,
        int? blockSize,
        IReadOnlyCollection<string>? optional = null) =>
        format switch
        {
            "csv" => CsvSource.Open(files, fields, Csv(source, blockSize) with { OptionalColumns = optional ?? [] }, source.Name, names),
            "xml" => OpenXml(source, files, names, fields, blockSize),
            "json" or "jsonl" => OpenJson(source, format, files, names, fields, blockSize),
            "parquet" => OpenParquet(source, files, names, fields, optional ?? []),
            ReplayFile.Format => CsvSource.Open(files, fields, ReplayFile.Options(blockSize) with { OptionalColumns = optional ?? [] }, source.Name, names),
            _ => throw new RunException($"source `{source.Name}` has files of format `{format}`, which this version does not read"),
        };

    /// <summary>Opens a stream, such as standard input.</summary>
    /// <param name="source">The source.</param>
    /// <param name="stream">The stream; disposed with the records.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="fields">The fields that are needed.</param>
    /// <param name="blockSize">The bytes that a worker takes at a time; null leaves it to the reader.</param>
    /// <param name="optional">Those of its columns that it may lack, if it declares them; null when it may lack none.</param>
    /// <returns>The records, or null when the format cannot be read from a stream.</returns>
    /// <exception cref="ReadException">It cannot be read.</exception>
    public static IRecordSource? Open(
        SourceDefinition source, Stream stream, string name, IReadOnlyList<string> fields, int? blockSize, IReadOnlyCollection<string>? optional = null) =>
        source.Format switch
        {
            "csv" => CsvSource.Open(stream, name, fields, Csv(source, blockSize) with { OptionalColumns = optional ?? [] }, source.Name),
            "xml" => OpenXml(source, stream, name, fields, blockSize),
            "json" or "jsonl" => OpenJson(source, stream, name, fields, blockSize),
            _ => null,
        };

    /// <summary>How the CSV files of a source are read.</summary>
    /// <param name="source">The source.</param>
    /// <param name="blockSize">The bytes that a worker takes at a time; null leaves it to the reader.</param>
    /// <returns>The options.</returns>
    public static CsvOptions Csv(SourceDefinition source, int? blockSize)
    {
        var options = new CsvOptions { Delimiter = (byte?)source.Delimiter, Encoding = source.Encoding, SkipLines = source.SkipLines };
        return blockSize is { } size ? options with { BlockSize = size } : options;
    }

    private static XmlOptions Xml(SourceDefinition source, int? blockSize)
    {
        var options = new XmlOptions { Record = source.Record ?? throw new RunException($"source `{source.Name}` names no record") };
        return blockSize is { } size ? options with { BlockSize = size } : options;
    }

    private static JsonOptions Json(SourceDefinition source, string format, int? blockSize)
    {
        var options = new JsonOptions
        {
            Format = format == "jsonl" ? JsonFormat.Lines : JsonFormat.Document,
            Record = source.Record,
            KnownFields = source.Contract.Known,
            UnknownFields = source.Contract.Unknown,
        };
        return blockSize is { } size ? options with { BlockSize = size } : options;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IRecordSource OpenXml(
        SourceDefinition source, IReadOnlyList<string> files, IReadOnlyList<string> names, IReadOnlyList<string> fields, int? blockSize) =>
        XmlSource.Open(files, fields, Xml(source, blockSize), source.Name, names);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IRecordSource OpenXml(SourceDefinition source, Stream stream, string name, IReadOnlyList<string> fields, int? blockSize) =>
        XmlSource.Open(stream, name, fields, Xml(source, blockSize), source.Name);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IRecordSource OpenJson(
        SourceDefinition source, string format, IReadOnlyList<string> files, IReadOnlyList<string> names, IReadOnlyList<string> fields, int? blockSize) =>
        JsonSource.Open(files, fields, Json(source, format, blockSize), source.Name, names);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IRecordSource OpenJson(SourceDefinition source, Stream stream, string name, IReadOnlyList<string> fields, int? blockSize) =>
        JsonSource.Open(stream, name, fields, Json(source, source.Format, blockSize), source.Name);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IRecordSource OpenParquet(
        SourceDefinition source, IReadOnlyList<string> files, IReadOnlyList<string> names, IReadOnlyList<string> fields, IReadOnlyCollection<string> optional) =>
        ParquetSource.Open(files, fields, new ParquetOptions { OptionalColumns = optional }, source.Name, names);
}
