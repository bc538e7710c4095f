namespace Assay.Data;

/// <summary>A function of rows.</summary>
/// <param name="Least">The fewest arguments it takes.</param>
/// <param name="Most">The most arguments it takes.</param>
/// <param name="Bind">Binds a call of it.</param>
internal sealed record FunctionDefinition(int Least, int Most, Func<CallBinding, BoundExpression> Bind);
