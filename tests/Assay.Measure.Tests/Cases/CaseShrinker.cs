using Assay.Data;

namespace Assay.Measure.Tests.Cases;

/// <summary>Makes a failing case smaller as long as it fails: fewer rows, fewer columns, less of a KPI.</summary>
public static class CaseShrinker
{
    /// <summary>Shrinks a case.</summary>
    /// <param name="failing">A case that fails.</param>
    /// <param name="fails">Whether a case fails.</param>
    /// <param name="most">The most cases tried.</param>
    public static KpiCase Shrink(KpiCase failing, Func<KpiCase, bool> fails, int most = 2000)
    {
        KpiCase smallest = failing;
        bool isSmaller = true;
        while (isSmaller)
        {
            isSmaller = false;
            foreach (KpiCase smaller in Smaller(smallest))
            {
                if (most-- <= 0)
                {
                    return smallest;
                }

                if (Binds(smaller) && fails(smaller))
                {
                    smallest = smaller;
                    isSmaller = true;
                    break;
                }
            }
        }

        return smallest;
    }

    private static bool Binds(KpiCase one)
    {
        try
        {
            one.Plan();
            return true;
        }
        catch (Exception e) when (e is KpiException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private static IEnumerable<KpiCase> Smaller(KpiCase one) =>
    [
        .. FewerRows(one.Table).Select(table => one with { Table = table }),
        .. LessKpi(one.Definition).Select(kpi => one with { Definition = kpi }),
        .. one.Joined.SelectMany((table, i) => FewerRows(table).Concat(FewerColumns(table)).Select(fewer => one with { Joined = [.. one.Joined.Take(i), fewer, .. one.Joined.Skip(i + 1)] })),
        .. FewerColumns(one.Table).Select(table => one with { Table = table }),
        .. one.Joined.Select((_, i) => one with { Joined = Without(one.Joined, i) }),
    ];

    private static IEnumerable<CaseTable> FewerRows(CaseTable table)
    {
        for (int size = table.Rows.Count / 2; size >= 1; size /= 2)
        {
            for (int from = 0; from < table.Rows.Count; from += size)
            {
                yield return table with { Rows = [.. table.Rows.Take(from), .. table.Rows.Skip(from + size)] };
            }
        }

        if (table.Rows.Count == 1)
        {
            yield return table with { Rows = [] };
        }
    }

    private static IEnumerable<CaseTable> FewerColumns(CaseTable table) => Enumerable.Range(0, table.Schema.Columns.Count)
        .Where(column => table.Schema.Columns.Count > 1 && table.Schema.Columns[column].Name != table.Key)
        .Select(column => table with
        {
            Schema = new Schema(Without(table.Schema.Columns, column)),
            Rows = [.. table.Rows.Select(row => Without(row, column).ToArray())],
        });

    private static IEnumerable<KpiDefinition> LessKpi(KpiDefinition kpi)
    {
        KpiDefinition[] without =
        [
            kpi with { Where = null }, kpi with { Having = null }, kpi with { Fill = null }, kpi with { Last = null }, kpi with { Segments = null },
            kpi with { Limit = kpi.Score is null ? null : kpi.Limit },
        ];
        IEnumerable<KpiDefinition> less =
        [
            .. without,
            .. Indexes(kpi.Joins).Select(i => kpi with { Joins = Without(kpi.Joins, i) }),
            .. Less(kpi.Summary).Select(named => kpi with { Summary = named }),
            .. Less(kpi.Derive).Select(named => kpi with { Derive = named }),
            .. Indexes(kpi.OrderBy).Select(i => kpi with { OrderBy = Without(kpi.OrderBy, i) }),
            .. Less(kpi.Measures).Select(named => kpi with { Measures = named }),
            .. Less(kpi.GroupBy).Select(named => kpi with { GroupBy = named }),
            .. Less(kpi.Columns).Select(named => kpi with { Columns = named }),
            .. Children(kpi.Where).Select(where => kpi with { Where = where }),
            .. Children(kpi.Having).Select(having => kpi with { Having = having }),
            .. kpi.Score is not { } score ? [] : Indexes(score.Rules).Select(i => kpi with { Score = score with { Rules = Without(score.Rules, i) } }),
        ];
        return less.Where(smaller => smaller != kpi);
    }

    /// <summary>One fewer, or one simpler.</summary>
    private static IEnumerable<IReadOnlyList<NamedExpression>> Less(IReadOnlyList<NamedExpression> columns) =>
    [
        .. Indexes(columns).Select(i => Without(columns, i)),
        .. Indexes(columns).Where(i => columns[i].Scale is not null).Select(i => With(columns, i, columns[i] with { Scale = null })),
        .. Indexes(columns).SelectMany(i => Children(columns[i].Value).Select(child => With(columns, i, columns[i] with { Value = child }))),
    ];

    /// <summary>Simpler expressions: a part of it, or it with a part of a part.</summary>
    private static IEnumerable<Expression> Children(Expression? expression) => expression is null
        ? []
        : [.. expression.Children, .. expression.DescendantsAndSelf().Skip(1).SelectMany(part => part.Children.Select(child =>
            expression.Rewrite(node => ReferenceEquals(node, part) ? child : null)))];

    private static IEnumerable<int> Indexes<T>(IReadOnlyList<T> list) => Enumerable.Range(0, list.Count);

    private static IReadOnlyList<T> Without<T>(IReadOnlyList<T> list, int at) => [.. list.Take(at), .. list.Skip(at + 1)];

    private static IReadOnlyList<T> With<T>(IReadOnlyList<T> list, int at, T item) => [.. list.Take(at), item, .. list.Skip(at + 1)];
}
