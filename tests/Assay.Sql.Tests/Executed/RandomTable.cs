using System.Text;
using Assay.Data;
using Assay.Data.Tests;

namespace Assay.Sql.Tests;

/// <summary>Random rows within what their columns declare, as a batch and as a table of a database.</summary>
internal sealed class RandomTable
{
    /// <summary>The table's name needs its quotes.</summary>
    public const string Name = "some \"rows\"; --";

    private const string Place = "place";

    public RandomTable(Random random, int count)
    {
        var values = new RandomValues(random);
        Batch = new RowBatch(RandomBatches.Schema, new TextPool(), count) { Count = count };
        int nulls = random.Next(3) switch { 0 => 0, 1 => 15, _ => 50 };
        bool isSmall = random.Next(3) > 0;
        foreach (Vector column in Batch.Columns)
        {
            column.HasNulls = nulls > 0;
            for (int row = 0; row < count; row++)
            {
                column.Nulls[row] = random.Next(100) < nulls;
                column.Values[row] = Cell(column.Type, random, values, isSmall);
            }
        }
    }

    public static SqlTable Table { get; } = new(
        Name,
        [new SqlColumn(Place, ColumnType.Integer), .. RandomBatches.Schema.Columns.Select(column => new SqlColumn(column.Name, column.Type))])
    {
        Key = [Place],
    };

    public RowBatch Batch { get; }

    public static SqlColumnReference Column(int ordinal)
    {
        Column column = RandomBatches.Schema.Columns[ordinal];
        return new SqlColumnReference(null, column.Name, column.Type);
    }

    /// <summary>A query of a value for each row, in their order.</summary>
    public static SelectStatement Select(SqlExpression value, int? row = null)
    {
        var place = new SqlColumnReference(null, Place, ColumnType.Integer);
        return new SelectStatement
        {
            Columns = [new SelectColumn("x", value), new SelectColumn(Place, place)],
            From = new SqlSource(Name),
            Where = row is { } one ? new SqlCall(ColumnType.Boolean, SqlOperation.Equal, [place, SqlValue.Of(one)]) : null,
            OrderBy = [new SelectOrder(1, false)],
        };
    }

    public void Store(SqlDatabase database)
    {
        database.Execute(new DropTable(Name));
        database.Execute(new CreateTable(Table));
        for (int row = 0; row < Batch.Count; row++)
        {
            database.Execute(new InsertRow(
                Name,
                [.. Table.Columns.Select(column => column.Name)],
                [SqlValue.Of(row), .. Batch.Columns.Select(column => Value(column, column.Type, row))]));
        }
    }

    /// <summary>A cell as a statement's value.</summary>
    public SqlValue Value(Vector column, ColumnType type, int row) =>
        column.IsNull(row) ? SqlValue.Null(type)
        : type.Kind == ColumnKind.String ? SqlValue.Of(Encoding.UTF8.GetString(Batch.Texts[(int)column.Values[row]]))
        : new SqlValue(type, column.Get(row));

    public string Row(int row) => string.Join(" | ", Batch.Columns.Select(column => Value(column, column.Type, row)).Select(value =>
        value.IsNull ? "null" : $"{SqlLiterals.Plain(value)}"));

    private long Cell(ColumnType type, Random random, RandomValues values, bool isSmall)
    {
        switch (type.Kind)
        {
            case ColumnKind.String:
                return Batch.Texts.Intern(values.Text());
            case ColumnKind.Boolean:
                return random.Next(2);
            case ColumnKind.Date:
                return values.Day();
            case ColumnKind.Timestamp:
                return values.Microsecond();
            default:
                long most = type.Kind == ColumnKind.Integer ? long.MaxValue : (long)Decimals.PowerOfTen(type.Precision) - 1;
                long cell = isSmall ? random.Next(-1000, 100_000) : (long)values.Integer(wide: false);
                return random.Next(12) == 0 ? random.Next(2) == 0 ? most : -most : cell % (most == long.MaxValue ? most : most + 1);
        }
    }
}
