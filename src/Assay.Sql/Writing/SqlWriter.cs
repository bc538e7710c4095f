using System.Globalization;

namespace Assay.Sql;

/// <summary>Writes statements; what a database says in its own way its own writer says.</summary>
internal abstract class SqlWriter(SqlDialect dialect, bool inlinesValues) : SqlExpressionWriter(dialect, inlinesValues)
{
    /// <summary>Writes one statement. A writer writes one only.</summary>
    public SqlText Statement(SqlStatement statement)
    {
        string text = statement switch
        {
            SelectStatement select => Select(select),
            CreateTable create => CreateTable(create),
            DropTable drop => $"DROP TABLE IF EXISTS {Quote(drop.Table)}",
            RenameTable rename => $"ALTER TABLE {Quote(rename.Table)} RENAME TO {Quote(rename.To)}",
            ExchangeTable exchange => Exchange(exchange),
            AddColumn add => $"ALTER TABLE {Quote(add.Table)} ADD COLUMN {Column(add.Column, isKey: false)}",
            CreateIndex index => CreateIndex(index),
            InsertRow insert => Insert(insert.Table, insert.Columns, [insert.Values]),
            InsertRows insert => Insert(insert.Table, insert.Columns, insert.Rows),
            UpsertFrom upsert => Upsert(upsert),
            DeleteRows delete => $"DELETE FROM {Quote(delete.Table)}{Where(delete.Where)}",
            UpdateRows update => Update(update),
            Explain explain => $"{ExplainWords}\n{Select(explain.Statement)}",
            _ => throw new SqlException($"{Dialect.Title} cannot say {statement.GetType().Name}"),
        };
        return new SqlText(text, [.. Parameters]);
    }

    protected virtual string ExplainWords => "EXPLAIN";

    /// <summary>Renames two tables at once; where tables are renamed in transactions, there is no need.</summary>
    protected virtual string Exchange(ExchangeTable exchange) => throw new SqlException($"{Dialect.Title} cannot exchange tables in one statement");

    /// <summary>Whether tables refer to others with a constraint.</summary>
    protected virtual bool HasForeignKeys => true;

    /// <summary>What a reference ends with: how rows that are referred to may go before those that refer to them.</summary>
    protected virtual string ReferenceOptions => "";

    /// <summary>The words that a table begins with.</summary>
    protected virtual string CreateTableWords(CreateTable create) => "CREATE TABLE";

    /// <summary>What a table ends with.</summary>
    protected virtual string TableOptions => "";

    protected virtual string CreateIndexWords => "CREATE INDEX IF NOT EXISTS";

    protected virtual string IndexColumn(SqlColumn column) => Quote(column.Name);

    /// <summary>A term of a query's order; nulls come last.</summary>
    /// <param name="column">The column that orders.</param>
    /// <param name="code">The column as it was written.</param>
    /// <param name="place">Its place, from 1.</param>
    /// <param name="isDescending">Whether the greatest comes first.</param>
    protected virtual string OrderTerm(SelectColumn column, SqlCode code, int place, bool isDescending) =>
        string.Create(CultureInfo.InvariantCulture, $"{place}{(isDescending ? " DESC" : "")} NULLS LAST");

    /// <summary>A column of a query.</summary>
    /// <param name="column">The column.</param>
    /// <param name="place">Its place, from 0.</param>
    /// <param name="select">The query.</param>
    /// <param name="isInner">Whether another query takes its rows.</param>
    protected virtual SqlCode Selected(SelectColumn column, int place, SelectStatement select, bool isInner) =>
        Ordered(column.Value);

    /// <summary>A value that is stored.</summary>
    protected virtual SqlCode Stored(SqlExpression value) => Write(value);

    protected virtual string Upsert(UpsertFrom upsert)
    {
        string[] rest = [.. upsert.Columns.Except(upsert.Table.Key, StringComparer.Ordinal)];
        string insert = InsertFrom(upsert);
        if (upsert.Table.Key.Count == 0)
        {
            return insert;
        }

        string key = List(upsert.Table.Key.Select(Quote));
        return rest.Length == 0
            ? $"{insert}\nON CONFLICT ({key}) DO NOTHING"
            : $"{insert}\nON CONFLICT ({key}) DO UPDATE SET\n  {Lines(rest.Select(column => $"{Quote(column)} = EXCLUDED.{Quote(column)}"))}";
    }

    protected string InsertFrom(UpsertFrom upsert)
    {
        string columns = List(upsert.Columns.Select(Quote));
        return $"INSERT INTO {Quote(upsert.Table.Name)} ({columns})\nSELECT {columns}\nFROM {Quote(upsert.Staging)}{InsertedRows}";
    }

