using System.Text;
using Assay.Data;
using Assay.Data.Tests;

namespace Assay.Sql.Tests;

/// <summary>A database groups, aggregates and orders random rows as plain code does.</summary>
public abstract class GroupPropertyTests
{
    private const int Rows = 25;

    private protected abstract SqlDatabase Open();

    [Theory]
    [InlineData(1, 600)]
    [InlineData(2, 600)]
    public void Select_WhenRandomGroups_ThenTheDatabaseGivesWhatPlainCodeGives(int seed, int queries)
    {
        using SqlDatabase database = Open();
        RandomTable? table = null;
        int compared = 0;
        int failed = 0;
        for (int i = 0; i < queries; i++)
        {
            var random = new Random((seed * 1_000_000) + i);
            if (i % 30 == 0)
            {
                table = new RandomTable(random, Rows);
                table.Store(database);
            }

            if (RandomGroups.TryMake(random, database.Dialect) is not { } groups || TryExpect(groups, table!) is not { } expected)
            {
                continue;
            }

            try
            {
                string[] actual = [.. database.Query(groups.Statement).Select(Shown)];
                string[] wanted = [.. expected.Select(Shown)];
                Assert.True(
                    wanted.SequenceEqual(actual),
                    $"{database.Dialect.Script(groups.Statement)}\nexpected\n{string.Join('\n', wanted)}\nbut got\n{string.Join('\n', actual)}\nof\n{string.Join('\n', Enumerable.Range(0, Rows).Select(table!.Row))}");
                compared++;
            }
            catch (DatabaseException e)
            {
                Assert.True(ExpressionPropertyTests.IsOverflow(e.Message), $"{e.Message}\n{database.Dialect.Script(groups.Statement)}");
                failed++;
            }
        }

        Assert.True(compared > queries / 3, $"only {compared} of {queries} were compared");
        Assert.True(failed < compared / 3, $"{failed} failed, {compared} were compared");
    }

