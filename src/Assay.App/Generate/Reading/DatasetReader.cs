using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads what a file says of one dataset.</summary>
internal sealed class DatasetReader
{
    private const int MostNames = 1000;
    private const long MostRowBytes = 8 << 20;

    private readonly YamlSource _source;
    private readonly YamlMap _map;
    private readonly DatasetPlace _place;
    private readonly RecordFormat _format;
    private readonly PlanBuilder _builder;

    private DatasetReader(YamlSource source, YamlMap map, DatasetPlace place)
    {
        _source = source;
        _map = map;
        _place = place;
        _format = FormatReader.Read(source, map);
        _builder = new PlanBuilder(_format);
    }

    /// <summary>The keys that describe a dataset.</summary>
    public static string[] Keys { get; } =
        ["rows", "format", "file", "root", "record", "delimiter", "line_end", "split", "values", "columns", "lines", "errors"];

    /// <summary>Reads a dataset.</summary>
    /// <param name="source">Where problems go.</param>
    /// <param name="map">Its description.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="tables">The tables to pick from.</param>
    /// <param name="earlier">The datasets before it.</param>
    /// <returns>The dataset, or null after a problem; and what it declares.</returns>
    public static (GenerateDataset? Dataset, DatasetDeclaration Declaration) Read(
        YamlSource source,
        YamlMap map,
        DatasetPlace place,
        IReadOnlyDictionary<string, PickTable> tables,
        IReadOnlyList<DatasetDeclaration> earlier)
    {
        var reader = new DatasetReader(source, map, place);
        var declared = new Dictionary<string, YamlNode>();
        var declaration = new DatasetDeclaration(place.Name, place.Index, place.Prefix, declared);
        return (reader.Dataset(declared, tables, earlier), declaration);
    }

    private GenerateDataset? Dataset(
        Dictionary<string, YamlNode> declared, IReadOnlyDictionary<string, PickTable> tables, IReadOnlyList<DatasetDeclaration> earlier)
    {
        long? rows = _map["rows"] is { } count ? _source.WholeNumber(count, "`rows`") : null;
        if (rows < 0)
        {
            _source.Add(_map["rows"]!, "`rows` must not be below 0");
        }

        string name = Names.IsFile(_place.Name) ? _place.Name : "data";
        string fileName = FormatReader.FileName(_source, _map["file"], $"{name}.{_format.Extension}");
        if (_map.Required("columns") is not { } columnsNode)
        {
            return null;
        }

        IReadOnlyList<(YamlScalar Key, YamlNode Value)> columns = Columns(columnsNode, "`columns`");
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> hidden = _map["values"] is { } values ? _source.Entries(values, "`values`") : [];
        Declare(declared, hidden.Concat(columns), "row", "start");
        if (declared.Count > MostNames)
        {
            _source.Add(columnsNode, $"the file has more than {MostNames} values and columns");
            return null;
        }

        var context = new ReaderContext
        {
            Builder = _builder,
            Tables = tables,
            Declared = declared,
            Earlier = earlier,
            Prefix = _place.Prefix,
        };
        var reader = new ValueReader(_source, context);
        LinesReader? lines = _map["lines"] is { } node ? LinesReader.Begin(reader, context, node, this) : null;
        Func<FieldWriter, FieldWriter> asField = lines is null ? _builder.Field : writer => new ParentWriter(_builder.Field(writer));
        List<RecordColumn> record = Bind(reader, hidden, columns, asField);
        lines?.Bind(record);
        (int splitSlot, (long, long) splitSpan) = Split(reader);

        List<BlockStep> steps = _builder.Steps;
        _builder.Steps = [];
        Dictionary<string, int> places = Places(record);
        ErrorPlan errors = ErrorReader.Read(
            reader, _map["errors"], columns.ToDictionary(column => column.Key.Text, column => places[column.Key.Text]), asField);
        ErrorPlan lineErrors = lines?.Errors(places) ?? ErrorPlan.None;
        if (errors.Kinds.Select(kind => kind.Name).Intersect(lineErrors.Kinds.Select(kind => kind.Name)).FirstOrDefault() is { } both)
        {
            _source.Add(_map["lines"]!, $"error `{both}` is both one of rows and one of lines", "the counts are told by their names");
        }

        if (record.Count == 0)
        {
            return null;
        }

        string[] names = [.. record.Select(column => column.Name)];
        if (_format.LayoutObjection(names) is { } objection)
        {
            _source.Add(columnsNode, objection);
        }

        var program = new RowProgram
        {
            Columns = names,
            Steps = steps,
            ErrorSteps = _builder.Steps,
            Errors = errors,
            LineErrors = lineErrors,
            Writers = [.. record.Select(column => column.Writer)],
            Layout = _format.Layout(names),
            Streams = _builder.Streams,
            Slots = _builder.Slots,
            LineSlots = lines?.Slots ?? 0,
            MostLines = lines?.MostLines ?? 1,
            SplitSlot = splitSlot,
            SplitSpan = splitSpan,
            TimeSpan = _builder.TimeSpan,
            References = [.. _builder.References],
        };
        if (program.MaxRowBytes() > MostRowBytes)
        {
            _source.Add(columnsNode, "a row can be longer than 8 MiB");
        }

        if (_builder.Objection is ({ } text, { } why))
        {
            _source.Add(columnsNode, $"the text `{text}` cannot be written: {why}");
        }

        return new GenerateDataset(_place.Name, _place.Index, rows, _builder.MostRows, fileName, program, _format is JsonLinesFormat);
    }

