using System.Text;
using Assay.App.Dashboards;
using Assay.App.Pipelines;
using Assay.Data;
using Assay.Measure;
using Assay.Refine;

namespace Assay.App.Server;

/// <summary>
/// Gives panels their rows: as they were published where nothing narrows or divides them, else computed from the clean
/// rows. What was computed is kept for a while, as pages ask for the same again and again.
/// </summary>
internal sealed class PanelAnswers(ServerOptions options) : IDisposable
{
    /// <summary>The bytes of answers that are kept: a few hundred of usual size.</summary>
    private const long MostKept = 32 << 20;

    /// <summary>Computing takes all cores by itself: several at once would only wait for one another.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    private readonly Dictionary<string, LinkedListNode<(string Key, byte[] Rows)>> _kept = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, byte[] Rows)> _byUse = new();
    private long _bytes;

    /// <summary>Those of the page that was looked at last.</summary>
    private volatile KeptChoices? _choices;

    /// <summary>The columns of a panel.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="panel">The panel.</param>
    public static Schema Columns(PipelineDefinition pipeline, DashboardPanel panel)
    {
        KpiDefinition kpi = pipeline.Kpis.First(kpi => kpi.Name == panel.Kpi);
        kpi = panel.By is { } by ? KpiView.Divide(kpi, by) : kpi;
        var tables = pipeline.Tables.ToDictionary(table => table.Name, table => CleaningPlan.Create(table, pipeline.TimeZone).Schema, StringComparer.Ordinal);
        return KpiPlan.Create(kpi, tables[kpi.From], tables).Result;
    }

    /// <summary>Gives panels their rows.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="source">Where its results are.</param>
    /// <param name="chosen">What was chosen of filters, by their names, ordered.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>
    /// By panel, an object with <c>rows</c> and <c>totals</c>; null where they would have to be computed and the clean rows are
    /// not there, or are no longer those that the results were made of.
    /// </returns>
    /// <exception cref="FormatException">What was chosen makes no sense; the message says why.</exception>
    /// <exception cref="MeasureException">A KPI cannot be computed of these rows.</exception>
    /// <exception cref="Store.StoreException">The results or silver cannot be read.</exception>
    public async Task<IReadOnlyList<byte[]?>> RowsAsync(
        PipelineDefinition pipeline, ResultSource source, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> chosen, CancellationToken cancellationToken)
    {
        ViewFilter[] filters =
        [
            .. chosen.Select(one => ViewFilter.Parse(pipeline.Dashboard.Filters.First(filter => filter.Name == one.Key), one.Value)),
        ];
        IReadOnlyList<DashboardPanel> panels = pipeline.Dashboard.Panels;
        var answers = new byte[]?[panels.Count];
        var missing = new List<int>();
        for (int i = 0; i < panels.Count; i++)
        {
            answers[i] = Find(KeyOf(pipeline, source, panels[i], chosen)) ?? (filters.Length == 0 ? Published(pipeline, source, panels[i]) : null);
            if (answers[i] is null)
            {
                missing.Add(i);
            }
        }

        var views = new SilverViews(pipeline, source.Home, options.ViewThreads);
        if (missing.Count == 0 || source.Newer is not null || !views.HasRows)
        {
            return answers;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            IReadOnlyList<KpiResult> results = await Task.Run(() => views.Compute([.. missing.Select(i => panels[i])], filters, cancellationToken), cancellationToken);
            for (int i = 0; i < missing.Count; i++)
            {
                answers[missing[i]] = PanelRows.Of(results[i]);
                Keep(KeyOf(pipeline, source, panels[missing[i]], chosen), answers[missing[i]]!);
            }
        }
        finally
        {
            _turn.Release();
        }

        return answers;
    }

    /// <summary>Gives what filters can be set to.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="source">Where its results are.</param>
    /// <param name="views">Its clean rows.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="MeasureException">It cannot be computed.</exception>
    /// <exception cref="Store.StoreException">Silver cannot be read.</exception>
    public IReadOnlyList<FilterChoices> Choices(PipelineDefinition pipeline, ResultSource source, SilverViews views, CancellationToken cancellationToken)
    {
        string key = $"{pipeline.Hash}\0{source.RunId}";
        if (_choices is { } known && known.Key == key)
        {
            return known.Choices;
        }

        _turn.Wait(cancellationToken);
        try
        {
            IReadOnlyList<FilterChoices> choices = views.Choices(cancellationToken);
            _choices = new KeptChoices(key, choices);
            return choices;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static byte[]? Published(PipelineDefinition pipeline, ResultSource source, DashboardPanel panel)
    {
        string file = Path.Combine(source.Folder, panel.Kpi + ".json");
        return panel.By is null && File.Exists(file)
            ? PanelRows.Of(File.ReadAllBytes(file), panel.Kpi, [.. Columns(pipeline, panel).Columns.Select(column => column.Name)])
            : null;
    }

    /// <summary>What tells one answer from another: the run never changes what it published, and the configuration says what is computed.</summary>
    private static string KeyOf(
        PipelineDefinition pipeline, ResultSource source, DashboardPanel panel, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> chosen)
    {
        var key = new StringBuilder().Append(pipeline.Name).Append('\0').Append(pipeline.Hash).Append('\0').Append(source.RunId).Append('\0').Append(panel.Name);
        foreach ((string name, IReadOnlyList<string> values) in chosen)
        {
            key.Append('\0').Append(name).Append('\u0001').AppendJoin('\u0001', values);
        }

        return key.ToString();
    }

    private byte[]? Find(string key)
    {
        lock (_kept)
        {
            if (!_kept.TryGetValue(key, out LinkedListNode<(string Key, byte[] Rows)>? node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Rows;
        }
    }

    private void Keep(string key, byte[] rows)
    {
        lock (_kept)
        {
            if (_kept.ContainsKey(key) || rows.Length > MostKept / 4)
            {
                return;
            }

            _kept[key] = _byUse.AddFirst((key, rows));
            _bytes += rows.Length;
            while (_bytes > MostKept)
            {
                (string oldest, byte[] let) = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _kept.Remove(oldest);
                _bytes -= let.Length;
            }
        }
    }

    private sealed record KeptChoices(string Key, IReadOnlyList<FilterChoices> Choices);
}
