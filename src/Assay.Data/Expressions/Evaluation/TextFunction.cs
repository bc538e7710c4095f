namespace Assay.Data;

/// <summary>Computes one row of a function of texts.</summary>
/// <param name="context">Gives the pool and a buffer to write text in.</param>
/// <param name="inputs">The arguments; none is null in this row.</param>
/// <param name="row">The row.</param>
/// <returns>The cell of the result: for text its code.</returns>
internal delegate long TextFunction(EvaluationContext context, VectorOperator[] inputs, int row);
