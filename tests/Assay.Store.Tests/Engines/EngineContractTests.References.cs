using Assay.Data;
using Assay.Sql;

namespace Assay.Store.Tests.Engines;

public abstract partial class EngineContractTests
{
    private static SqlTable Lines { get; } = new("lines", [
        new SqlColumn("line", ColumnType.Integer, IsRequired: true),
        new SqlColumn("order_id", ColumnType.String),
        new SqlColumn("orders_order_id", ColumnType.String),
    ])
    {
        Key = ["line"],
        References = [new SqlReference("orders_order_id", "order_id", "orders", "order_id")],
    };

    [EngineFact]
    public void Link_WhenRowsAreMissing_ThenTheirReferencesAreNullAndCounted()
    {
        using EngineSession session = Open();

        Assert.Equal(1, LoadBoth(session, [Order("a", 1, 1), Order("b", 1, 1)], [1, "a"], [2, "b"], [3, "ghost"], [4, null], [5, "a"]));

        Assert.Equal("1|a|a\n2|b|b\n3|ghost|null\n4|null|null\n5|a|a", Rows(session, Lines));
    }

    [EngineFact]
    public void Link_WhenTheRowArrivesLater_ThenTheReferenceIsMade()
    {
        using EngineSession session = Open();
        LoadBoth(session, [Order("a", 1, 1)], [1, "a"], [2, "late"]);
        TableStage orders = Staged(session, Orders, Order("late", 2, 2));

        Assert.Equal(0, Linked(session, () => session.Merge(orders, null)));

        Assert.Equal("1|a|a\n2|late|late", Rows(session, Lines));
    }

    [EngineFact]
    public void Link_WhenTheParentIsRemoved_ThenTheReferenceGoes()
    {
        using EngineSession session = Open();
        LoadBoth(session, [Order("a", 1, 1), Order("b", 2, 2)], [1, "a"], [2, "b"]);
        TableStage orders = Staged(session, Orders);

        Assert.Equal(1, Linked(session, () => session.Merge(
            orders, SqlTerms.Equal(SqlTerms.Column(Orders, "order_id", "orders"), SqlValue.Of("b")))));

        Assert.Equal("1|a|a\n2|b|null", Rows(session, Lines));
    }

    [EngineFact]
    public void Link_WhenParentsAreReplaced_ThenReferencesFollow()
    {
        using EngineSession session = Open();
        LoadBoth(session, [Order("a", 1, 1), Order("b", 2, 2)], [1, "a"], [2, "b"], [3, "c"]);
        TableStage orders = Staged(session, Orders, Order("b", 5, 5), Order("c", 6, 6));

        Assert.Equal(1, Linked(session, () => session.Replace(orders)));

        Assert.Equal("1|a|null\n2|b|b\n3|c|c", Rows(session, Lines));
        Assert.Equal("b|2024-01-05|5\nc|2024-01-06|6", Rows(session, Orders));
    }

    [EngineFact]
    public void Link_WhenARowRefersToAnotherNow_ThenTheReferenceFollows()
    {
        using EngineSession session = Open();
        LoadBoth(session, [Order("a", 1, 1), Order("b", 2, 2)], [1, "a"], [2, "b"], [3, "b"]);
        TableStage lines = Staged(session, Lines, [(Int128)1, "b"], [(Int128)2, "ghost"], [(Int128)3, null]);

        Assert.Equal(1, Linked(session, () => session.Merge(lines, null)));

        Assert.Equal("1|b|b\n2|ghost|null\n3|null|null", Rows(session, Lines));
    }

    [EngineFact]
    public void Commit_WhenAReferenceIsWrong_ThenTheDatabaseRefuses()
    {
        using EngineSession session = Open();
        LoadBoth(session, [Order("a", 1, 1)], [1, "a"]);
        if (!ChecksReferences)
        {
            return;
        }

        Assert.Throws<EngineException>(() => session.InTransaction(() =>
            session.Execute(new UpdateRows("lines", "orders_order_id", SqlValue.Of("ghost")))));
        Assert.Equal("1|a|a", Rows(session, Lines));
    }

    private static long LoadBoth(EngineSession session, IReadOnlyList<object?[]> orders, params IReadOnlyList<object?[]> lines)
    {
        // The one that refers comes first: it must not matter.
        session.SetUp([Lines, Orders], []);
        TableStage orderStage = Staged(session, Orders, orders);
        TableStage lineStage = Staged(session, Lines, [.. lines.Select(line => new[] { (Int128)(int)line[0]!, line[1] })]);
        return Linked(session, () =>
        {
            session.Replace(lineStage);
            session.Replace(orderStage);
        });
    }

    private static long Linked(EngineSession session, Action work)
    {
        IReadOnlyList<LinkedReference> links = [];
        session.InTransaction(() =>
        {
            work();
            links = EngineReferences.Link(session, [Orders, Lines]);
        });
        LinkedReference link = Assert.Single(links);
        Assert.Equal(("lines", Lines.References[0]), (link.Table, link.Reference));
        return link.Orphans;
    }
}
