namespace Assay.Data;

/// <summary>One <c>when … then …</c>.</summary>
/// <param name="When">The condition or, when the case has an operand, the value it is compared with.</param>
/// <param name="Then">The value it gives.</param>
public sealed record CaseBranch(Expression When, Expression Then);
