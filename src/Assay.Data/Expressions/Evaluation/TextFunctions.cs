using System.Text;

namespace Assay.Data;

/// <summary>The functions of texts, on UTF-8, one row at a time. Positions and lengths count code points.</summary>
internal static class TextFunctions
{
    public static long Lower(EvaluationContext context, VectorOperator[] inputs, int row) =>
        MapRunes(context, inputs, row, Rune.ToLowerInvariant);

    public static long Upper(EvaluationContext context, VectorOperator[] inputs, int row) =>
        MapRunes(context, inputs, row, Rune.ToUpperInvariant);

    public static long Trim(EvaluationContext context, VectorOperator[] inputs, int row) =>
        Intern(context, context.Buffer.Clear().Append(Text(context, inputs, 0, row).Trim((byte)' ')));

    public static long Length(EvaluationContext context, VectorOperator[] inputs, int row) =>
        CodePoints(Text(context, inputs, 0, row));

    public static long Concat(EvaluationContext context, VectorOperator[] inputs, int row)
    {
        TextBuffer buffer = context.Buffer.Clear();
        for (int i = 0; i < inputs.Length; i++)
        {
            buffer.Append(Text(context, inputs, i, row));
        }

        return Intern(context, buffer);
    }

    /// <summary>As the SQL standard has it: the code points at the places start to start + length - 1, counted from 1,
    /// as far as there are any.</summary>
    public static long Substring(EvaluationContext context, VectorOperator[] inputs, int row)
    {
        ReadOnlySpan<byte> text = Text(context, inputs, 0, row);
        Int128 start = inputs[1].Current.Get(row);
        Int128 length = inputs.Length > 2 ? inputs[2].Current.Get(row) : Int128.MaxValue;
        Int128 end = Wide.TryAdd(start, length, out Int128 sum) ? sum : length < 0 ? Int128.MinValue : Int128.MaxValue;
        int first = (int)Int128.Clamp(start, 1, text.Length + 1);
        int last = (int)Int128.Clamp(end, first, text.Length + 1);
        first--;
        last--;
        int from = Offset(text, 0, first);
        return Intern(context, context.Buffer.Clear().Append(text[from..Offset(text, from, last - first)]));
    }

    public static long Replace(EvaluationContext context, VectorOperator[] inputs, int row)
    {
        ReadOnlySpan<byte> text = Text(context, inputs, 0, row);
        ReadOnlySpan<byte> old = Text(context, inputs, 1, row);
        ReadOnlySpan<byte> with = Text(context, inputs, 2, row);
        TextBuffer buffer = context.Buffer.Clear();
        while (!old.IsEmpty && text.IndexOf(old) is >= 0 and int found)
        {
            buffer.Append(text[..found]).Append(with);
            text = text[(found + old.Length)..];
        }

        return Intern(context, buffer.Append(text));
    }

    /// <summary>As PostgreSQL has it: a text without the separator, and any text when that is empty, is one part; a part that
    /// is not there is empty.</summary>
    /// <param name="number">The number of the part, from 1; from -1 when counted from the end.</param>
    public static TextFunction SplitPart(int number) => (context, inputs, row) =>
        Intern(context, context.Buffer.Clear().Append(Part(Text(context, inputs, 0, row), Text(context, inputs, 1, row), number)));

    public static long StartsWith(EvaluationContext context, VectorOperator[] inputs, int row) =>
        Text(context, inputs, 0, row).StartsWith(Text(context, inputs, 1, row)) ? 1 : 0;

    public static long Contains(EvaluationContext context, VectorOperator[] inputs, int row) =>
        Text(context, inputs, 0, row).IndexOf(Text(context, inputs, 1, row)) >= 0 ? 1 : 0;

    /// <summary>Compares by bytes, which for UTF-8 is by code points.</summary>
    public static TextFunction Compare(BinaryOperator op) => (context, inputs, row) =>
        Comparisons.Holds(op, Text(context, inputs, 0, row).SequenceCompareTo(Text(context, inputs, 1, row))) ? 1 : 0;

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> text, ReadOnlySpan<byte> separator, int number)
    {
        if (separator.IsEmpty)
        {
            return number is 1 or -1 ? text : [];
        }

        // Counted from the end, a part has the number that counting all of them from the start gives it.
        int wanted = number > 0 ? number : text.Count(separator) + 2 + number;
        for (; wanted > 1; wanted--)
        {
            int found = text.IndexOf(separator);
            if (found < 0)
            {
                return [];
            }

            text = text[(found + separator.Length)..];
        }

        int end = text.IndexOf(separator);
        return wanted < 1 ? [] : end < 0 ? text : text[..end];
    }

    private static long MapRunes(EvaluationContext context, VectorOperator[] inputs, int row, Func<Rune, Rune> map)
    {
        ReadOnlySpan<byte> text = Text(context, inputs, 0, row);
        TextBuffer buffer = context.Buffer.Clear();
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out Rune rune, out int bytes);
            buffer.Append(map(rune));
            text = text[bytes..];
        }

        return Intern(context, buffer);
    }

    private static int CodePoints(ReadOnlySpan<byte> text)
    {
        int count = 0;
        foreach (byte b in text)
        {
            count += (b & 0xC0) != 0x80 ? 1 : 0;
        }

        return count;
    }

    /// <summary>Where the code point that comes so many after an offset begins; at most the text's length.</summary>
    private static int Offset(ReadOnlySpan<byte> text, int offset, int codePoints)
    {
        for (; codePoints > 0 && offset < text.Length; codePoints--)
        {
            offset++;
            while (offset < text.Length && (text[offset] & 0xC0) == 0x80)
            {
                offset++;
            }
        }

        return offset;
    }

    private static ReadOnlySpan<byte> Text(EvaluationContext context, VectorOperator[] inputs, int input, int row) =>
        context.Texts[(int)inputs[input].Current.Values[row]];

    private static long Intern(EvaluationContext context, TextBuffer buffer) => context.Texts.Intern(buffer.Written);
}
