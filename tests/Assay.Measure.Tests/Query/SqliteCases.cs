using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Assay.Data;
using Assay.Measure.Tests.Cases;
using Assay.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Measure.Tests.Query;

/// <summary>Cases in a SQLite database in memory: decimals are scaled integers, dates and times texts.</summary>
internal sealed class SqliteCases : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqlDialect _dialect;

    static SqliteCases()
    {
        nint library = NativeLibrary.Load(OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0");
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (string _, Assembly _, DllImportSearchPath? _) => library);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
    }

    public SqliteCases(SqlDialect dialect)
    {
        _dialect = dialect;
        _connection = new SqliteConnection("Data Source=:memory:");
        _connection.Open();
        Database = new CaseDatabase(dialect, Load, Query, e => e is OverflowException || (e is SqliteException && e.Message.Contains("integer overflow", StringComparison.Ordinal)));
    }

    public CaseDatabase Database { get; }

    public void Dispose() => _connection.Dispose();

    private void Load(KpiCase one)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        foreach (CaseTable table in one.Tables)
        {
            string name = _dialect.Quote(CaseDatabase.TableName(table.Name));
            Execute($"DROP TABLE IF EXISTS {name}");
            Execute($"CREATE TABLE {name} ({string.Join(", ", table.Schema.Columns.Select(column => $"{_dialect.Quote(column.Name)} {_dialect.TypeName(column.Type)}"))}) STRICT");
            using SqliteCommand insert = _connection.CreateCommand();
            insert.CommandText = $"INSERT INTO {name} VALUES ({string.Join(", ", table.Schema.Columns.Select((_, i) => $"$p{i}"))})";
            foreach (object?[] row in table.Rows)
            {
                insert.Parameters.Clear();
                for (int i = 0; i < row.Length; i++)
                {
                    insert.Parameters.AddWithValue($"$p{i}", row[i] is long cell ? Stored(cell, table.Schema.Columns[i].Type) : row[i] ?? DBNull.Value);
                }

                insert.ExecuteNonQuery();
            }
        }

        transaction.Commit();
    }

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private IEnumerable<RowBatch> Query(SelectStatement statement)
    {
        SqlText text = _dialect.Render(statement);
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = text.Text;
        for (int i = 0; i < text.Parameters.Count; i++)
        {
            command.Parameters.AddWithValue($"?{i + 1}", _dialect.Parameter(text.Parameters[i]) ?? DBNull.Value);
        }

        using SqliteDataReader reader = command.ExecuteReader();
        var batch = new RowBatch(statement.Result, new TextPool(), 50);
        QueryBatch.Clear(batch);
        while (reader.Read())
        {
            for (int column = 0; column < batch.Columns.Length; column++)
            {
                Fill(batch, column, reader.GetValue(column));
            }

            if (++batch.Count == 50)
            {
                yield return batch;
                QueryBatch.Clear(batch);
            }
        }

        yield return batch;
    }

    private static void Fill(RowBatch batch, int column, object value)
    {
        ColumnType type = batch.Schema.Columns[column].Type;
        switch (type.Kind, value)
        {
            case (_, DBNull):
                QueryBatch.SetNull(batch, column);
                break;
            case (ColumnKind.String, string text):
                QueryBatch.Set(batch, column, Encoding.UTF8.GetBytes(text));
                break;
            case (ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Boolean, long number):
                QueryBatch.Set(batch, column, number);
                break;
            case (ColumnKind.Integer or ColumnKind.Decimal, string sum):
                QueryBatch.Set(batch, column, SqliteDialect.Sum(System.Text.Encoding.UTF8.GetBytes(sum)));
                break;
            case (ColumnKind.Date, string day):
                QueryBatch.Set(batch, column, (DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) - DateTime.UnixEpoch).Days);
                break;
            case (ColumnKind.Timestamp, string moment):
                QueryBatch.Set(batch, column, (DateTime.ParseExact(moment, "yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) - DateTime.UnixEpoch).Ticks / 10);
                break;
            case (_, double real):
                throw new OverflowException($"{real} is no whole number of 64 bits.");
            default:
                throw new InvalidOperationException($"{batch.Schema.Columns[column]} cannot be {value} ({value.GetType().Name}).");
        }
    }

    private static object Stored(long cell, ColumnType type) => type.Kind switch
    {
        ColumnKind.Date => DateTime.UnixEpoch.AddDays(cell).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnKind.Timestamp => DateTime.UnixEpoch.AddTicks(cell * 10).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        _ => cell,
    };
}
