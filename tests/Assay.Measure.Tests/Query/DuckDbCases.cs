using Assay.Data;
using Assay.DuckDb;
using Assay.Measure.Tests.Cases;
using Assay.Sql;

namespace Assay.Measure.Tests.Query;

/// <summary>Cases in a DuckDB database in memory.</summary>
internal sealed class DuckDbCases : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open(null, new DuckDbOptions { Threads = 1 });
    private readonly DuckDbConnection _connection;
    private readonly SqlDialect _dialect;

    public DuckDbCases(SqlDialect dialect)
    {
        _dialect = dialect;
        _connection = _database.Connect();
        Database = new CaseDatabase(dialect, Load, Query, IsOverflow);
    }

    public CaseDatabase Database { get; }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private static bool IsOverflow(Exception e) => e is DuckDbException && (e.Message.Contains("Overflow", StringComparison.OrdinalIgnoreCase)
        || e.Message.Contains("Out of Range", StringComparison.OrdinalIgnoreCase)
        || e.Message.Contains("Conversion Error", StringComparison.OrdinalIgnoreCase));

    private void Load(KpiCase one)
    {
        foreach (CaseTable table in one.Tables)
        {
            string name = CaseDatabase.TableName(table.Name);
            _connection.Execute($"DROP TABLE IF EXISTS {DuckDbSql.Identifier(name)}");
            _connection.Execute($"CREATE TABLE {DuckDbSql.Identifier(name)} ({DuckDbSql.ColumnList(table.Schema)})");
            using DuckDbAppender appender = _connection.OpenAppender(name);
            foreach (RowBatch batch in table.Batches(new TextPool()))
            {
                appender.Append(batch);
            }

            appender.Flush();
        }
    }

    private IEnumerable<RowBatch> Query(SelectStatement statement)
    {
        SqlText text = _dialect.Render(statement);
        using DuckDbStatement prepared = _connection.Prepare(text.Text);
        for (int i = 0; i < text.Parameters.Count; i++)
        {
            prepared.Bind(i + 1, _dialect.Parameter(text.Parameters[i]));
        }

        using DuckDbReader reader = prepared.Query();
        var batch = new RowBatch(statement.Result, new TextPool());
        while (reader.Read())
        {
            QueryBatch.Clear(batch);
            for (int row = 0; row < reader.Count; row++)
            {
                for (int column = 0; column < batch.Columns.Length; column++)
                {
                    Fill(batch, column, reader, row);
                }

                batch.Count++;
            }

            yield return batch;
        }
    }

    private static void Fill(RowBatch batch, int column, DuckDbReader reader, int row)
    {
        DuckDbVector cells = reader[column];
        ColumnType type = batch.Schema.Columns[column].Type;
        if (cells.IsNull(row))
        {
            QueryBatch.SetNull(batch, column);
        }
        else if (type.Kind == ColumnKind.String)
        {
            QueryBatch.Set(batch, column, cells.Text(row));
        }
        else
        {
            ColumnType given = reader.Columns[column].Type
                ?? throw new InvalidOperationException($"{reader.Columns[column].Name} is {reader.Columns[column].TypeName}.");
            Assert.True(given.Kind == type.Kind || (given.IsNumeric && type.IsNumeric && given.Scale <= type.Scale), $"{batch.Schema.Columns[column]} is {given}");
            QueryBatch.Set(batch, column, type.IsNumeric ? Decimals.Rescale(cells.Number(row), given.Scale, type.Scale) : cells.Number(row));
        }
    }
}
