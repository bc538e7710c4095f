using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads <c>template</c>: text with parts in braces, such as <c>ORD-{row:8}-{1000..9999}</c>.</summary>
internal static partial class TemplateReader
{
    private const int WidestNumber = 100;

    // Templates that repeat templates grow fast; no field of use is longer.
    private const long MostBytes = 1 << 20;

    /// <summary>Reads a template.</summary>
    /// <returns>The value, or null after a problem.</returns>
    public static BoundValue? Read(ValueReader values, YamlNode body, ValueScope scope)
    {
        if (values.Source.Text(body, "`template`") is not { } text)
        {
            return null;
        }

        var parts = new List<FieldWriter>();
        var literal = new StringBuilder();
        int at = 0;
        while (at < text.Length)
        {
            char c = text[at];
            if (c is '{' or '}' && at + 1 < text.Length && text[at + 1] == c)
            {
                literal.Append(c);
                at += 2;
            }
            else if (c == '{')
            {
                int end = text.IndexOf('}', at);
                if (end < 0)
                {
                    values.Source.Add(body, $"the brace at character {at + 1} is not closed; write {{{{ for a brace itself");
                    return null;
                }

                Flush();
                FieldWriter? part = Part(values, body, text[(at + 1)..end], scope.Part($"part {parts.Count}"));
                if (part is null)
                {
                    return null;
                }

                parts.Add(part);
                at = end + 1;
            }
            else if (c == '}')
            {
                values.Source.Add(body, $"the brace at character {at + 1} was not opened; write }}}} for a brace itself");
                return null;
            }
            else
            {
                literal.Append(c);
                at++;
            }
        }

        Flush();
        if (parts.Sum(part => (long)part.MaxBytes) > MostBytes)
        {
            values.Source.Add(body, "the text can be longer than 1 MiB");
            return null;
        }

        return new BoundValue { Writer = parts.Count == 1 ? parts[0] : new TemplateWriter([.. parts]) };

        void Flush()
        {
            if (literal.Length > 0)
            {
                parts.Add(values.Builder.Constant(literal.ToString()));
                literal.Clear();
            }
        }
    }

    private static FieldWriter? Part(ValueReader values, YamlNode body, string part, ValueScope scope)
    {
        string[] steps = part.Split('|');
        FieldWriter? writer = Plain(values, body, steps[0], scope);
        foreach (string step in steps.Skip(1))
        {
            if (writer is null)
            {
                return null;
            }

            writer = Changed(values.Source, body, writer, step);
        }

        return writer;
    }

    private static FieldWriter? Changed(YamlSource source, YamlNode body, FieldWriter writer, string step)
    {
        if (SlicePart().Match(step) is { Success: true } slice)
        {
            int from = slice.Groups[1].Length == 0 ? 0 : int.Parse(slice.Groups[1].Value, CultureInfo.InvariantCulture);
            int to = slice.Groups[2].Length == 0 ? int.MaxValue : int.Parse(slice.Groups[2].Value, CultureInfo.InvariantCulture);
            return new SliceWriter(writer, from, Math.Max(from, to));
        }

        if (step is "upper" or "lower")
        {
            return new CaseWriter(writer, step == "upper");
        }

        source.Add(body, $"`|{step}`: after the bar comes upper, lower, or the characters to write, such as 0..5 or 5..");
        return null;
    }

    private static FieldWriter? Plain(ValueReader values, YamlNode body, string part, ValueScope scope)
    {
        int colon = part.LastIndexOf(':');
        int width = 0;
        if (colon >= 0 && (!int.TryParse(part[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out width)
            || width is < 1 or > WidestNumber))
        {
            values.Source.Add(body, $"`{{{part}}}`: after the colon comes the number of digits, 1 to {WidestNumber}");
            return null;
        }

        string name = colon >= 0 ? part[..colon] : part;
        if (RowPart().Match(name) is { Success: true } row && (row.Groups[1].Value == "row" || values.IsOfLines))
        {
            long offset = row.Groups[2].Length == 0 ? 0 : long.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture);
            int slot = row.Groups[1].Value == "line" ? LineSlots.Line
                : values.IsOfLines && values.IsOwn(scope) ? LineSlots.RowNumber
                : scope.EntitySlot;
            return new PaddedWriter(slot, offset, width);
        }

        if (RangePart().Match(name) is { Success: true } range)
        {
            return RandomPart(values, body, range, width, scope);
        }

        if (values.NamedOrField(name, body) is not { } value)
        {
            return null;
        }

        if (colon >= 0)
        {
            if (value.Number is SlotNumber { Scale: 0 } number)
            {
                return new PaddedWriter(number.Slot, 0, width);
            }

            values.Source.Add(body, $"`{{{part}}}`: only a whole number can be given a number of digits");
            return null;
        }

        if (value.Writer is null)
        {
            values.Source.Add(body, value.Table is { } table
                ? $"`{{{name}}}` picks a table row; name one of its fields, such as `{{{name}.{table.Fields.Keys.First()}}}`"
                : $"`{{{name}}}` refers to a row; name one of its values, such as `{{{name}.id}}`");
        }

        return value.Writer;
    }

    private static PaddedWriter? RandomPart(ValueReader values, YamlNode body, Match range, int width, ValueScope scope)
    {
        long low = long.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture);
        long high = long.Parse(range.Groups[2].Value, CultureInfo.InvariantCulture);
        if (low > high)
        {
            values.Source.Add(body, $"`{{{range.Value}}}`: the first number must not be above the second");
            return null;
        }

        int slot = values.Builder.Add(new NumberStep
        {
            Slot = values.Builder.NewSlot(),
            Base = new UniformNumber(
                values.Builder.NewStream(scope, "range"), new ConstantNumber(low, 0), new ConstantNumber(high, 0), 0),
            Factors = [],
            Scale = 0,
            Truncate = true,
            AtLeast = low,
            AtMost = high,
        });
        return new PaddedWriter(slot, 0, width);
    }

    [GeneratedRegex(@"^(row|line)([+-][0-9]{1,17})?$", RegexOptions.CultureInvariant)]
    private static partial Regex RowPart();

    [GeneratedRegex(@"^(-?[0-9]{1,17})\.\.(-?[0-9]{1,17})$", RegexOptions.CultureInvariant)]
    private static partial Regex RangePart();

    [GeneratedRegex(@"^([0-9]{0,8})\.\.([0-9]{0,8})$", RegexOptions.CultureInvariant)]
    private static partial Regex SlicePart();
}
