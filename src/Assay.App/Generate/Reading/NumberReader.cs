using System.Globalization;
using System.Text.RegularExpressions;
using Assay.App.Pipelines;
using Assay.Data;

namespace Assay.App.Generate;

/// <summary>Reads <c>integer</c> and <c>decimal</c>: a range or a number, times factors, within limits.</summary>
internal static partial class NumberReader
{
    // A uniform decimal is drawn on a grid this much finer than what is written, so that rounding shows no grid.
    private const int FinerDigits = 6;

    // Half of 64 bits' range is left for steps in between.
    private static readonly Int128 Most = long.MaxValue / 2;

    /// <summary>Reads a number.</summary>
    /// <param name="values">The values it can refer to.</param>
    /// <param name="map">Its description.</param>
    /// <param name="kind">integer or decimal.</param>
    /// <param name="scope">Whose it is.</param>
    /// <returns>The number, or null after a problem.</returns>
    public static BoundValue? Read(ValueReader values, YamlMap map, string kind, ValueScope scope)
    {
        (int leastScale, int scale) = kind == "integer" ? (0, 0) : Scale(values.Source, map["scale"]);
        NumberSource? number = map[kind] is YamlSequence range
            ? Range(values, range, kind == "integer" ? 0 : scale + FinerDigits, scope)
            : Row(values, map[kind]!, scope) ?? Operand(values, map[kind]!);
        List<NumberSource>? factors = Factors(values, map["times"]);
        if (number is null || factors is null)
        {
            return null;
        }

        if (kind == "integer" && number.Scale > 0 && factors.Count == 0)
        {
            values.Source.Add(map[kind]!, "an integer needs whole numbers");
            return null;
        }

        (Int128 least, Int128 most, int productScale)? product = Product(number, factors);
        if (product is not ({ } low, { } high, { } from) || !Fits(low, from, scale) || !Fits(high, from, scale))
        {
            values.Source.Add(map[kind]!, "the numbers are too large to be exact at this scale (18 digits in all)");
            return null;
        }

        low = Brought(low, from, scale, kind == "integer");
        high = Brought(high, from, scale, kind == "integer");
        long? givenLeast = Limit(values.Source, map["at_least"], scale, "`at_least`");
        long? givenMost = Limit(values.Source, map["at_most"], scale, "`at_most`");
        if (givenLeast > givenMost)
        {
            values.Source.Add(map["at_most"]!, "`at_most` is below `at_least`");
            return null;
        }

        long atLeast = givenLeast ?? Math.Min((long)low, givenMost ?? long.MaxValue);
        long atMost = givenMost ?? Math.Max((long)high, atLeast);
        int slot = values.Builder.Add(new NumberStep
        {
            Slot = values.Builder.NewSlot(),
            Base = number,
            Factors = factors,
            Scale = scale,
            Truncate = kind == "integer",
            AtLeast = atLeast,
            AtMost = atMost,
        });
        return new BoundValue
        {
            Number = new SlotNumber(slot, scale, Int128.Clamp(low, atLeast, atMost), Int128.Clamp(high, atLeast, atMost)),
            Writer = new NumberWriter(slot, scale, leastScale),
        };
    }

    /// <summary>The number in a table's field, when every row has exactly one.</summary>
    public static NumberSource? TableNumber(BoundValue pick, string[][] texts)
    {
        var parsed = new List<(long Units, int Scale)>();
        foreach (string[] variants in texts)
        {
            if (variants.Length != 1 || !YamlSource.TryNumber(variants[0], out long units, out int scale))
            {
                return null;
            }

            parsed.Add((units, scale));
        }

        int finest = parsed.Max(number => number.Scale);
        Int128[] scaled = [.. parsed.Select(number => Decimals.Rescale(number.Units, number.Scale, finest))];
        return scaled.All(number => Int128.Abs(number) < Most)
            ? new TableNumber(pick.EntrySlot, [.. scaled.Select(number => (long)number)], finest)
            : null;
    }

    /// <summary>A uniform draw between two numbers, both included.</summary>
    /// <param name="values">The values it can refer to.</param>
    /// <param name="range">Two numbers.</param>
    /// <param name="grid">The least number of digits after the point that are drawn.</param>
    /// <param name="scope">Whose it is.</param>
    /// <returns>The number, or null after a problem.</returns>
    public static NumberSource? Range(ValueReader values, YamlSequence range, int grid, ValueScope scope)
    {
        if (range.Items.Count != 2)
        {
            values.Source.Add(range, "a range has two numbers: [least, most]");
            return null;
        }

        NumberSource? low = Operand(values, range.Items[0]);
        NumberSource? high = Operand(values, range.Items[1]);
        if (low is null || high is null)
        {
            return null;
        }

        int scale = Math.Max(grid, Math.Max(low.Scale, high.Scale));
        if (!Fits(low.Min, low.Scale, scale) || !Fits(high.Max, high.Scale, scale))
        {
            values.Source.Add(range, "the numbers are too large to be exact at this scale (18 digits in all)");
            return null;
        }

        if (!InOrder(low, high))
        {
            values.Source.Add(range, "the first number of a range must not be above the second, in any row");
            return null;
        }

        return new UniformNumber(values.Builder.NewStream(scope, "range"), low, high, scale);
    }

