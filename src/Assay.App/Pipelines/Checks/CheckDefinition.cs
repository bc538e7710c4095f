using Assay.Measure;

namespace Assay.App.Pipelines;

/// <summary>A condition on a table as a whole, tested when all its rows are there.</summary>
public abstract record CheckDefinition
{
    /// <summary>The check's name, unique for its table.</summary>
    public required string Name { get; init; }

    /// <summary>The table that it is about.</summary>
    public required string Table { get; init; }

    /// <summary>Whether a run whose rows do not satisfy it publishes all the same, with a warning.</summary>
    public bool IsWarning { get; init; }

    /// <summary>What it expects, in words.</summary>
    public abstract string Expectation { get; }

    /// <summary>What has to be computed of the table's rows for it, as a KPI of one row that is not published; null when the books tell
    /// enough, or, for <see cref="RelationshipCheck"/>, when tables have to be joined.</summary>
    public virtual KpiDefinition? Figures => null;

    /// <summary>Tests the check.</summary>
    /// <param name="figures">What the run came to.</param>
    /// <returns>Whether it holds, and what was found.</returns>
    public CheckFinding Find(CheckFigures figures)
    {
        (bool holds, string observed) = Decide(figures);
        return new CheckFinding(Table, Name, IsWarning, holds, observed, Expectation);
    }

    private protected abstract (bool Holds, string Observed) Decide(CheckFigures figures);

    /// <summary>A KPI of one row over the check's table.</summary>
    private protected KpiDefinition OneRow(params NamedExpression[] measures) => new()
    {
        // No KPI of a pipeline has such a name, which could not be a file's.
        Name = $"check {Table} {Name}",
        Title = Name,
        From = Table,
        Measures = measures,
    };
}