    /// <summary>What follows the table that rows are taken from.</summary>
    protected virtual string InsertedRows => "";

    protected static string Lines(IEnumerable<string> items) => string.Join(",\n  ", items);

    private string Select(SelectStatement select, bool isInner = false)
    {
        Indent += 2;
        var columns = new List<SqlCode>();
        var lines = new List<string>();
        foreach (SelectColumn column in select.Columns)
        {
            SqlCode code = Selected(column, columns.Count, select, isInner);
            columns.Add(code);
            bool isNamed = column.Value is SqlColumnReference reference && reference.Name == column.Name && reference.Name.Length > 0;
            lines.Add(isNamed ? code.Text : $"{code.Text} AS {Quote(column.Name)}");
        }

        string list = string.Join($",{NewLine}", lines);
        string first = $"SELECT{NewLine}{list}";
        Indent -= 2;
        string text = first + NewLine + "FROM " + Source(select.From);
        foreach (LeftJoin join in select.Joins)
        {
            text += $"{NewLine}LEFT JOIN {Quote(join.Table)} ON {Write(join.On).Text}";
        }

        text += Where(select.Where);
        if (select.GroupKeys > 0)
        {
            text += NewLine + "GROUP BY " + List(Enumerable.Range(1, select.GroupKeys.Value).Select(place => place.ToString(CultureInfo.InvariantCulture)));
        }

        text += select.Having is null ? "" : NewLine + "HAVING " + Clause(select.Having);
        if (select.OrderBy.Count > 0)
        {
            text += NewLine + "ORDER BY " + List(select.OrderBy.Select(term => OrderTerm(
                select.Columns[term.Column], columns[term.Column], term.Column + 1, term.IsDescending)));
        }

        return select.Limit is { } limit
            ? string.Create(CultureInfo.InvariantCulture, $"{text}{NewLine}LIMIT {limit}")
            : text;
    }

    private string Source(SqlSource source)
    {
        if (source.Query is not { } query)
        {
            return Quote(source.Name);
        }

        Indent += 2;
        string inner = NewLine + Select(query, isInner: true);
        Indent -= 2;
        return $"({inner}{NewLine}) AS {Quote(source.Name)}";
    }

    private string Where(SqlExpression? condition) => condition is null ? "" : NewLine + "WHERE " + Clause(condition);

    /// <summary>A condition, with lines after the first moved in.</summary>
    private string Clause(SqlExpression condition)
    {
        Indent += 2;
        string text = Write(condition).Text;
        Indent -= 2;
        return text;
    }

    private string CreateTable(CreateTable create)
    {
        SqlTable table = create.Table;
        var lines = table.Columns
            .Select(column => Column(
                column with { IsRequired = column.IsRequired || table.Key.Contains(column.Name, StringComparer.Ordinal) }, IsKey(table, column)))
            .ToList();
        if (!create.IsStaging)
        {
            if (table.Key.Count > 0)
            {
                lines.Add($"PRIMARY KEY ({List(table.Key.Select(Quote))})");
            }

            lines.AddRange(table.References.Where(_ => HasForeignKeys).Select(reference =>
                $"FOREIGN KEY ({Quote(reference.Column)}) REFERENCES {Quote(reference.Table)} ({Quote(reference.Key)}){ReferenceOptions}"));
        }

        string name = $"{(create.IfMissing ? "IF NOT EXISTS " : "")}{Quote(table.Name)}";
        return $"{CreateTableWords(create)} {name} (\n  {Lines(lines)}\n){TableOptions}";
    }

    private static bool IsKey(SqlTable table, SqlColumn column) =>
        table.Key.Contains(column.Name, StringComparer.Ordinal)
        || table.References.Any(reference => reference.Column == column.Name);

    private string Column(SqlColumn column, bool isKey) =>
        $"{Quote(column.Name)} {Dialect.TypeName(column.Type, isKey)}{(column.IsRequired ? " NOT NULL" : "")}";

    private string CreateIndex(CreateIndex index) =>
        $"{CreateIndexWords} {Quote(index.Name)} ON {Quote(index.Table)} ({List(index.Columns.Select(IndexColumn))})";

    private string Insert(string table, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<SqlValue>> rows) =>
        $"INSERT INTO {Quote(table)} ({List(columns.Select(Quote))})\n"
        + $"VALUES {string.Join(",\n  ", rows.Select(row => $"({List(row.Select(value => value.IsNull ? "NULL" : Write(value).Text))})"))}";

    private string Update(UpdateRows update)
    {
        string value = update.Value is SqlValue { IsNull: true } ? "NULL" : Stored(update.Value).Text;
        return $"UPDATE {Quote(update.Table)}\nSET {Quote(update.Column)} = {value}{Where(update.Where)}";
    }
}
