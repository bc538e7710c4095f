using System.Globalization;

namespace Assay.App.Pipelines;

/// <summary>Reads which layers a pipeline keeps, and for how long.</summary>
/// <param name="Bronze">Whether the raw bytes are kept.</param>
/// <param name="Silver">Whether the clean rows are kept.</param>
/// <param name="BronzeDays">The days after which bronze that is not needed any more goes, or null.</param>
internal sealed record LayersReading(bool Bronze, bool Silver, int? BronzeDays)
{
    private const int MostDays = 36_500;

    /// <summary>Reads <c>layers</c> and <c>retention</c>.</summary>
    /// <param name="context">The definition they are part of; is told whether there is silver.</param>
    /// <param name="pipeline">The pipeline's section.</param>
    /// <returns>The layers; gold alone when none are named.</returns>
    public static LayersReading Read(DefinitionContext context, Section pipeline)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (ExpandedText layer in pipeline.Texts("layers", "for example `[bronze, silver, gold]`"))
        {
            if (!PipelineKeys.Layers.Contains(layer.Value))
            {
                context.Unknown("layer", layer, [.. PipelineKeys.Layers]);
            }
            else if (layer.Value == "silver" && !named.Contains("bronze"))
            {
                context.Log.Add(layer.Start, "`silver` needs `bronze` before it", "silver is rebuilt from the raw bytes: write `[bronze, silver, gold]`");
            }

            named.Add(layer.Value);
        }

        if (named.Count > 0 && !named.Contains("gold"))
        {
            context.Log.Add(pipeline.Node("layers")!.Start, "`layers` lacks `gold`", "a run that is to end before it takes `--until silver`");
        }

        if (named.IsSubsetOf(PipelineKeys.Layers) && named.Contains("bronze") && !named.Contains("silver"))
        {
            context.Log.Add(pipeline.Node("layers")!.Start, "`bronze` comes with `silver`", "write `[bronze, silver, gold]`, or `[gold]` to keep neither");
        }

        context.KeepsSilver = named.Contains("silver");
        return new LayersReading(named.Contains("bronze"), context.KeepsSilver, Days(pipeline));
    }

    private static int? Days(Section pipeline)
    {
        if (pipeline.Child("retention", PipelineKeys.Retention)?.Text("bronze") is not { } text)
        {
            return null;
        }

        string[] words = text.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is [{ } number, "day" or "days"]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days is >= 1 and <= MostDays)
        {
            return days;
        }

        pipeline.Log.Add(text.Start, $"`{text.Value}` is no time to keep something", "write a number of days, for example `90 days`");
        return null;
    }
}
