using System.Text;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Data;
using Assay.Read;
using Assay.Store;

namespace Assay.App.Quarantine;

/// <summary>Takes records apart that the quarantine has as they were, by the format of their source.</summary>
internal sealed class RecordParser
{
    private static readonly HashSet<string> Damaged = new(StringComparer.Ordinal)
    {
        FaultCode.BadQuote.Name(), FaultCode.FieldTooLong.Name(), FaultCode.RecordTooLong.Name(), FaultCode.BadJson.Name(),
    };

    private readonly SourceDefinition _source;
    private readonly string _file;
    private readonly IReadOnlyList<string> _fields;
    private readonly (string Before, string Between, string After) _frame;

    private RecordParser(SourceDefinition source, string file, IReadOnlyList<string> fields, (string Before, string Between, string After) frame)
    {
        _source = source;
        _file = file;
        _fields = fields;
        _frame = frame;
    }

    /// <summary>Makes a parser for the records of a file.</summary>
    /// <param name="source">The file's source.</param>
    /// <param name="format">The file's format.</param>
    /// <param name="file">The file; of CSV its header is needed.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="fields">The fields to take out of the records.</param>
    /// <returns>The parser.</returns>
    /// <exception cref="ReadException">The header cannot be read.</exception>
    /// <exception cref="RunException">The file is gone, or its records cannot be told apart.</exception>
    public static RecordParser Create(SourceDefinition source, string format, string file, string name, IReadOnlyList<string> fields)
    {
        switch (format)
        {
            case "xml":
                return new RecordParser(source, name, fields, ("<assay.records>", "\n", "</assay.records>"));
            case "json" or "jsonl":
                return new RecordParser(source with { Format = "json", Record = null }, name, fields, ("[", ",\n", "]"));
            case "csv" or ReplayFile.Format:
                return OfCsv(source, format, file, name, fields);
            default:
                throw new RunException($"records of format `{format}` cannot be taken apart without their file, {name}");
        }
    }

    /// <summary>Takes records apart.</summary>
    /// <param name="rows">The rows of the quarantine.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>For each row a text for each field; null where there is none, or where nobody can tell.</returns>
    public IReadOnlyList<string?[]> Parse(IReadOnlyList<QuarantineRow> rows, CancellationToken cancellationToken)
    {
        // A damaged record would run into the next one.
        int[] whole = [.. Enumerable.Range(0, rows.Count).Where(i => !Damaged.Contains(rows[i].Code))];
        IReadOnlyList<string?[]> together = Read([.. whole.Select(i => rows[i].Record)], cancellationToken);
        string?[][] texts = new string?[rows.Count][];
        for (int i = 0; together.Count == whole.Length && i < whole.Length; i++)
        {
            texts[whole[i]] = together[i];
        }

        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] ??= One(rows[i].Record, cancellationToken);
        }

        return texts;
    }

    private string?[] One(string record, CancellationToken cancellationToken)
    {
        IReadOnlyList<string?[]> read = Read([record], cancellationToken);
        return read.Count == 1 && Array.Exists(read[0], text => text is not null) ? read[0]
            : _source.Format == "csv" ? Cut(record)
            : new string?[_fields.Count];
    }

    /// <summary>Reads records as the only ones of a file.</summary>
    private List<string?[]> Read(IReadOnlyList<string> records, CancellationToken cancellationToken)
    {
        var texts = new List<string?[]>(records.Count);
        if (records.Count == 0)
        {
            return texts;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(_frame.Before + string.Join(_frame.Between, records) + _frame.After);
        try
        {
            using IRecordSource file = SourceReader.Open(_source, new MemoryStream(bytes), _file, _fields, blockSize: null, optional: _fields)!;
            IRecordCursor cursor = file.OpenCursor();
            FieldBatch batch = file.NewBatch();
            while (cursor.ReadBlock(cancellationToken))
            {
                while (cursor.ReadBatch(batch))
                {
                    texts.AddRange(Enumerable.Range(0, batch.Count).Select(i => RecordTexts.Of(batch, i)));
                }
            }
        }
        catch (ReadException)
        {
            // What cannot be read is what a person is to see: its fields stay empty, and the reason says what is wrong.
            texts.Clear();
        }

        return texts;
    }

    /// <summary>Cuts a record of which the quotes are wrong at every delimiter, when that gives as many fields as the header has.</summary>
    private string?[] Cut(string record)
    {
        char delimiter = _source.Delimiter!.Value;
        string?[] texts = new string?[_fields.Count];
        string[] names = Names(_frame.Before.Split(delimiter));
        string[] cells = Names(record.Split(delimiter));
        for (int i = 0; cells.Length == names.Length && i < texts.Length; i++)
        {
            texts[i] = Array.IndexOf(names, _fields[i]) is var at and >= 0 ? cells[at] : null;
        }

        return texts;
    }

    private static string[] Names(string[] cells) => [.. cells.Select(cell => cell.Trim().Trim('"'))];

    private static RecordParser OfCsv(SourceDefinition source, string format, string file, string name, IReadOnlyList<string> fields)
    {
        if (!File.Exists(file))
        {
            throw new RunException($"the header of {name} is needed to tell the fields of its records apart, and there is no such file any more; put it back, or run it again");
        }

        // It may lack fields that came later, but not all.
        CsvOptions options = (format == ReplayFile.Format ? ReplayFile.Options(null) : SourceReader.Csv(source, null)) with { OptionalColumns = fields };
        using CsvSource opened = CsvSource.Open([file], fields, options, source.Name, [name]);
        if (opened.Lacking.Count == fields.Count)
        {
            throw new RunException($"{name}: the header has none of the fields {string.Join(", ", fields)}; it is not the file that was loaded");
        }

        // The quarantine's records are UTF-8, whatever the file is.
        SourceDefinition plain = source with { Format = "csv", Delimiter = opened.Delimiter, Encoding = CsvEncoding.Utf8, SkipLines = 0 };
        return new RecordParser(plain, name, fields, (opened.Header + "\n", "\n", "\n"));
    }
}
