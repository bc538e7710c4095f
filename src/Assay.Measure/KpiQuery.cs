using Assay.Data;
using Assay.Measure.Plan;
using Assay.Measure.Query;
using Assay.Sql;

namespace Assay.Measure;

/// <summary>
/// A KPI asked of a database: statements that give its groups with exact aggregates, or its flagged rows, and what is
/// made of them by the same code as in memory. Run <see cref="Next"/>, hand its rows to <see cref="Add"/>, say
/// <see cref="End"/>, and go on until there is no next. All statements must see the same rows: run them in one transaction.
/// </summary>
public abstract class KpiQuery
{
    private readonly IReadOnlyList<QueryStep> _steps;
    private readonly QueryWindow? _window;
    private int _step = -1;
    private KpiResult? _result;

    private protected KpiQuery(KpiPlan plan, IReadOnlyList<QueryStep> steps, QueryWindow? window)
    {
        Plan = plan;
        _steps = steps;
        _window = window;
        Preview = [.. steps.Select(step => step.Preview)];
    }

    /// <summary>The KPI.</summary>
    public KpiPlan Plan { get; }

    /// <summary>All statements, as far as they are known before anything runs.</summary>
    public IReadOnlyList<KpiStatement> Preview { get; }

    /// <summary>The statement to run now; null when the result is there.</summary>
    public SelectStatement? Next { get; private set; }

    /// <summary>The end of its window as the window's column holds it; null without window, when the column has no value, and
    /// as long as the database has not told it.</summary>
    public long? AsOf => _window?.UpTo;

    /// <summary>What it comes to, once there is no next statement.</summary>
    /// <exception cref="InvalidOperationException">There still is one.</exception>
    public KpiResult Result => _result ?? throw new InvalidOperationException("Not all statements were run.");

    /// <summary>Plans the statements of a KPI.</summary>
    /// <param name="plan">The KPI.</param>
    /// <param name="options">The database, and what is known already.</param>
    /// <returns>The query, to be run once.</returns>
    /// <exception cref="SqlException">The database cannot say a part of it with the same result; the message names the KPI
    /// and the expression.</exception>
    public static KpiQuery Create(KpiPlan plan, KpiQueryOptions options)
    {
        KpiQuery query = plan is GroupedPlan grouped ? GroupedQuery.Of(grouped, options) : ScoredQuery.Of((ScoredPlan)plan, options);
        foreach (KpiStatement statement in query.Preview)
        {
            Check(statement, plan, options.Dialect);
        }

        query.Go();
        return query;
    }

    /// <summary>Takes rows of the statement in <see cref="Next"/>.</summary>
    /// <param name="rows">The rows, with the columns of the statement's <see cref="SelectStatement.Result"/>; they are not kept.</param>
    /// <exception cref="MeasureException">A value cannot be computed with.</exception>
    public void Add(RowBatch rows)
    {
        if (Next is null)
        {
            throw new InvalidOperationException("No statement is running.");
        }

        Checked(() => _steps[_step].Add(rows));
    }

    /// <summary>Says that these were all rows of the statement.</summary>
    /// <exception cref="MeasureException">The KPI cannot be computed.</exception>
    public void End()
    {
        if (Next is null)
        {
            throw new InvalidOperationException("No statement is running.");
        }

        Checked(() =>
        {
            _steps[_step].End();
            Go();
        });
    }

    /// <summary>Makes the result, when all statements were run.</summary>
    private protected abstract KpiResult Finish();

    /// <summary>The KPI's window of time, or null.</summary>
    private protected static QueryWindow? Window(KpiPlan plan, KpiQueryOptions options) => plan.Definition.Last is { } last
        ? new QueryWindow(last, WindowColumn(plan), options.AsOf)
        : null;

    /// <summary>The statement that asks for the window's end, when there is one and it is not known.</summary>
    private protected static IEnumerable<QueryStep> WindowSteps(KpiPlan plan, KpiQueryOptions options, QueryWindow? window) =>
        window is { IsAsked: true } ? [new AsOfStep(window, WindowColumn(plan), options.TableName(plan.Definition.From))] : [];

    /// <summary>Writes a statement, as what a database cannot say is to be told before anything runs.</summary>
    private static void Check(KpiStatement statement, KpiPlan plan, SqlDialect dialect)
    {
        try
        {
            dialect.Script(statement.Statement);
        }
        catch (SqlException refused)
        {
            throw new SqlException($"KPI `{plan.Definition.Name}`: {dialect.Title} cannot be asked for {statement.Title}: {refused.Message}");
        }
    }

    private static Column WindowColumn(KpiPlan plan) => plan.Rows.Own.Columns[plan.Rows.Own.IndexOf(plan.LastColumn!)];

    private void Go()
    {
        Next = null;
        while (Next is null && ++_step < _steps.Count)
        {
            Next = _steps[_step].Statement();
        }

        if (Next is null)
        {
            _result = Finish();
        }
    }

    private void Checked(Action action)
    {
        try
        {
            action();
        }
        catch (OverflowException)
        {
            throw new MeasureException(Plan.Definition.Name, "a sum needs more than 128 bits, or a key more than 64");
        }
    }
}
