using Assay.Data;
using Assay.Measure;

namespace Assay;

/// <summary>A KPI's result.</summary>
public sealed class AssayTable
{
    internal AssayTable(KpiResult result)
    {
        Name = result.Definition.Name;
        Title = result.Definition.Title;
        Schema schema = result.Table.Schema;
        Columns = schema.Columns;
        Rows = [.. result.Table.Rows.Select(cells => new AssayRow(schema, cells))];
        Totals = Figures(result.Totals);
    }

    /// <summary>The KPI's name.</summary>
    public string Name { get; }

    /// <summary>What people call it.</summary>
    public string Title { get; }

    /// <summary>The columns, in their order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The rows, in their final order.</summary>
    public IReadOnlyList<AssayRow> Rows { get; }

    /// <summary>Figures beside the rows, by name, such as those of <c>summary</c>: each null, a value as <see cref="AssayRow.this[string]"/>
    /// gives it, or a dictionary of further ones.</summary>
    public IReadOnlyDictionary<string, object?> Totals { get; }

    private static Dictionary<string, object?> Figures(IReadOnlyList<ResultTotal> totals) => totals.ToDictionary(
        total => total.Name,
        total => total.Members is { } members ? Figures(members) : Cells.Plain(total.Value, total.Type),
        StringComparer.Ordinal);
}
