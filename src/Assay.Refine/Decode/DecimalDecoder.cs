using Assay.Data;

namespace Assay.Refine.Decode;

/// <summary>Decimals in units of 10^-scale: plain digits are read as they stand, anything else goes through the rules.</summary>
internal sealed class DecimalDecoder : ColumnDecoder
{
    private readonly long[] _factors;
    private readonly long _limit;

    public DecimalDecoder(ColumnDefinition definition, int ordinal)
        : base(definition, ordinal)
    {
        int scale = definition.Type.Scale;
        _factors = new long[scale + 1];
        for (int decimals = 0; decimals <= scale; decimals++)
        {
            _factors[decimals] = (long)Decimals.PowerOfTen(scale - decimals);
        }

        _limit = (long)Decimals.PowerOfTen(definition.Type.Precision);
    }

    public override void Decode(FieldBatch fields, Vector into, ColumnFaults faults)
    {
        byte[] bytes = fields.Bytes;
        int[] starts = fields.Starts[Ordinal];
        int[] lengths = fields.Lengths[Ordinal];
        long[] values = into.Values;
        long[] factors = _factors;
        bool trusts = TrustsPlainNumbers;
        for (int row = 0; row < fields.Count; row++)
        {
            int length = lengths[row];
            var raw = new ReadOnlySpan<byte>(bytes, starts[row], Math.Max(length, 0));
            if (trusts && length is > 0 and <= 18
                && PlainDigits.TryReadDecimal(raw, out long units, out int decimals)
                && (uint)decimals < (uint)factors.Length)
            {
                long value = units * factors[decimals];
                if (Math.BigMul(units, factors[decimals], out long low) == 0 && low >= 0 && value < _limit)
                {
                    values[row] = value;
                    continue;
                }
            }

            Store(DecodeSlowly(raw), row, into, faults);
        }
    }

    protected override Decoded Type(string text) => NumberParser.Decimal(text, Definition.Type);
}