    /// <summary>What a query gives, or null when a sum leaves 128 bits.</summary>
    private static List<SqlValue[]>? TryExpect(RandomGroups groups, RandomTable table)
    {
        try
        {
            return groups.Expected(table);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static string Shown(SqlValue[] row) =>
        string.Join(" | ", row.Select(value => value.IsNull ? "null" : $"{SqlLiterals.Plain(value)}"));

    /// <summary>A random query of groups.</summary>
    private sealed class RandomGroups
    {
        private readonly List<(Expression Value, SqlExpression Sql)> _keys = [];
        private readonly List<(SqlAggregateFunction Function, Expression? Over)> _aggregates = [];
        private readonly List<SelectOrder> _order = [];
        private (Expression Value, SqlExpression Sql)? _where;

        public required SelectStatement Statement { get; init; }

        public static RandomGroups? TryMake(Random random, SqlDialect dialect)
        {
            var expressions = new RandomExpressions(random);
            var made = new RandomGroups { Statement = null! };
            try
            {
                for (int i = random.Next(3); i > 0; i--)
                {
                    made._keys.Add(Translated(expressions.Any(random.Next(3))));
                }

                var columns = new List<SelectColumn>();
                for (int i = random.Next(1, 4); i > 0; i--)
                {
                    var function = (SqlAggregateFunction)random.Next(5);
                    Expression? over = function == SqlAggregateFunction.Count && random.Next(2) == 0 ? null
                        : function == SqlAggregateFunction.Sum ? expressions.Of(random.Next(2) == 0 ? ColumnKind.Integer : ColumnKind.Decimal, random.Next(3))
                        : expressions.Any(random.Next(3));
                    made._aggregates.Add((function, over));
                    (Expression Value, SqlExpression Sql)? argument = over is null ? null : Translated(over);
                    if (function == SqlAggregateFunction.Sum && !argument!.Value.Sql.Type.IsNumeric)
                    {
                        return null;
                    }

                    ColumnType type = function is SqlAggregateFunction.Count or SqlAggregateFunction.CountDistinct ? ColumnType.Integer : argument!.Value.Sql.Type;
                    columns.Add(new SelectColumn($"value {i}", new SqlAggregate(type, function, argument?.Sql)));
                }

                Expression where = expressions.Of(ColumnKind.Boolean, 2);
                made._where = random.Next(3) > 0
                    ? null
                    : (where, SqlTranslator.TranslateCondition(where, RandomBatches.Schema, RandomTable.Column));
                made._order.AddRange(made._keys.Select((_, place) => new SelectOrder(place, random.Next(2) == 0)));
                var statement = new SelectStatement
                {
                    Columns = [.. made._keys.Select((key, i) => new SelectColumn($"key {i}", key.Sql)), .. columns],
                    From = new SqlSource(RandomTable.Name),
                    Where = made._where?.Sql,
                    GroupKeys = made._keys.Count,
                    OrderBy = made._order,
                };
                dialect.Render(statement);
                return made.With(statement);
            }
            catch (Exception e) when (e is SqlException or ExpressionException)
            {
                return null;
            }
        }

        /// <summary>The rows that the query must give, or null when a number leaves 128 bits.</summary>
        public List<SqlValue[]>? Expected(RandomTable table)
        {
            SqlValue[][]? keys = Columns(table, _keys.Select(key => key.Value));
            SqlValue[][]? values = Columns(table, _aggregates.Select(aggregate => aggregate.Over ?? LiteralExpression.Boolean(true)));
            SqlValue[][]? where = Columns(table, _where is { } condition ? [condition.Value] : []);
            if (keys is null || values is null || where is null)
            {
                return null;
            }

            var groups = new Dictionary<string, List<int>>(StringComparer.Ordinal);
            for (int row = 0; row < table.Batch.Count; row++)
            {
                if (where.Length == 0 || where[0][row] is { IsNull: false, Units: var truth } && truth == 1)
                {
                    string key = string.Join('\u0001', keys.Select(column => column[row].IsNull ? "\u0002" : SqlLiterals.Plain(column[row])));
                    (groups.TryGetValue(key, out List<int>? rows) ? rows : groups[key] = []).Add(row);
                }
            }

            if (_keys.Count == 0 && groups.Count == 0)
            {
                groups[""] = [];
            }

            IEnumerable<SqlValue[]> result = groups.Values.Select(rows => (SqlValue[])
            [
                .. keys.Select(column => column[rows[0]]),
                .. _aggregates.Select((aggregate, i) => Aggregate(aggregate.Function, Statement.Columns[_keys.Count + i].Value.Type, rows.Select(row => values[i][row]))),
            ]);
            return [.. result.Order(Comparer<SqlValue[]>.Create(Compare))];
        }

        private RandomGroups With(SelectStatement statement)
        {
            var made = new RandomGroups { Statement = statement, _where = _where };
            made._keys.AddRange(_keys);
            made._aggregates.AddRange(_aggregates);
            made._order.AddRange(_order);
            return made;
        }

        private static (Expression, SqlExpression) Translated(Expression expression) =>
            (expression, SqlTranslator.Translate(expression, RandomBatches.Schema, RandomTable.Column));

        private static SqlValue[][]? Columns(RandomTable table, IEnumerable<Expression> expressions)
        {
            var columns = new List<SqlValue[]>();
            foreach (Expression expression in expressions)
            {
                var evaluator = new VectorEvaluator(table.Batch.Texts, table.Batch.Count);
                BoundExpression bound = ExpressionBinder.Bind(expression, RandomBatches.Schema);
                Vector vector = evaluator.Evaluate(bound, table.Batch);
                if (evaluator.HasOverflow)
                {
                    return null;
                }

                columns.Add([.. Enumerable.Range(0, table.Batch.Count).Select(row => table.Value(vector, bound.Type, row))]);
            }

            return [.. columns];
        }

        private static SqlValue Aggregate(SqlAggregateFunction function, ColumnType type, IEnumerable<SqlValue> values)
        {
            SqlValue[] known = [.. values.Where(value => !value.IsNull)];
            return function switch
            {
                SqlAggregateFunction.Count => SqlValue.Of(known.Length),
                SqlAggregateFunction.CountDistinct => SqlValue.Of(known.Distinct().Count()),
                _ when known.Length == 0 => SqlValue.Null(type),
                SqlAggregateFunction.Sum => new SqlValue(type, known.Aggregate(Int128.Zero, (sum, value) => checked(sum + value.Units))),
                SqlAggregateFunction.Min => known.Min(Comparer<SqlValue>.Create(Compare))!,
                _ => known.Max(Comparer<SqlValue>.Create(Compare))!,
            };
        }

        private int Compare(SqlValue[] a, SqlValue[] b) => _order
            .Select(term => a[term.Column].IsNull || b[term.Column].IsNull
                ? a[term.Column].IsNull.CompareTo(b[term.Column].IsNull)
                : Compare(a[term.Column], b[term.Column]) * (term.IsDescending ? -1 : 1))
            .FirstOrDefault(order => order != 0);

        private static int Compare(SqlValue a, SqlValue b) => a.Text is null
            ? a.Units.CompareTo(b.Units)
            : Encoding.UTF8.GetBytes(a.Text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b.Text!));
    }
}

public sealed class DuckDbGroupPropertyTests : GroupPropertyTests
{
    private protected override SqlDatabase Open() => new DuckDbTestDatabase();
}

public sealed class SqliteGroupPropertyTests : GroupPropertyTests
{
    private protected override SqlDatabase Open() => new SqliteTestDatabase();
}
