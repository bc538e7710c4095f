using Assay.Data;

namespace Assay.Measure.Tests.Cases;

/// <summary>Random KPIs over random tables; the same seed gives the same case.</summary>
public static class RandomCases
{
    private static readonly string[] Names =
        ["amount", "n", "Größe", "a b", "x\"y", "order", "select", "per%cent", "group", "値", "Name", "q'uote", "sum_n", "row_count", "value"];

    private static readonly ColumnType[] Types =
    [
        ColumnType.String, ColumnType.String, ColumnType.Integer, ColumnType.Integer, ColumnType.Decimal(12, 2), ColumnType.Decimal(9, 4),
        ColumnType.Decimal(18, 6), ColumnType.Decimal(17, 0), ColumnType.Boolean, ColumnType.Date, ColumnType.Timestamp, ColumnType.Timestamp,
    ];

    /// <summary>Makes a case.</summary>
    /// <param name="seed">What it depends on.</param>
    public static KpiCase Make(int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            try
            {
                KpiCase one = Try(random);
                one.Plan();
                return one;
            }
            catch (Exception e) when (e is KpiException or ExpressionException)
            {
                // Not all that is put together by chance has a meaning: the next one will.
                continue;
            }
        }
    }

    private static KpiCase Try(Random random)
    {
        int count = random.Next(4) == 0 ? random.Next(5) : random.Next(5, 150);
        string[] names = [.. Names.OrderBy(_ => random.Next()).Take(random.Next(3, 9))];
        CaseTable table = Table(random, "facts", names, count);
        CaseTable places = Joined(random, "places", ColumnType.String, random.Next(1, 12));
        CaseTable sizes = Joined(random, "sizes", ColumnType.Integer, random.Next(1, 12));
        var joins = new List<KpiJoin>();
        var columns = table.Schema.Columns.ToList();
        foreach (CaseTable joined in new[] { places, sizes })
        {
            Column key = joined.Schema.Columns[0];
            Column[] fitting = [.. columns.Where(column => KpiJoin.AreComparable(column.Type, key.Type))];
            if (random.Next(3) == 0 && fitting.Length > 0)
            {
                joins.Add(new KpiJoin(joined.Name, fitting[random.Next(fitting.Length)].Name, key.Name));
                columns.AddRange(joined.Schema.Columns.Where(column => columns.TrueForAll(other => other.Name != column.Name)));
            }
        }

        Column[] moments = [.. table.Schema.Columns.Where(column => column.Type.Kind is ColumnKind.Date or ColumnKind.Timestamp)];
        LastWindow? last = random.Next(5) == 0 && moments.Length > 0
            ? new LastWindow(random.Next(1, 40), random.Next(3) switch { 0 => LastUnit.Month, 1 => LastUnit.Week, _ => LastUnit.Day }, moments[random.Next(moments.Length)].Name)
            : null;
        long? asOf = last is not null && random.Next(2) == 0
            ? 19_782L * (moments.First(column => column.Name == last.Column).Type.Kind == ColumnKind.Date ? 1 : 86_400_000_000)
            : null;
        var texts = new CaseTexts(random, columns);
        KpiDefinition kpi = (random.Next(5) == 0 ? Scored(random, texts) : Grouped(random, texts)) with
        {
            Joins = joins,
            Last = last,
            Where = random.Next(3) == 0 ? ExpressionParser.Parse(texts.Condition(2)) : null,
        };
        return new KpiCase(kpi, table, [places, sizes], asOf);
    }

    private static KpiDefinition Grouped(Random random, CaseTexts texts)
    {
        NamedExpression[] keys = [.. Enumerable.Range(0, random.Next(4)).Select(i => Named($"k{i}", texts.Value(1)))];
        FillUnit? fill = null;
        if (random.Next(6) == 0 && texts.Moment(0) is { } moment)
        {
            fill = random.Next(2) == 0 ? FillUnit.Month : FillUnit.Day;
            keys = [Named("k0", $"{(fill == FillUnit.Month ? "year_month" : "date")}({moment})")];
        }

        NamedExpression[] measures = [.. Enumerable.Range(0, random.Next(1, 5)).Select(i => Named($"m{i}", Measure(random, texts), Scale(random)))];
        string[] numbers = [.. measures.Select(measure => measure.Name)];
        string Number() => numbers[random.Next(numbers.Length)];
        string[] derived = ["share({0})", "growth({0})", "previous({0})", "running({0})", "rank()", "{0} * 2 + rank()", "{0} is null"];
        string[] totals = ["count(*)", "sum({0})", "avg({0})", "max({0})", "first({0})", "last({0})", "count(places)", "median({0})", "stddev({0})"];
        string? having = random.Next(4) == 0 ? texts.Pick("count(*) > 1", "count(*) > 1 and {0} is not null", "{0} > 2", "count(*) between 2 and 9", "{0} >= 1 and count(*) < 20") : null;
        return Plain with
        {
            GroupBy = keys,
            Fill = fill,
            Measures = measures,
            Having = having is null ? null : ExpressionParser.Parse(Format(having, Number())),
            Derive = [.. Enumerable.Range(0, random.Next(3)).Select(i => Named($"d{i}", Format(texts.Pick(derived), Number()), Scale(random)))],
            Summary = random.Next(4) > 0 ? [] : [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => Named($"t{i}", Format(texts.Pick(totals), Number())))],
            Segments = random.Next(6) > 0 ? null : Segments(random, Number()),
            OrderBy = [.. keys.Concat(measures).Where(_ => random.Next(3) == 0).OrderBy(_ => random.Next()).Select(column => new OrderTerm(column.Name, random.Next(2) == 0))],
            Limit = random.Next(4) == 0 ? random.Next(1, 6) : null,
        };
    }

    private static KpiDefinition Scored(Random random, CaseTexts texts)
    {
        string Rule()
        {
            (string number, _) = texts.Number(1);
            return random.Next(4) switch
            {
                0 => $"{number} > {random.Next(1, 4)} * avg({number})",
                1 => $"{number} {texts.Pick("<", "<=", ">", ">=")} {texts.Pick("avg", "median", "stddev", "max", "min")}({texts.Number(0).Text})",
                2 => $"count(*) > 3 and {texts.Condition(1)}",
                _ => texts.Condition(2),
            };
        }

        return Plain with
        {
            Columns = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => Named($"c{i}", texts.Value(1), Scale(random)))],
            Score = new ScoreDefinition
            {
                ScoreColumn = "points",
                ReasonsColumn = "why",
                Minimum = random.Next(0, 4),
                Total = "flagged",
                Rules = [.. Enumerable.Range(0, random.Next(1, 5)).Select(i => new ScoreRule(
                    ExpressionParser.Parse(Rule()),
                    random.Next(-1, 4),
                    new ReasonTemplate([new ReasonPart($"r{i} "), new ReasonPart("", ExpressionParser.Parse(texts.Value(0)))])))],
            },
            OrderBy = random.Next(3) == 0 ? [] : [new OrderTerm("points", true)],
            Limit = random.Next(1, 8),
        };
    }

    private static string Measure(Random random, CaseTexts texts)
    {
        string Simple() => random.Next(9) switch
        {
            0 => "count(*)",
            1 => $"count({texts.Value(1)})",
            2 => $"count(distinct {texts.Value(1)})",
            3 => $"{texts.Pick("min", "max")}({texts.Value(1)})",
            4 => $"avg({texts.Number(2).Text})",
            5 => $"stddev({texts.Number(1).Text})",
            6 => $"median({texts.Number(1).Text})",
            _ => $"sum({texts.Number(2).Text})",
        };
        return random.Next(5) switch
        {
            0 => $"sum({texts.Number(1).Text}) / sum({texts.Number(1).Text})",
            1 => $"sum({texts.Number(1).Text}) - 2 * count(*)",
            _ => Simple(),
        };
    }

    private static SegmentDefinition Segments(Random random, string of) => new()
    {
        Column = "segment",
        Of = of,
        AreQuantiles = random.Next(2) == 0,
        Otherwise = random.Next(2) == 0 ? "rest" : null,
        Total = random.Next(2) == 0 ? "segments" : null,
        Levels = [new SegmentLevel("high", 8, 1), new SegmentLevel("middle", 5, 1), new SegmentLevel("low", 0, 0)],
    };

    private static CaseTable Table(Random random, string name, string[] names, int count)
    {
        Column[] columns = [.. names.Select(column => new Column(column, Types[random.Next(Types.Length)]))];
        object?[][] cells = [.. columns.Select(column => CaseValues.Of(random, column.Type, count))];
        return new CaseTable(name, new Schema(columns), [.. Enumerable.Range(0, count).Select(row => cells.Select(column => column[row]).ToArray())]);
    }

    private static CaseTable Joined(Random random, string name, ColumnType key, int count)
    {
        string[] names = [$"{name}_key", .. Names.Append($"{name}_own").OrderBy(_ => random.Next()).Take(random.Next(1, 4))];
        CaseTable table = Table(random, name, names, count);
        Column[] columns = [new Column(names[0], key), .. table.Schema.Columns.Skip(1)];
        object?[] keys = key.Kind == ColumnKind.String
            ? [.. CaseValues.Texts.OrderBy(_ => random.Next()).Take(count)]
            : [.. Enumerable.Range(-1, count).Select(number => (object?)(long)number)];
        return table with { Schema = new Schema(columns), Rows = [.. table.Rows.Select((row, i) => (object?[])[keys[i], .. row.Skip(1)])], Key = names[0] };
    }

    private static KpiDefinition Plain { get; } = new() { Name = "k", Title = "K", From = "facts" };

    private static NamedExpression Named(string name, string value, int? scale = null) => new(name, ExpressionParser.Parse(value), scale);

    private static int? Scale(Random random) => random.Next(3) == 0 ? random.Next(7) : null;

    private static string Format(string text, string name) => text.Replace("{0}", name, StringComparison.Ordinal);
}
