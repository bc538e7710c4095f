using Assay.Data;
using Assay.Refine.Decode;
using Assay.Refine.Tests.Rules;

namespace Assay.Refine.Tests.Decode;

public sealed class TextDecoderTests
{
    private static readonly CleaningRule Trim = CleaningRuleTests.Rule("trim");

    [Fact]
    public void Decode_WhenTextsAreEqualAfterCleaning_ThenTheyShareACode()
    {
        ColumnDefinition column = Decoding.Column(ColumnType.String, Trim, CleaningRuleTests.Rule("title_case"));
        var texts = new TextPool();

        Decoded[] all = Decoding.All(Decoding.Decoder(column, texts), Records.Of(["north"], [" NORTH "], ["sOUTH"], [""], [" "], [null], ["North"]));

        Assert.Equal(["North", "North", "South", null, null, null, "North"], all.Select(one => Text(texts, one)));
        Assert.Equal(all[0], all[1]);
        Assert.Equal(all[0], all[6]);
    }

    [Theory]
    [InlineData("AB-12", FaultCode.None)]
    [InlineData(" AB-12 ", FaultCode.None)]
    [InlineData("AB-1x", FaultCode.NoMatch)]
    [InlineData("", FaultCode.None)]
    public void Decode_WhenAPatternIsDeclared_ThenTextMustMatchIt(string text, FaultCode code) =>
        Assert.Equal(code, Decoding.One(Decoding.Column(ColumnType.String, Trim) with { Matches = "^[A-Z]{2}-\\d+$" }, text).Fault);

    [Theory]
    [InlineData("North", FaultCode.None)]
    [InlineData("north", FaultCode.NotAccepted)]
    [InlineData("", FaultCode.None)]
    public void Decode_WhenValuesAreDeclared_ThenTextMustBeOneOfThem(string text, FaultCode code) =>
        Assert.Equal(code, Decoding.One(Decoding.Column(ColumnType.String, Trim) with { AcceptedValues = ["North", "South"] }, text).Fault);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decode_WhenTheColumnStaysRaw_ThenIsTheSameAsBefore(bool trims)
    {
        ColumnDefinition column = trims ? Decoding.Column(ColumnType.String, Trim) : Decoding.Column(ColumnType.String);
        string?[][] odd =
        [
            ["a"], [" a "], ["\u00A0é\u3000"], [" "], [""], [null], ["\uFEFF"], ["\uFEFFx"], ["x\u0085"], ["\u200B"], ["日本"], ["😀 "], ["\u2028"], ["\t\n"],
        ];
        ColumnDecoder raw = MadeRaw(column, out TextPool texts);

        string?[] before = Decode(Decoding.Decoder(column, texts), texts, odd, isRaw: false);
        string?[] after = Decode(raw, texts, odd, isRaw: true);

        Assert.Equal(before, after);
        Assert.Equal(trims ? "é" : "\u00A0é\u3000", after[2]);
        Assert.Null(after[3]);
    }

    [Theory]
    [InlineData("upper", "^AB-")]
    [InlineData("lower", null)]
    [InlineData("collapse_spaces", "^[A-Z]")]
    [InlineData("phone_in", null)]
    [InlineData("title_case", "^AB-")]
    public void Decode_WhenTheColumnHoldsManyValues_ThenTextsDecodeAsInOneOfFew(string rule, string? pattern)
    {
        ColumnDefinition column = Decoding.Column(ColumnType.String, Trim, CleaningRuleTests.Rule(rule)) with { Matches = pattern };
        string?[][] many = [.. Enumerable.Range(0, 3000).Select(i => new[] { rule == "phone_in" ? $"{9_000_000_000 + i}" : $"AB-{i}" })];
        string?[][] odd =
        [
            ["AB-1"], ["AB-1"], ["ab-1"], [" AB-1"], ["AB-1 "], ["AB"], ["XAB-"], ["AB- x  y"], ["ab-é"], ["É"], [""], [null], [" "], ["\t"], ["A\u007FB"],
            ["9876543210"], ["09876543210"], ["+91 98765 43210"], ["5876543210"], ["987654321"], ["98765432x0"], ["9876543210"], ["9876543210 "],
        ];
        var texts = new TextPool();
        ColumnDecoder decoder = Decoding.Decoder(column, texts);
        Decoding.All(decoder, Records.Of(many, 1));

        Assert.Equal(Faults(Decoding.Decoder(column, texts)), Faults(decoder));

        (string?, FaultCode)[] Faults(ColumnDecoder by) =>
            [.. Decoding.All(by, Records.Of(odd)).Select(one => (one.IsNull ? null : texts.GetString((int)one.Value), one.Fault))];
    }

    [Fact]
    public void Decode_WhenTextHasANulCharacter_ThenIsAFaultWhetherTheColumnStaysRawOrNot()
    {
        ColumnDefinition column = Decoding.Column(ColumnType.String, Trim);
        ColumnDecoder raw = MadeRaw(column, out _);

        Decoded[] cached = Decoding.All(Decoding.Decoder(column), Records.Of(["a\0b"], ["\0"], ["ab"]));
        Decoded[] asBytes = Decoding.All(raw, Records.Of(["a\0b"], ["\0"], ["ab"]));

        FaultCode[] expected = [FaultCode.NulCharacter, FaultCode.NulCharacter, FaultCode.None];
        Assert.Equal(expected, cached.Select(one => one.Fault));
        Assert.Equal(expected, asBytes.Select(one => one.Fault));
    }

    [Fact]
    public void Decode_WhenManySpellingsMeanFewValues_ThenTheyAreStillCountedAsDistinct()
    {
        var distinct = new Assay.Refine.Quality.DistinctValues();
        var decoder = new TextDecoder(Decoding.Column(ColumnType.String, Trim), 0, new TextPool(), distinct);
        string?[][] padded = [.. Enumerable.Range(0, DecodeCache.DefaultLimit).Select(i => new[] { new string(' ', i) + "a" })];

        Decoding.All(decoder, Records.Of(padded, 1));
        Decoding.All(decoder, Records.Of(["b"], ["c"]));

        Assert.Equal(3, distinct.Count);
    }

    private static TextDecoder MadeRaw(ColumnDefinition column, out TextPool texts)
    {
        texts = new TextPool();
        var decoder = (TextDecoder)Decoding.Decoder(column, texts);
        string?[][] ids = [.. Enumerable.Range(0, DecodeCache.DefaultLimit).Select(i => new[] { $"id {i}" })];
        Decoding.All(decoder, Records.Of(ids, 1));
        return decoder;
    }

    private static string?[] Decode(ColumnDecoder decoder, TextPool texts, string?[][] rows, bool isRaw)
    {
        FieldBatch fields = Records.Of(rows, 1);
        var batch = new RowBatch(new Schema([new Column("c", ColumnType.String)]), texts, rows.Length) { Count = rows.Length, RawBytes = fields.Bytes };
        decoder.Decode(fields, batch.Columns[0], new ColumnFaults(1, rows.Length));
        Assert.Equal(isRaw, batch.Columns[0].IsRaw);
        Vector column = batch.Column(0);
        return [.. Enumerable.Range(0, rows.Length).Select(row => column.IsNull(row) ? null : texts.GetString((int)column.Values[row]))];
    }

    private static string? Text(TextPool texts, Decoded decoded) => decoded.IsNull ? null : texts.GetString((int)decoded.Value);
}
