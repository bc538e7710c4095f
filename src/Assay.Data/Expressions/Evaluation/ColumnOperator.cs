namespace Assay.Data;

/// <summary>Gives a column of the batch as it is.</summary>
internal sealed class ColumnOperator(EvaluationContext context, ColumnType type, int ordinal) : VectorOperator(context, type)
{
    protected override Vector Compute(RowBatch batch) => batch.Column(ordinal);
}
