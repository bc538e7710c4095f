using Assay.Data;

namespace Assay.Refine.Decode;

/// <summary>Booleans: true, t, yes, y, 1 and false, f, no, n, 0 in any case, as PostgreSQL reads them.</summary>
internal sealed class BooleanDecoder(ColumnDefinition definition, int ordinal) : ColumnDecoder(definition, ordinal)
{
    public override void Decode(FieldBatch fields, Vector into, ColumnFaults faults)
    {
        for (int row = 0; row < fields.Count; row++)
        {
            Store(DecodeSlowly(fields.Field(Ordinal, row)), row, into, faults);
        }
    }

    protected override Decoded Type(string text) => text.ToLowerInvariant() switch
    {
        "true" or "t" or "yes" or "y" or "1" => Decoded.Of(1),
        "false" or "f" or "no" or "n" or "0" => Decoded.Of(0),
        _ => Decoded.Bad(FaultCode.NotABoolean),
    };
}
