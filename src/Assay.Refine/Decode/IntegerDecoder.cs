using Assay.Data;

namespace Assay.Refine.Decode;

/// <summary>Whole numbers: plain digits are read as they stand, anything else goes through the rules.</summary>
internal sealed class IntegerDecoder(ColumnDefinition definition, int ordinal) : ColumnDecoder(definition, ordinal)
{
    public override void Decode(FieldBatch fields, Vector into, ColumnFaults faults)
    {
        byte[] bytes = fields.Bytes;
        int[] starts = fields.Starts[Ordinal];
        int[] lengths = fields.Lengths[Ordinal];
        long[] values = into.Values;
        bool trusts = TrustsPlainNumbers;
        for (int row = 0; row < fields.Count; row++)
        {
            int length = lengths[row];
            var raw = new ReadOnlySpan<byte>(bytes, starts[row], Math.Max(length, 0));
            if (trusts && length is > 0 and <= 18 && PlainDigits.TryRead(raw, out values[row]))
            {
                continue;
            }

            Store(DecodeSlowly(raw), row, into, faults);
        }
    }

    protected override Decoded Type(string text) => NumberParser.Integer(text);
}
