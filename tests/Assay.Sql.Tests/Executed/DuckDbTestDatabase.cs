using System.Text;
using Assay.Data;
using Assay.DuckDb;

namespace Assay.Sql.Tests;

internal sealed class DuckDbTestDatabase : SqlDatabase
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open(options: new DuckDbOptions { Threads = 1 });
    private readonly DuckDbConnection _connection;

    public DuckDbTestDatabase() => _connection = _database.Connect();

    public override SqlDialect Dialect => DuckDbDialect.Instance;

    public override void Execute(SqlText statement)
    {
        try
        {
            using DuckDbStatement prepared = Prepare(statement);
            prepared.Execute();
        }
        catch (DuckDbException e)
        {
            throw new DatabaseException(e.Message, e);
        }
    }

    public override List<SqlValue[]> Query(SqlText statement, IReadOnlyList<ColumnType> types)
    {
        try
        {
            using DuckDbStatement prepared = Prepare(statement);
            using DuckDbReader reader = prepared.Query();
            var rows = new List<SqlValue[]>();
            for (int i = 0; i < types.Count; i++)
            {
                ColumnType? given = reader.Columns[i].Type;
                Assert.True(
                    (given?.Kind == types[i].Kind || (types[i].IsNumeric && given?.IsNumeric == true)) && given?.Scale == types[i].Scale,
                    $"{reader.Columns[i].TypeName} is no {types[i]}: {statement.Text}");
            }

            while (reader.Read())
            {
                for (int row = 0; row < reader.Count; row++)
                {
                    rows.Add([.. types.Select((type, column) => Cell(reader[column], row, type))]);
                }
            }

            return rows;
        }
        catch (DuckDbException e)
        {
            throw new DatabaseException(e.Message, e);
        }
    }

    public override void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private DuckDbStatement Prepare(SqlText statement)
    {
        DuckDbStatement prepared = _connection.Prepare(statement.Text);
        for (int i = 0; i < statement.Parameters.Count; i++)
        {
            prepared.Bind(i + 1, Dialect.Parameter(statement.Parameters[i]));
        }

        return prepared;
    }

    private static SqlValue Cell(DuckDbVector cells, int row, ColumnType type) =>
        cells.IsNull(row) ? SqlValue.Null(type)
        : type.Kind == ColumnKind.String ? SqlValue.Of(Encoding.UTF8.GetString(cells.Text(row)))
        : new SqlValue(type, cells.Number(row));
}
