using System.Runtime.InteropServices;
using Assay.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Sql.Tests;

internal sealed class SqliteTestDatabase : SqlDatabase
{
    private readonly SqliteConnection _connection;

    static SqliteTestDatabase()
    {
        string library = OperatingSystem.IsWindows() ? "winsqlite3" : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0";
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (_, _, _) => NativeLibrary.Load(library));
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
    }

    public SqliteTestDatabase()
    {
        _connection = new SqliteConnection("Data Source=:memory:");
        _connection.Open();
    }

    public override SqlDialect Dialect => SqliteDialect.Instance;

    public override void Execute(SqlText statement)
    {
        try
        {
            using SqliteCommand command = Command(statement);
            command.ExecuteNonQuery();
        }
        catch (SqliteException e)
        {
            throw new DatabaseException(e.Message, e);
        }
    }

    public override List<SqlValue[]> Query(SqlText statement, IReadOnlyList<ColumnType> types)
    {
        try
        {
            using SqliteCommand command = Command(statement);
            using SqliteDataReader reader = command.ExecuteReader();
            var rows = new List<SqlValue[]>();
            while (reader.Read())
            {
                rows.Add([.. types.Select((type, column) => Cell(reader.GetValue(column), type))]);
            }

            return rows;
        }
        catch (SqliteException e)
        {
            throw new DatabaseException(e.Message, e);
        }
    }

    public override void Dispose() => _connection.Dispose();

    private SqliteCommand Command(SqlText statement)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = statement.Text;
        for (int i = 0; i < statement.Parameters.Count; i++)
        {
            command.Parameters.AddWithValue($"?{i + 1}", Dialect.Parameter(statement.Parameters[i]) ?? DBNull.Value);
        }

        return command;
    }

    private static SqlValue Cell(object cell, ColumnType type)
    {
        switch (cell)
        {
            case DBNull:
                return SqlValue.Null(type);
            case long number when type.IsNumeric || type.Kind == ColumnKind.Boolean:
                return new SqlValue(type, number);
            case double number when type.IsNumeric:
                throw new DatabaseException($"{number} is no exact number");
            case string text when type.Kind == ColumnKind.String:
                return SqlValue.Of(text);
            case string sum when type.IsNumeric:
                try
                {
                    return new SqlValue(type, SqliteDialect.Sum(System.Text.Encoding.UTF8.GetBytes(sum)));
                }
                catch (OverflowException e)
                {
                    throw new DatabaseException(e.Message, e);
                }

            case string moment when type.Kind is ColumnKind.Date or ColumnKind.Timestamp:
                return Moment(moment, type);
            default:
                throw new InvalidOperationException($"A {cell.GetType().Name} ({cell}) is no {type}.");
        }
    }

    private static SqlValue Moment(string moment, ColumnType type)
    {
        try
        {
            var literal = (LiteralExpression)ExpressionParser.Parse($"{type} '{moment}'");
            Assert.Equal(moment, SqlLiterals.Plain(new SqlValue(type, literal.Units)));
            return new SqlValue(type, literal.Units);
        }
        catch (ExpressionException e)
        {
            throw new DatabaseException($"{moment} is out of range", e);
        }
    }
}