    /// <summary>A number, or the name of one.</summary>
    public static NumberSource? Operand(ValueReader values, YamlNode node)
    {
        if (node is not YamlScalar { Text: { Length: > 0 } text })
        {
            values.Source.Add(node, "expected a number, or the name of one");
            return null;
        }

        if (YamlSource.TryNumber(text, out long units, out int scale))
        {
            return new ConstantNumber(units, scale);
        }

        BoundValue? value = values.NamedOrField(text, node);
        return value is null ? null : value.Number ?? NotNumber(values.Source, node, text);
    }

    private static RowNumber? Row(ValueReader values, YamlNode node, ValueScope scope)
    {
        if (node is not YamlScalar scalar || RowPart().Match(scalar.Text) is not { Success: true } row)
        {
            return null;
        }

        long offset = row.Groups[1].Length == 0 ? 0 : long.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture);
        return new RowNumber(values.IsOfLines && values.IsOwn(scope) ? LineSlots.RowNumber : scope.EntitySlot, offset);
    }

    [GeneratedRegex("^row([+-][0-9]{1,11})?$", RegexOptions.CultureInvariant)]
    private static partial Regex RowPart();

    private static NumberSource? NotNumber(YamlSource source, YamlNode node, string text)
    {
        source.Add(node, $"`{text}` is not a number");
        return null;
    }

    private static List<NumberSource>? Factors(ValueReader values, YamlNode? node)
    {
        var factors = new List<NumberSource>();
        IReadOnlyList<YamlNode> items = node is null ? [] : values.Source.Items(node);
        foreach (YamlNode item in items)
        {
            NumberSource? factor = item is YamlMapping ? ByMonth(values, item) : Operand(values, item);
            if (factor is not null)
            {
                factors.Add(factor);
            }
        }

        return factors.Count == items.Count ? factors : null;
    }

    private static MonthFactor? ByMonth(ValueReader values, YamlNode node)
    {
        var map = new YamlMap(values.Source, node, "a factor", "month", "factors");
        if (map.Required("month") is not { } month || map.Required("factors") is not { } list)
        {
            return null;
        }

        if (list is not YamlSequence { Items.Count: 12 })
        {
            values.Source.Add(list, "`factors` needs twelve numbers, January first");
            return null;
        }

        var numbers = values.Source.Items(list).Select(item => values.Source.Number(item, "a factor")).ToList();
        int slot = TimestampReader.Slot(values, month);
        if (slot < 0 || numbers.Contains(null))
        {
            return null;
        }

        int scale = numbers.Max(number => number!.Value.Scale);
        Int128[] units = [.. numbers.Select(number => Decimals.Rescale(number!.Value.Units, number.Value.Scale, scale))];
        if (units.Any(unit => Int128.Abs(unit) > Most))
        {
            values.Source.Add(list, "a factor is too large");
            return null;
        }

        return new MonthFactor(slot, [.. units.Select(unit => (long)unit)], scale);
    }

    private static (int Least, int Most) Scale(YamlSource source, YamlNode? node)
    {
        if (node is null)
        {
            return (2, 2);
        }

        IReadOnlyList<YamlNode> items = source.Items(node);
        int[] digits = [.. items.Select(item => source.Number(item, "`scale`") is ({ } units, 0) && units is >= 0 and <= 9 ? (int)units : -1)];
        if (digits.Length is 1 or 2 && digits.All(digit => digit >= 0) && digits[0] <= digits[^1])
        {
            return (digits[0], digits[^1]);
        }

        source.Add(node, "`scale` is a number of digits from 0 to 9, or the least and the most: [1, 2]");
        return (2, 2);
    }

    private static long? Limit(YamlSource source, YamlNode? node, int scale, string what)
    {
        if (node is null || source.Number(node, what) is not ({ } units, { } from))
        {
            return null;
        }

        if (from <= scale && Fits(units, from, scale))
        {
            return (long)Decimals.Rescale(units, from, scale);
        }

        source.Add(node, $"{what} must fit the number's scale of {scale} digits after the point");
        return null;
    }

    private static (Int128 Least, Int128 Most, int Scale)? Product(NumberSource number, List<NumberSource> factors)
    {
        (Int128 least, Int128 most, int scale) = (number.Min, number.Max, number.Scale);
        foreach (NumberSource factor in factors)
        {
            Int128[] corners = [least * factor.Min, least * factor.Max, most * factor.Min, most * factor.Max];
            (least, most, scale) = (corners.Min(), corners.Max(), scale + factor.Scale);
            if (Int128.Max(Int128.Abs(least), Int128.Abs(most)) > Most)
            {
                return null;
            }
        }

        return (least, most, scale);
    }

    // As the step does it.
    private static Int128 Brought(Int128 units, int from, int to, bool truncate) => truncate && from > to
        ? units / Decimals.PowerOfTen(from - to)
        : Decimals.Rescale(units, from, to);

    /// <summary>Whether a number stays exact: at the scale it has, and the scale it is brought to.</summary>
    public static bool Fits(Int128 units, int from, int to) =>
        Int128.Abs(units) <= Most && Math.Abs(to - from) <= 18
        && (to <= from || Int128.Abs(units) <= Most / Decimals.PowerOfTen(to - from));

    private static bool InOrder(NumberSource low, NumberSource high)
    {
        int scale = Math.Max(low.Scale, high.Scale);
        if (low is TableNumber lows && high is TableNumber highs && lows.PickSlot == highs.PickSlot)
        {
            return lows.Units.Zip(highs.Units).All(row => Below(row.First, row.Second));
        }

        return Below(low.Max, high.Min);

        bool Below(Int128 first, Int128 second) =>
            Decimals.Rescale(first, low.Scale, scale) <= Decimals.Rescale(second, high.Scale, scale);
    }
}
