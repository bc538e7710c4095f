using Assay.Data;
using Assay.Measure.Plan;

namespace Assay.Measure.Memory.Joins;

/// <summary>Puts the joined columns of one KPI behind those of its table; nothing is copied.</summary>
internal sealed class JoinedRows(JoinedTable rows, TextPool texts, IReadOnlyList<(LookupProbe Probe, int Column)> columns)
{
    private readonly RowBatch _batch = new(rows.Schema, texts, new Vector[rows.Schema.Columns.Count]);

    public RowBatch Of(RowBatch batch)
    {
        Array.Copy(batch.Columns, _batch.Columns, batch.Columns.Length);
        for (int i = 0; i < columns.Count; i++)
        {
            _batch.Columns[batch.Columns.Length + i] = columns[i].Probe.Column(columns[i].Column, batch);
        }

        _batch.RawBytes = batch.RawBytes;
        _batch.Count = batch.Count;
        return _batch;
    }
}
