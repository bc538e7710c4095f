using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads <c>timestamp</c>: the start, or another timestamp, plus drawn days, hours, minutes and seconds.</summary>
internal static class TimestampReader
{
    private static readonly (string Key, long Seconds)[] Units =
        [("days", TimestampStep.SecondsPerDay), ("hours", 3600), ("minutes", 60), ("seconds", 1)];

    // Four million days are more than the calendar has.
    private const long MostSeconds = 4_000_000L * TimestampStep.SecondsPerDay;

    /// <summary>Reads a timestamp.</summary>
    /// <returns>The value, or null after a problem.</returns>
    public static BoundValue? Read(ValueReader values, YamlMap map, ValueScope scope)
    {
        var body = new YamlMap(values.Source, map["timestamp"]!, "`timestamp`", ["from", .. Units.Select(unit => unit.Key)]);
        int from = -1;
        (Int128 earliest, Int128 latest) = (0, 0);
        if (body["from"] is { } node && node is not YamlScalar { Text: "start" })
        {
            if (Timestamp(values, node) is not { } other)
            {
                return null;
            }

            from = other.TimestampSlot;
            (earliest, latest) = other.TimeSpan;
        }

        var parts = new List<(NumberSource Source, long Seconds)>();
        foreach ((string key, long seconds) in Units)
        {
            if (body[key] is not { } amount)
            {
                continue;
            }

            NumberSource? source = amount is YamlSequence range
                ? NumberReader.Range(values, range, 0, scope.Part(key))
                : NumberReader.Operand(values, amount);
            if (source is null)
            {
                return null;
            }

            if (source.Scale != 0)
            {
                values.Source.Add(amount, $"`{key}` needs whole numbers");
                return null;
            }

            parts.Add((source, seconds));
            earliest += source.Min * seconds;
            latest += source.Max * seconds;
            if (Int128.Max(Int128.Abs(source.Min), Int128.Abs(source.Max)) * seconds > MostSeconds)
            {
                values.Source.Add(amount, $"`{key}` reaches beyond the calendar");
                return null;
            }
        }

        if (Formats(values, map) is not { } formats)
        {
            return null;
        }

        values.Builder.Include((long)earliest, (long)latest);
        int slot = values.Builder.Add(new TimestampStep { Slot = values.Builder.NewSlot(), FromSlot = from, Parts = parts });
        int format = formats.Length == 1
            ? -1
            : values.Builder.AddWeighted(scope, "format", [.. formats.Select(_ => 1.0)]);
        return new BoundValue
        {
            TimestampSlot = slot,
            TimeSpan = ((long)earliest, (long)latest),
            Writer = new TimestampWriter(slot, format, formats, formats.Any(one => values.Builder.IsSpecial(one.Literals))),
        };
    }

    /// <summary>The slot of the timestamp that a node names, or -1 after a problem.</summary>
    public static int Slot(ValueReader values, YamlNode node) => Timestamp(values, node)?.TimestampSlot ?? -1;

    private static BoundValue? Timestamp(ValueReader values, YamlNode node)
    {
        if (values.Source.Text(node, "a timestamp's name") is not { } name || values.NamedOrField(name, node) is not { } value)
        {
            return null;
        }

        if (value.TimestampSlot >= 0)
        {
            return value;
        }

        values.Source.Add(node, $"`{name}` is not a timestamp");
        return null;
    }

    private static TimestampFormat[]? Formats(ValueReader values, YamlMap map)
    {
        if (map["formats"] is not { } node)
        {
            return [TimestampFormat.Parse("yyyy-MM-dd HH:mm:ss", out _)!];
        }

        var formats = new List<TimestampFormat>();
        IReadOnlyList<YamlNode> items = values.Source.Items(node);
        foreach (YamlNode item in items)
        {
            if (values.Source.Text(item, "a format") is not { } text)
            {
                continue;
            }

            TimestampFormat? format = TimestampFormat.Parse(text, out string? problem);
            if (format is null)
            {
                values.Source.Add(item, $"format `{text}`: {problem}");
            }
            else
            {
                formats.Add(format);
            }
        }

        if (items.Count == 0)
        {
            values.Source.Add(node, "`formats` needs at least one format");
        }

        return formats.Count > 0 && formats.Count == items.Count ? [.. formats] : null;
    }
}
