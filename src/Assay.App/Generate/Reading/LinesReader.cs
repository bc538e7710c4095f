using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads <c>lines</c>: a row is then written as several records, each with the row's columns beside its own.</summary>
internal sealed class LinesReader
{
    private readonly DatasetReader _dataset;
    private readonly YamlMap _map;
    private readonly ValueReader _reader;
    private readonly IReadOnlyList<(YamlScalar Key, YamlNode Value)> _columns;
    private readonly IReadOnlyList<(YamlScalar Key, YamlNode Value)> _hidden;

    private LinesReader(
        DatasetReader dataset,
        YamlMap map,
        ValueReader reader,
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> columns,
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> hidden)
    {
        _dataset = dataset;
        _map = map;
        _reader = reader;
        _columns = columns;
        _hidden = hidden;
    }

    /// <summary>The most lines of a row.</summary>
    public int MostLines => _reader.Builder.MostLines;

    /// <summary>How many slots the lines have.</summary>
    public int Slots => _reader.Builder.Slots;

    /// <summary>Reads how many lines there are, and what they declare; from then on values of the row can be sums over them.</summary>
    /// <param name="rows">The values of the rows.</param>
    /// <param name="context">Whose values those are.</param>
    /// <param name="node">The description of the lines.</param>
    /// <param name="dataset">Reads the rows.</param>
    /// <returns>The lines, or null after a problem.</returns>
    public static LinesReader? Begin(ValueReader rows, ReaderContext context, YamlNode node, DatasetReader dataset)
    {
        YamlSource source = rows.Source;
        var map = new YamlMap(source, node, "`lines`", "count", "after", "values", "columns", "errors");
        if (map.Required("count") is not { } countNode || map.Required("columns") is not { } columnsNode)
        {
            return null;
        }

        NumberSource? count = countNode is YamlSequence range
            ? NumberReader.Range(rows, range, 0, rows.Scope("lines/count"))
            : NumberReader.Operand(rows, countNode);
        if (count is null)
        {
            return null;
        }

        if (count.Scale != 0 || count.Min < 1 || count.Max > LineSlots.MostLines)
        {
            source.Add(countNode, $"`count` must be whole numbers from 1 to {LineSlots.MostLines}");
            return null;
        }

        rows.Builder.Add(new BeginLinesStep(count) { Slot = rows.Builder.NewSlot() });
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> columns = dataset.Columns(columnsNode, "`columns` of `lines`");
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> hidden = map["values"] is { } values ? source.Entries(values, "`values`") : [];
        var declared = new Dictionary<string, YamlNode>();
        dataset.Declare(declared, hidden.Concat(columns), "row", "line", "start");
        foreach ((YamlScalar key, _) in hidden.Concat(columns).Where(entry => context.Declared.ContainsKey(entry.Key.Text)))
        {
            source.Add(key, $"`{key.Text}` is a value of the row already", "lines see the row's values by their names");
        }

        rows.Lines = new ValueReader(source, context with
        {
            Builder = rows.Builder.Lines((int)count.Max),
            Declared = declared,
            Prefix = context.Prefix + "lines/",
            EntitySlot = LineSlots.Id,
            Parent = rows,
        });
        return new LinesReader(dataset, map, rows.Lines, columns, hidden);
    }

    /// <summary>Binds the lines' values, and puts their columns among the row's.</summary>
    /// <param name="record">The row's columns; gets the lines' after the one that `after` names, else at the end.</param>
    public void Bind(List<RecordColumn> record)
    {
        List<RecordColumn> columns = _dataset.Bind(_reader, _hidden, _columns, _reader.Builder.Field);
        int place = record.Count;
        if (_map["after"] is { } node && _reader.Source.Text(node, "`after`") is { } after)
        {
            place = record.FindIndex(column => column.Name == after) + 1;
            if (place == 0)
            {
                _reader.Source.Unknown(node, "column", after, record.Select(column => column.Name));
            }
        }

        record.InsertRange(place, columns);
    }

    /// <summary>Reads the lines' errors.</summary>
    /// <param name="places">The place of each column in the record.</param>
    public ErrorPlan Errors(IReadOnlyDictionary<string, int> places) =>
        ErrorReader.Read(_reader, _map["errors"], places, _reader.Builder.Field);
}
