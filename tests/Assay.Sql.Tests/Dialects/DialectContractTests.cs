using Assay.Data;

namespace Assay.Sql.Tests;

/// <summary>What every dialect must be able to write; each answers with the text it writes.</summary>
public abstract class DialectContractTests
{
    private protected abstract SqlDialect Dialect { get; }

    private protected abstract string CreateTable { get; }

    private protected abstract string CreateStaging { get; }

    private protected abstract string Changes { get; }

    private protected abstract string Insert { get; }

    private protected abstract string Upsert { get; }

    private protected abstract string UpsertOfKeyOnly { get; }

    private protected abstract string Delete { get; }

    private protected abstract string Update { get; }

    private protected abstract string Grouped { get; }

    private protected abstract string GroupedScript { get; }

    private protected abstract string Numbered { get; }

    private protected abstract string Explained { get; }

    private protected abstract string Numbers { get; }

    private protected abstract string Texts { get; }

    private protected abstract string Moments { get; }

    private protected abstract string HostileTexts { get; }

    [Fact]
    public void Render_WhenATableIsMade_ThenHasTypesKeyAndReferences() =>
        AssertText(CreateTable, Dialect.Render(new CreateTable(Samples.Orders) { IfMissing = true }).Text);

    [Fact]
    public void Render_WhenAStagingTableIsMade_ThenHasNeitherKeyNorReferences() =>
        AssertText(CreateStaging, Dialect.Render(new CreateTable(Samples.Orders) { IsStaging = true }).Text);

    [Fact]
    public void Render_WhenTablesChange_ThenSaysSo() => AssertText(Changes, string.Join("\n", new SqlStatement[]
    {
        new AddColumn("orders", new SqlColumn("note", ColumnType.String)),
        new RenameTable("orders", "old orders"),
        new DropTable("orders"),
        Samples.Index,
        new DeleteRows("orders"),
    }.Select(statement => Dialect.Render(statement).Text)));

    [Fact]
    public void Render_WhenARowIsAdded_ThenItsValuesAreParameters() => AssertText(Insert, WithParameters(Samples.Insert));

    [Fact]
    public void Render_WhenRowsAreTakenOverByKey_ThenReplacesAndAdds() => AssertText(Upsert, Dialect.Render(Samples.Upsert).Text);

    [Fact]
    public void Render_WhenRowsAreNothingButTheirKey_ThenAddsThoseThatAreMissing() =>
        AssertText(UpsertOfKeyOnly, Dialect.Render(Samples.Upsert with { Columns = ["id"] }).Text);

    [Fact]
    public void Render_WhenATableHasNoKey_ThenRowsAreAdded()
    {
        string text = Dialect.Render(Samples.Upsert with { Table = Samples.Orders with { Key = [] }, Columns = ["id"] }).Text;

        Assert.StartsWith($"INSERT INTO {Dialect.Quote("orders")} ({Dialect.Quote("id")})\nSELECT {Dialect.Quote("id")}\nFROM {Dialect.Quote("orders__staging")}", text);
        Assert.DoesNotContain("CONFLICT", text);
    }

    [Fact]
    public void Render_WhenRowsAreRemoved_ThenOnlyTheOnesMeant() => AssertText(Delete, Dialect.Render(Samples.Delete).Text);

    [Fact]
    public void Render_WhenAColumnChanges_ThenInTheRowsMeant() => AssertText(Update, Dialect.Render(Samples.Update).Text);

    [Fact]
    public void Render_WhenRowsAreGrouped_ThenByPlaceWithNullsLast() => AssertText(Grouped, WithParameters(Samples.Grouped));

    [Fact]
    public void Script_WhenRowsAreGrouped_ThenHasTheValuesInIt() => AssertText(GroupedScript, Dialect.Script(Samples.Grouped));

    [Fact]
    public void Render_WhenRowsAreNumbered_ThenInsideAnotherQuery() => AssertText(Numbered, Dialect.Render(Samples.Numbered).Text);

    [Fact]
    public void Render_WhenAQueryIsExplained_ThenAsksForItsPlan() =>
        AssertText(Explained, Dialect.Render(new Explain(new SelectStatement { Columns = [new SelectColumn("n", SqlValue.Of(1))], From = new SqlSource("rows") })).Text);

    [Fact]
    public void Script_WhenNumbersAreComputed_ThenExactly() => AssertText(Numbers, Columns(Samples.Numbers));

    [Fact]
    public void Script_WhenTextsAreComputed_ThenByCodePoint() => AssertText(Texts, Columns(Samples.Texts));

    [Fact]
    public void Script_WhenMomentsAreComputed_ThenByTheCalendar() => AssertText(Moments, Columns(Samples.Moments));

    [Fact]
    public void Script_WhenTextsAreHostile_ThenStayTexts() => AssertText(HostileTexts, Columns(Samples.HostileTexts));

    [Fact]
    public void Render_WhenNamesAreHostile_ThenStayNames()
    {
        string name = Dialect.Quote(Samples.HostileName);
        string table = Dialect.Quote("größe \"`");

        AssertText($"SELECT\n  {table}.{name}\nFROM {table}", Dialect.Render(Samples.HostileNames).Text);
        char quote = name[0];
        Assert.Equal(quote, name[^1]);
        Assert.Equal(Samples.HostileName, name[1..^1].Replace($"{quote}{quote}", $"{quote}"));
    }

    [Fact]
    public void Quote_WhenNoDatabaseTakesTheName_ThenSaysSo()
    {
        Assert.Equal($"{Dialect.Title} takes no empty name: name every table and column", Assert.Throws<SqlException>(() => Dialect.Quote("")).Message);
        foreach (string name in (string[])["a\0b", "\ud800"])
        {
            string shown = name.Replace("\0", "\\0");
            Assert.Equal(
                $"{Dialect.Title} cannot name something `{shown}`: names are Unicode without NUL; rename it",
                Assert.Throws<SqlException>(() => Dialect.Quote(name)).Message);
        }
    }

    [Fact]
    public void Render_WhenAValueIsYetToCome_ThenCannotButShowsIt()
    {
        var statement = new SelectStatement
        {
            Columns = [new SelectColumn("x", new SqlPlaceholder("average", ColumnType.Integer))],
            From = new SqlSource("rows"),
        };

        SqlException refused = Assert.Throws<SqlException>(() => Dialect.Render(statement));

        Assert.Equal("`average` has no value yet: the statement can be shown, not run", refused.Message);
        Assert.Equal($"SELECT\n  :average AS {Dialect.Quote("x")}\nFROM {Dialect.Quote("rows")}", Dialect.Script(statement));
    }

    private protected string WithParameters(SqlStatement statement)
    {
        SqlText text = Dialect.Render(statement);
        return text.Text + string.Concat(text.Parameters.Select(value => $"\n{Dialect.Parameter(value)}"));
    }

    /// <summary>The columns of a query.</summary>
    private string Columns(SelectStatement statement)
    {
        const string Start = "SELECT\n";
        string text = Dialect.Script(statement);
        Assert.StartsWith(Start, text);
        return text[Start.Length..text.LastIndexOf("\nFROM ", StringComparison.Ordinal)];
    }

    private static void AssertText(string expected, string actual) => Assert.Equal(expected, actual);
}
