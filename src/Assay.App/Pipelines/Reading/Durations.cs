using System.Globalization;

namespace Assay.App.Pipelines;

/// <summary>Reads lengths of time that a machine waits, such as <c>30 seconds</c>.</summary>
internal static class Durations
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Reads a length of time.</summary>
    /// <param name="section">What it is part of.</param>
    /// <param name="key">Its key.</param>
    /// <returns>The length, or null when there is none or it is wrong; then the log says so.</returns>
    public static TimeSpan? Read(Section section, string key)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        string[] words = text.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 2 && Unit(words[1]) is { } unit
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
            && unit.Ticks <= Longest.Ticks / count)
        {
            return unit * count;
        }

        section.Log.Add(
            text.Start, $"`{text.Value}` is no length of time", "write a whole number of ms, seconds, minutes, hours or days, for example `30 seconds`");
        return null;
    }

    private static TimeSpan? Unit(string word) => word switch
    {
        "ms" or "millisecond" or "milliseconds" => TimeSpan.FromMilliseconds(1),
        "second" or "seconds" => TimeSpan.FromSeconds(1),
        "minute" or "minutes" => TimeSpan.FromMinutes(1),
        "hour" or "hours" => TimeSpan.FromHours(1),
        "day" or "days" => TimeSpan.FromDays(1),
        _ => null,
    };
}
