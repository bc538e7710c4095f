using Assay.Data;
using Assay.Measure.Memory.Aggregates;
using Assay.Sql;

namespace Assay.Measure.Query;

/// <summary>Asks for groups with the figures of their aggregates.</summary>
internal sealed class GroupsStep : QueryStep
{
    private readonly QueryWindow? _window;
    private readonly Func<bool, SelectStatement> _select;
    private readonly QueriedGroups _groups;
    private readonly IReadOnlyList<Aggregate> _figures;

    /// <param name="rows">The rows.</param>
    /// <param name="window">Which of them count by time.</param>
    /// <param name="title">What it gives.</param>
    /// <param name="select">Makes the statement; told whether values that are not known yet are named instead.</param>
    /// <param name="groups">Takes the groups.</param>
    /// <param name="figures">What keeps each column after the keys.</param>
    /// <exception cref="SqlException">The database cannot say it.</exception>
    public GroupsStep(
        QueryRows rows, QueryWindow? window, string title, Func<bool, SelectStatement> select, QueriedGroups groups, IReadOnlyList<Aggregate> figures)
    {
        _window = window;
        _select = select;
        _groups = groups;
        _figures = figures;
        Preview = rows.Check(new KpiStatement(title, select(true)), title);
    }

    public override KpiStatement Preview { get; }

    public override SelectStatement? Statement() => _window?.IsEmpty == true ? null : _select(false);

    public override void Add(RowBatch rows) => _groups.Add(rows, _figures);
}
