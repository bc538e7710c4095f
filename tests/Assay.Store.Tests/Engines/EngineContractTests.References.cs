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

    [EngineFact]
    public void Link_WhenATableRefersToItself_ThenFindsItsOwnRows()
    {
        using EngineSession session = Open();
        SqlTable staff = new("staff", [
            new SqlColumn("name", ColumnType.String), new SqlColumn("boss", ColumnType.String), new SqlColumn("staff_name", ColumnType.String)])
        {
            Key = ["name"],
            References = [new SqlReference("staff_name", "boss", "staff", "name")],
        };
        session.SetUp([staff], []);
        TableStage first = Staged(session, staff, ["ann", null], ["bob", "ann"], ["cid", "dan"]);
        session.InTransaction(() =>
        {
            session.Replace(first);
            Assert.Equal(1, EngineReferences.Link(session, [staff])[0].Orphans);
        });
        Assert.Equal("ann|null|null\nbob|ann|ann\ncid|dan|null", Rows(session, staff));
        TableStage second = Staged(session, staff, ["bob", "dan"], ["cid", "dan"], ["dan", "cid"]);

        session.InTransaction(() =>
        {
            session.Replace(second);
            Assert.Equal(0, EngineReferences.Link(session, [staff])[0].Orphans);
        });

        Assert.Equal("bob|dan|dan\ncid|dan|dan\ndan|cid|cid", Rows(session, staff));
        Assert.Equal(["staff"], EngineSchema.Drop(session));
    }

    [EngineFact]
    public void SetUp_WhenTablesReferInACircle_ThenMakesThem()
    {
        using EngineSession session = Open();
        SqlTable Table(string name, string other) => new(name, [
            new SqlColumn("id", ColumnType.Integer), new SqlColumn("other", ColumnType.Integer), new SqlColumn("other_id", ColumnType.Integer)])
        {
            Key = ["id"],
            References = [new SqlReference("other_id", "other", other, "id")],
        };
        SqlTable[] tables = [Table("hen", "egg"), Table("egg", "hen")];
        session.SetUp(tables, []);
        TableStage hens = Staged(session, tables[0], [(Int128)1, (Int128)7]);
        TableStage eggs = Staged(session, tables[1], [(Int128)7, (Int128)1], [(Int128)8, (Int128)2]);

        session.InTransaction(() =>
        {
            session.Replace(hens);
            session.Replace(eggs);
            Assert.Equal([0, 1], EngineReferences.Link(session, tables).Select(link => link.Orphans));
        });

        Assert.Equal("1|7|7", Rows(session, tables[0]));
        Assert.Equal("7|1|1\n8|2|null", Rows(session, tables[1]));
        Assert.Equal(2, EngineSchema.Drop(session).Count);
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
