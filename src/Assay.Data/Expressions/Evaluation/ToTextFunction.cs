namespace Assay.Data;

/// <summary>Writes values as text, as outputs write them.</summary>
internal static class ToTextFunction
{
    public static TextFunction Of(ColumnType type) => type.Kind switch
    {
        ColumnKind.Boolean => Boolean,
        ColumnKind.Date => (context, inputs, row) => Moment(context, inputs[0].Current.Values[row], 0, isDate: true),
        ColumnKind.Timestamp => Timestamp,
        _ => (context, inputs, row) => Number(context, inputs[0].Current.Get(row), type.Scale),
    };

    private static long Boolean(EvaluationContext context, VectorOperator[] inputs, int row) =>
        context.Texts.Intern(inputs[0].Current.Values[row] == 0 ? "false"u8 : "true"u8);

    private static long Number(EvaluationContext context, Int128 units, int scale)
    {
        TextBuffer buffer = context.Buffer.Clear();
        Span<byte> digits = stackalloc byte[40];
        Wide.Magnitude(units).TryFormat(digits, out int length, default, null);
        if (units < 0)
        {
            buffer.Append("-"u8);
        }

        if (length <= scale)
        {
            Span<byte> zeros = stackalloc byte[ColumnType.MaxScale + 1];
            zeros.Fill((byte)'0');
            buffer.Append("0."u8).Append(zeros[..(scale - length)]).Append(digits[..length]);
        }
        else
        {
            buffer.Append(digits[..(length - scale)]);
            if (scale > 0)
            {
                buffer.Append("."u8).Append(digits[(length - scale)..length]);
            }
        }

        return context.Texts.Intern(buffer.Written);
    }

    private static long Timestamp(EvaluationContext context, VectorOperator[] inputs, int row)
    {
        long microseconds = inputs[0].Current.Values[row];
        long day = Calendar.DayOf(microseconds);
        return Moment(context, day, microseconds - (day * Calendar.MicrosecondsPerDay), isDate: false);
    }

    private static long Moment(EvaluationContext context, long day, long microsecond, bool isDate)
    {
        TextBuffer buffer = context.Buffer.Clear();
        (int year, int month, int dayOfMonth) = Calendar.Civil(day);
        Digits(buffer, year, 4);
        Digits(buffer.Append("-"u8), month, 2);
        Digits(buffer.Append("-"u8), dayOfMonth, 2);
        if (!isDate)
        {
            long second = microsecond / Calendar.MicrosecondsPerSecond;
            long fraction = microsecond % Calendar.MicrosecondsPerSecond;
            Digits(buffer.Append(" "u8), second / 3600, 2);
            Digits(buffer.Append(":"u8), second / 60 % 60, 2);
            Digits(buffer.Append(":"u8), second % 60, 2);
            int width = 6;
            while (fraction != 0 && fraction % 10 == 0)
            {
                fraction /= 10;
                width--;
            }

            if (fraction != 0)
            {
                Digits(buffer.Append("."u8), fraction, width);
            }
        }

        return context.Texts.Intern(buffer.Written);
    }

    private static void Digits(TextBuffer buffer, long value, int width)
    {
        Span<byte> target = buffer.Space(width)[..width];
        for (int i = width - 1; i >= 0; i--)
        {
            target[i] = (byte)('0' + (value % 10));
            value /= 10;
        }

        buffer.Advance(width);
    }
}
