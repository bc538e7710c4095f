using System.Globalization;
using Assay.Data;
using Assay.Measure;

namespace Assay.App.Pipelines;

/// <summary>Reads how a KPI's groups are divided into segments.</summary>
internal sealed class SegmentReading(DefinitionContext context, Section segments)
{
    private const int MostDigits = 18;
    private const string Hint = "for example `minimums: { Gold: 500, Silver: 100 }` or `quantiles: { Gold: 0.8, Silver: 0.5 }`";

    private DefinitionLog Log => context.Log;

    /// <summary>Reads the segments.</summary>
    /// <param name="context">The definition they are part of.</param>
    /// <param name="kpi">The KPI.</param>
    /// <param name="columns">The KPI's output columns.</param>
    /// <param name="takeName">Takes the name of their column.</param>
    /// <returns>They, or null when there are none or they lack what matters.</returns>
    public static SegmentDefinition? Read(DefinitionContext context, Section kpi, IReadOnlySet<string> columns, Action<string, Place> takeName) =>
        kpi.Child("segments", PipelineKeys.Segments) is { } section ? new SegmentReading(context, section).Read(columns, takeName) : null;

    private SegmentDefinition? Read(IReadOnlySet<string> columns, Action<string, Place> takeName)
    {
        int errors = Log.Count;
        ExpandedText? of = segments.RequiredText("of", "it names the output column that they are divided by");
        if (of is not null && columns.Count > 0 && !columns.Contains(of.Value))
        {
            Log.Add(of.Start, $"`of` names no output column `{of.Value}`", DidYouMean.Hint(of.Value, columns) ?? $"the columns are {string.Join(", ", columns)}");
        }

        ExpandedText? column = segments.RequiredText("column", "it names the output column of the segments");
        if (column is not null)
        {
            takeName(column.Value, column.Start);
        }

        bool areQuantiles = segments.Node("quantiles") is not null;
        if (areQuantiles == segments.Node("minimums") is not null)
        {
            Log.Add(segments.Place, "segments have either `minimums` or `quantiles`", Hint);
        }

        List<SegmentLevel> levels = Levels(areQuantiles ? "quantiles" : "minimums", areQuantiles);
        ExpandedText? otherwise = segments.Text("otherwise");
        if (otherwise is not null && levels.Exists(level => level.Name == otherwise.Value))
        {
            Log.Add(otherwise.Start, $"`{otherwise.Value}` is a segment already");
        }

        ExpandedText? total = segments.Text("total");
        ExpandedText? threshold = segments.Text("threshold_name");
        foreach (ExpandedText name in new[] { total, threshold }.OfType<ExpandedText>().Where(name => !Names.IsColumn(name.Value)))
        {
            Log.Add(name.Start, $"`{name.Value}` cannot name a total", "use letters, digits and `_`");
        }

        if (threshold is not null && (total is null || threshold.Value == "count"))
        {
            Log.Add(threshold.Start, total is null ? "`threshold_name` goes with `total`" : "`count` is the number of groups in the total", null);
        }

        return Log.Count > errors || column is null || of is null ? null : new SegmentDefinition
        {
            Column = column.Value,
            Of = of.Value,
            Levels = levels,
            AreQuantiles = areQuantiles,
            Otherwise = otherwise?.Value,
            Total = total?.Value,
            ThresholdName = threshold?.Value ?? "minimum",
        };
    }

    private List<SegmentLevel> Levels(string key, bool areQuantiles)
    {
        var levels = new List<SegmentLevel>();
        var taken = new HashSet<decimal>();
        foreach ((YamlScalar name, YamlNode value) in segments.Entries(key, Hint))
        {
            if (value is not YamlScalar { IsNull: false } scalar)
            {
                Section.WrongKind(Log, name.Text, value, "a number", Hint);
            }
            else if (context.Variables.Expand(scalar) is { } text && Number(name.Text, text, areQuantiles) is { } level)
            {
                if (!taken.Add(level.Units / (decimal)Decimals.PowerOfTen(level.Scale)))
                {
                    Log.Add(text.Start, $"two segments begin at {text.Value}");
                }

                levels.Add(level);
            }
        }

        if (segments.Node(key) is YamlMapping { Entries.Count: 0 } empty)
        {
            Log.Add(empty.Start, $"`{key}` is empty", Hint);
        }

        return levels;
    }

    private SegmentLevel? Number(string name, ExpandedText text, bool isQuantile)
    {
        bool isNumber = decimal.TryParse(
            text.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number);
        bool fits = isNumber && text.Value.Count(char.IsAsciiDigit) <= MostDigits;
        if (!fits || (isQuantile && number is < 0 or > 1))
        {
            Log.Add(text.Start, isQuantile
                ? $"`{text.Value}` is no quantile, which is a number from 0 to 1"
                : $"`{text.Value}` is no number of at most {MostDigits} digits");
            return null;
        }

        int scale = number.Scale;
        return new SegmentLevel(name, (long)(number * (decimal)Decimals.PowerOfTen(scale)), scale);
    }
}
