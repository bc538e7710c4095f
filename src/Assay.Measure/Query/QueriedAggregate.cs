using Assay.Data;
using Assay.Measure.Memory.Aggregates;

namespace Assay.Measure.Query;

/// <summary>An aggregate of every group, made of the figures that a database gives: what is left to do is done as in memory.</summary>
/// <param name="parts">The figures: one value a group, so that summing them, or taking the least or greatest, keeps them as they are.</param>
internal abstract class QueriedAggregate(params Aggregate[] parts)
{
    protected IReadOnlyList<Aggregate> Parts { get; } = parts;

    public void EnsureGroups(int groups)
    {
        foreach (Aggregate part in Parts)
        {
            part.EnsureGroups(groups);
        }
    }

    /// <summary>Writes the results of groups 1 and on into rows 0 and on.</summary>
    public abstract void Write(int groups, Vector into, TextPool texts);

    /// <summary>The figures of groups 1 and on in rows 0 and on.</summary>
    protected Vector Figures(int part, int groups)
    {
        var figures = new Vector(Math.Max(groups, 1));
        Parts[part].Write(groups, figures, Texts);
        return figures;
    }

    /// <summary>For figures, which are no texts.</summary>
    private static TextPool Texts => new();
}
