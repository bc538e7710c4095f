using System.Collections.Concurrent;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>What the server counts while it runs.</summary>
internal sealed class ServerMetrics
{
    private readonly ConcurrentDictionary<(string Pipeline, JobStatus Status), long> _ended = new();
    private readonly ConcurrentDictionary<(string Pipeline, string Code), long> _rejects = new();
    private readonly ConcurrentDictionary<(string Pipeline, bool IsAccepted), long> _rows = new();
    private readonly ConcurrentDictionary<(string Method, string Route, int Status), long> _requests = new();

    /// <summary>Jobs that ended, by pipeline and how.</summary>
    public IEnumerable<KeyValuePair<(string Pipeline, JobStatus Status), long>> Ended => Sorted(_ended);

    /// <summary>Faults that rows were set aside for, by pipeline and code.</summary>
    public IEnumerable<KeyValuePair<(string Pipeline, string Code), long>> Rejects => Sorted(_rejects);

    /// <summary>Rows, by pipeline and whether they were accepted.</summary>
    public IEnumerable<KeyValuePair<(string Pipeline, bool IsAccepted), long>> Rows => Sorted(_rows);

    /// <summary>Answered requests, by method, route and status.</summary>
    public IEnumerable<KeyValuePair<(string Method, string Route, int Status), long>> Requests => Sorted(_requests);

    /// <summary>How long jobs took that were completed.</summary>
    public DurationHistogram JobSeconds { get; } = new([0.1, 0.5, 1, 5, 10, 60, 300, 1800]);

    /// <summary>How long answers took.</summary>
    public DurationHistogram RequestSeconds { get; } = new([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5]);

    /// <summary>Counts a job that ended.</summary>
    public void JobEnded(string pipeline, JobStatus status, TimeSpan elapsed, JobOutcome? outcome)
    {
        Add(_ended, (pipeline, status), 1);
        if (outcome is null)
        {
            return;
        }

        JobSeconds.Add(elapsed);
        Add(_rows, (pipeline, true), outcome.Accepted);
        Add(_rows, (pipeline, false), outcome.Rows - outcome.Accepted);
        foreach ((string code, long rows) in outcome.Rejects)
        {
            Add(_rejects, (pipeline, code), rows);
        }
    }

    /// <summary>Counts an answer.</summary>
    public void Answered(string method, string route, int status, TimeSpan elapsed)
    {
        Add(_requests, (method, route, status), 1);
        RequestSeconds.Add(elapsed);
    }

    /// <summary>The counts of one moment: sorting a dictionary that grows meanwhile fails.</summary>
    private static IEnumerable<KeyValuePair<TKey, long>> Sorted<TKey>(ConcurrentDictionary<TKey, long> counts)
        where TKey : notnull => counts.ToArray().OrderBy(one => one.Key);

    private static void Add<TKey>(ConcurrentDictionary<TKey, long> counts, TKey key, long value)
        where TKey : notnull => counts.AddOrUpdate(key, value, (_, before) => before + value);
}
