using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>What a KPI may speak of.</summary>
/// <param name="Table">The columns of its table.</param>
/// <param name="Joined">The columns of the tables it joins, by name.</param>
/// <param name="Tables">The names of all tables.</param>
/// <param name="KeepsSilver">Whether their rows are kept, so that they can be counted.</param>
internal sealed record KpiScope(Schema Table, IReadOnlyDictionary<string, Schema> Joined, IReadOnlyCollection<string> Tables, bool KeepsSilver)
{
    /// <summary>All columns of its rows: its table's, then the joined ones whose names are not taken.</summary>
    public Schema Rows => Joined.Count == 0 ? Table : new Schema([.. Table.Columns.Concat(Joined.Values.SelectMany(schema => schema.Columns)).DistinctBy(column => column.Name)]);
}
