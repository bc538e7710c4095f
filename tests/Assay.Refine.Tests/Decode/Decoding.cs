using Assay.Data;
using Assay.Refine.Decode;
using Assay.Refine.Quality;
using Assay.Refine.Tests.Rules;

namespace Assay.Refine.Tests.Decode;

/// <summary>Decodes texts of one column.</summary>
internal static class Decoding
{
    public static ColumnDefinition Column(ColumnType type, params CleaningRule[] clean) =>
        new() { Name = "c", Field = "c", Type = type, Clean = clean };

    public static ColumnDefinition Dates(ColumnType type, params string[] formats) =>
        new() { Name = "c", Field = "c", Type = type, Clean = [CleaningRuleTests.Rule("trim")], Formats = formats };

    public static ColumnDecoder Decoder(ColumnDefinition column, TextPool? texts = null, TimeZoneInfo? zone = null) => column.Type.Kind switch
    {
        ColumnKind.String => new TextDecoder(column, 0, texts ?? new TextPool(), new DistinctValues()),
        ColumnKind.Integer => new IntegerDecoder(column, 0),
        ColumnKind.Decimal => new DecimalDecoder(column, 0),
        ColumnKind.Boolean => new BooleanDecoder(column, 0),
        _ => new DateDecoder(column, 0, zone ?? TimeZoneInfo.Utc),
    };

    /// <summary>What one text decodes to; it is decoded twice, so that the answer that was remembered is tried, too.</summary>
    public static Decoded One(ColumnDefinition column, string text, TimeZoneInfo? zone = null)
    {
        Decoded[] twice = All(Decoder(column, zone: zone), Records.Of([[text], [text]], 1));
        Assert.Equal(twice[0], twice[1]);
        return twice[0];
    }

    /// <summary>What the records of a batch decode to.</summary>
    public static Decoded[] All(ColumnDecoder decoder, FieldBatch fields)
    {
        var faults = new ColumnFaults(1, fields.Capacity);
        var into = new Vector(fields.Capacity);
        decoder.Decode(fields, into, faults);
        var all = new Decoded[fields.Count];
        for (int row = 0; row < fields.Count; row++)
        {
            all[row] = into.IsNull(row) ? new Decoded(0, true, faults.Of(0, row)) : Decoded.Of(into.Values[row]);
        }

        return all;
    }

    /// <summary>A batch of one text that lies at a place of a buffer whose other bytes are digits.</summary>
    public static FieldBatch At(byte[] text, int before, int after)
    {
        byte[] bytes = new byte[before + text.Length + after];
        Array.Fill(bytes, (byte)'7');
        text.CopyTo(bytes.AsSpan(before));
        var batch = new FieldBatch(1, 1) { Bytes = bytes, Count = 1 };
        batch.Starts[0][0] = before;
        batch.Lengths[0][0] = text.Length;
        return batch;
    }
}
