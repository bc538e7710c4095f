namespace Assay.Data;

/// <summary>A comparison that comes out the same for every value, such as an integer with 0.5 for equality; null stays null.</summary>
internal sealed class DecidedOperator(EvaluationContext context, VectorOperator input, bool outcome)
    : ComputedOperator(context, ColumnType.Boolean, input)
{
    protected override void Fill(int count)
    {
        TakeNulls(count);
        Array.Fill(Result.Values, outcome ? 1 : 0, 0, count);
    }
}