    /// <summary>The columns of a mapping, of which there must be one at least.</summary>
    public IReadOnlyList<(YamlScalar Key, YamlNode Value)> Columns(YamlNode node, string what)
    {
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> columns = _source.Entries(node, what);
        if (columns.Count == 0)
        {
            _source.Add(node, $"{what} needs at least one column");
        }

        foreach ((YamlScalar key, _) in columns)
        {
            if (_format is XmlFormat && !XmlFormat.IsName(key.Text))
            {
                _source.Add(key, $"`{key.Text}` cannot be the name of an XML element");
            }
        }

        return columns;
    }

    /// <summary>Takes the names of values and columns.</summary>
    /// <param name="declared">Gets them.</param>
    /// <param name="entries">The values and columns.</param>
    /// <param name="reserved">Words that have meanings of their own.</param>
    public void Declare(
        Dictionary<string, YamlNode> declared, IEnumerable<(YamlScalar Key, YamlNode Value)> entries, params string[] reserved)
    {
        foreach ((YamlScalar key, YamlNode value) in entries)
        {
            if (key.Text.Length == 0 || reserved.Contains(key.Text))
            {
                string words = $"{string.Join(", ", reserved[..^1].Select(word => $"`{word}`"))} and `{reserved[^1]}`";
                _source.Add(key, $"`{key.Text}` cannot be a name", $"{words} have meanings of their own");
            }

            if (!declared.TryAdd(key.Text, value))
            {
                _source.Add(key, $"`{key.Text}` is both a value and a column", "a column can be used like a value");
            }
        }
    }

    /// <summary>Binds values and columns.</summary>
    /// <param name="reader">Reads them.</param>
    /// <param name="hidden">The values, which are not written.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="asField">What writes a value as a field of the record.</param>
    /// <returns>The columns with what writes them.</returns>
    public List<RecordColumn> Bind(
        ValueReader reader,
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> hidden,
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> columns,
        Func<FieldWriter, FieldWriter> asField)
    {
        foreach ((YamlScalar key, _) in hidden)
        {
            reader.Named(key.Text, key);
        }

        var record = new List<RecordColumn>();
        foreach ((YamlScalar key, YamlNode value) in columns)
        {
            BoundValue? column = reader.Named(key.Text, key);
            if (column is { Writer: null })
            {
                string kind = column.Table is null ? "reference" : "pick";
                _source.Add(value, "a column cannot be a whole table row", $"put the `{kind}` under `values` and write its fields");
            }

            record.Add(new RecordColumn(key.Text, asField(column?.Writer ?? reader.Builder.Constant(""))));
        }

        return record;
    }

    private static Dictionary<string, int> Places(List<RecordColumn> record)
    {
        var places = new Dictionary<string, int>();
        for (int place = 0; place < record.Count; place++)
        {
            places.TryAdd(record[place].Name, place);
        }

        return places;
    }

    private (int Slot, (long Earliest, long Latest) Span) Split(ValueReader reader)
    {
        if (_map["split"] is not { } node || _source.Text(node, "`split`") is not { } name || reader.Named(name, node) is not { } value)
        {
            return (-1, default);
        }

        if (value.TimestampSlot < 0)
        {
            _source.Add(node, $"`{name}` is not a timestamp");
        }

        return (value.TimestampSlot, value.TimeSpan);
    }
}
