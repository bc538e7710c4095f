using System.Globalization;
using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>What a run made of one table, as far as checks are about it.</summary>
public sealed record CheckFigures
{
    /// <summary>The rows read.</summary>
    public long Read { get; init; }

    /// <summary>The rows accepted.</summary>
    public long Accepted { get; init; }

    /// <summary>The rows set aside.</summary>
    public long Quarantined { get; init; }

    /// <summary>The rows left out because others of their key stay.</summary>
    public long Deduplicated { get; init; }

    /// <summary>The rows left out by <c>where</c>.</summary>
    public long Filtered { get; init; }

    /// <summary>What was computed for the check, by the name of the measure: numbers as they are, moments in microseconds since
    /// 1970-01-01T00:00:00, null where there is none.</summary>
    public IReadOnlyDictionary<string, long?> Measured { get; init; } = new Dictionary<string, long?>();

    /// <summary>The moment that the run is about, local to the pipeline, in microseconds since 1970-01-01T00:00:00.</summary>
    public long AsOf { get; init; }

    /// <summary>The figures of a check's KPI.</summary>
    /// <param name="result">The KPI's result, one row.</param>
    /// <returns>The figures, for <see cref="Measured"/>.</returns>
    public static IReadOnlyDictionary<string, long?> MeasuredBy(ResultTable result) => Enumerable.Range(0, result.Schema.Columns.Count).ToDictionary(
        column => result.Schema.Columns[column].Name,
        column => result.Rows[0][column] switch
        {
            null => (long?)null,
            Int128 number => (long)number,
            DateOnly date => Microseconds(date.ToDateTime(TimeOnly.MinValue)),
            DateTime moment => Microseconds(moment),
            var other => throw new ArgumentException($"A check's figure cannot be of type {other.GetType().Name}.", nameof(result)),
        });

    /// <summary>A local moment as figures hold it.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>Microseconds since 1970-01-01T00:00:00.</returns>
    public static long Microseconds(DateTime moment) => (moment - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    internal static string MomentText(long microseconds) =>
        DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    internal long Measure(string name) =>
        Measured.TryGetValue(name, out long? figure) && figure is { } known ? known : throw new InvalidOperationException($"The figure `{name}` is missing.");
}
