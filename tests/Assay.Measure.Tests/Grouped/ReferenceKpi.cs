using Assay.Data;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Grouped;

/// <summary>A random grouped KPI, and its result computed with lists and dictionaries, one thing after the other.</summary>
internal sealed class ReferenceKpi
{
    private readonly Term[] _keys;
    private readonly Measure[] _measures;
    private readonly Derived[] _derived;
    private readonly Term? _where;

    public ReferenceKpi(Random random)
    {
        _keys = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Term.Keys[random.Next(Term.Keys.Length)])];
        _measures = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Measure.Random(random))];
        _derived = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Derived.Random(random, _measures, "m"))];
        _where = random.Next(3) == 0 ? Term.Conditions[random.Next(Term.Conditions.Length)] : null;
        int? Scale(int own) => own < 0 || random.Next(2) == 0 ? null : random.Next(7);
        string[] orderable = [.. _keys.Select((_, i) => $"k{i}"), .. _measures.Select((_, i) => $"m{i}")];
        Definition = new KpiDefinition
        {
            Name = "k",
            Title = "K",
            From = "t",
            Where = _where is null ? null : ExpressionParser.Parse(_where.Text),
            GroupBy = [.. _keys.Select((key, i) => Engine.Named($"k{i}", key.Text))],
            Measures = [.. _measures.Select((measure, i) => Engine.Named($"m{i}", measure.Text, measure.IsWide ? null : Scale(measure.Scale)))],
            Derive = [.. _derived.Select((derived, i) => Engine.Named($"d{i}", derived.Text, derived.Values is null ? null : Scale(0)))],
            OrderBy = [.. orderable.Where(_ => random.Next(3) == 0).OrderBy(_ => random.Next()).Select(column => new OrderTerm(column, random.Next(2) == 0))],
            Limit = random.Next(4) == 0 ? random.Next(1, 6) : null,
        };
    }

    public KpiDefinition Definition { get; }

    /// <summary>The rows of the result.</summary>
    /// <exception cref="OverflowException">A value needs more than 128 bits.</exception>
    public List<object?[]> Compute(IReadOnlyList<Row> rows, Schema result)
    {
        IEnumerable<Row> kept = _where is null ? rows : rows.Where(row => _where.Value(row) is true);
        var groups = new List<(object?[] Keys, List<Row> Rows)>();
        if (_keys.Length == 0)
        {
            groups.Add(([], []));
        }

        foreach (Row row in kept)
        {
            object?[] keys = [.. _keys.Select(key => key.Value(row))];
            int at = groups.FindIndex(group => group.Keys.SequenceEqual(keys));
            if (at < 0)
            {
                at = groups.Count;
                groups.Add((keys, []));
            }

            groups[at].Rows.Add(row);
        }

        var lines = groups.Select(group => (group.Keys, Measures: _measures.Select(measure => measure.Value(group.Rows)).ToArray())).ToList();
        (int Column, bool Descending)[] terms = [.. Definition.OrderBy.Select(term => (result.IndexOf(term.Column), term.Descending))];
        object?[] Cells((object?[] Keys, object?[] Measures) line) =>
            [.. line.Keys.Concat(line.Measures).Select((value, i) => Values.Cell(value, result.Columns[i]))];
        lines.Sort((left, right) => Values.CompareRows(Cells(left), Cells(right), terms));

        List<object?[]> table = [.. lines.Select(Cells)];
        for (int i = 0; i < _derived.Length; i++)
        {
            Derived derived = _derived[i];
            Column column = result.Columns[_keys.Length + _measures.Length + i];
            Number?[] over = [.. lines.Select(line => line.Measures[derived.Over] as Number?)];
            object?[] values = derived.Values is null
                ? [.. over.Select(value => (object?)(value is null))]
                : [.. derived.Values(over).Select(value => Values.Cell(value, column))];
            table = [.. table.Select((row, at) => (object?[])[.. row, values[at]])];
        }

        return [.. table.Take(Definition.Limit ?? int.MaxValue)];
    }
}
