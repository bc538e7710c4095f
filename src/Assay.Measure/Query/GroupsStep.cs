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

    /// <param name="window">Which rows count by time.</param>
    /// <param name="title">What it gives.</param>
    /// <param name="select">Makes the statement; told whether values that are not known yet are named instead.</param>
    /// <param name="groups">Takes the groups.</param>
    /// <param name="figures">What keeps each column after the keys.</param>
    public GroupsStep(
        QueryWindow? window, string title, Func<bool, SelectStatement> select, QueriedGroups groups, IReadOnlyList<Aggregate> figures)
    {
        _window = window;
        _select = select;
        _groups = groups;
        _figures = figures;
        Preview = new KpiStatement(title, select(true));
    }

    public override KpiStatement Preview { get; }

    public override SelectStatement? Statement() => _window?.IsEmpty == true ? null : _select(false);

    public override void Add(RowBatch rows) => _groups.Add(rows, _figures);
}
