using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>An expression and where its text stands in the file.</summary>
/// <param name="Root">The expression.</param>
/// <param name="Text">The text that it is in.</param>
/// <param name="Offset">Where in that text it begins.</param>
internal sealed record ParsedExpression(Expression Root, ExpandedText Text, int Offset)
{
    /// <summary>Where a mistake stands in the file.</summary>
    /// <param name="exception">The mistake.</param>
    /// <returns>Its place.</returns>
    public Place At(ExpressionException exception) => Text.At(Offset + exception.Position);

    /// <summary>Whether it speaks of any of these columns.</summary>
    /// <param name="names">The columns' names.</param>
    /// <returns>True when it does.</returns>
    public bool Mentions(IReadOnlySet<string> names) =>
        names.Count > 0 && Root.DescendantsAndSelf().Any(node => node is ColumnExpression column && names.Contains(column.Name));
}
