using Assay.App.Runs;
using Assay.Data;
using Assay.Measure;
using Assay.Sql;
using Assay.Store;

namespace Assay.App.Engines;

/// <summary>Asks a database for KPIs.</summary>
internal sealed class DatabaseMeasure(EngineTables tables, RunProgress progress)
{
    /// <summary>The latest moment that a window looked back from, or null when there was none.</summary>
    public DateTime? AsOf { get; private set; }

    /// <summary>Prepares a KPI: what the database cannot say is told here, before anything is written.</summary>
    /// <param name="kpi">The KPI.</param>
    /// <param name="dialect">The database's dialect.</param>
    /// <param name="asOf">The moment that windows look back from, or null for the newest row's.</param>
    /// <returns>The statements.</returns>
    /// <exception cref="SqlException">The dialect cannot say it.</exception>
    public KpiQuery Prepare(KpiDefinition kpi, SqlDialect dialect, DateTime? asOf)
    {
        KpiPlan plan = KpiPlan.Create(kpi, tables.Schemas[kpi.From], tables.Schemas);
        return KpiQuery.Create(plan, new KpiQueryOptions
        {
            Dialect = dialect,
            TableName = tables.Name,
            AsOf = asOf is { } moment && TypeOfWindow(plan) is { } type ? Moments.ToCell(moment, type) : null,
        });
    }

    /// <summary>Asks for KPIs.</summary>
    /// <param name="session">The database.</param>
    /// <param name="kpis">The KPIs.</param>
    /// <param name="asOf">The moment that windows look back from, or null for the newest row's.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The results, in the KPIs' order.</returns>
    /// <exception cref="EngineException">The database fails.</exception>
    /// <exception cref="MeasureException">A KPI cannot be computed.</exception>
    public IReadOnlyList<KpiResult> Run(EngineSession session, IReadOnlyList<KpiDefinition> kpis, DateTime? asOf, CancellationToken cancellationToken)
    {
        var results = new List<KpiResult>();
        foreach (KpiDefinition kpi in kpis)
        {
            progress.Begin($"{session.Dialect.Title}: {kpi.Name}", () => (0, null));
            KpiQuery query = Prepare(kpi, session.Dialect, asOf);
            try
            {
                Ask(session, query, cancellationToken);
            }
            catch (EngineException e)
            {
                throw e.Of($"KPI `{kpi.Name}`");
            }

            if (query.AsOf is { } end && TypeOfWindow(query.Plan) is { } type)
            {
                DateTime moment = Moments.FromCell(end, type);
                AsOf = AsOf is { } known && known > moment ? known : moment;
            }

            results.Add(query.Result);
        }

        return results;
    }

    private void Ask(EngineSession session, KpiQuery query, CancellationToken cancellationToken)
    {
        while (query.Next is { } statement)
        {
            var texts = new TextPool();
            var rows = new RowBatch(statement.Result, texts);
            using EngineReader reader = session.Query(statement, texts, cancellationToken);
            while (reader.Read(rows))
            {
                query.Add(rows);
                progress.Add(rows.Count, 0);
            }

            query.End();
        }
    }

    private ColumnType? TypeOfWindow(KpiPlan plan) => plan.LastColumn is { } column
        ? tables.Schemas[plan.Definition.From].Columns[tables.Schemas[plan.Definition.From].IndexOf(column)].Type
        : null;
}
