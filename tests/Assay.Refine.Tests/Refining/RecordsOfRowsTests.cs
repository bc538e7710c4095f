using Assay.Data;

namespace Assay.Refine.Tests.Refining;

/// <summary>Which record a clean row was made of, and records that the parent table has set aside.</summary>
public sealed class RecordsOfRowsTests
{
    [Fact]
    public void RecordOf_WhenRowsAreLeftOut_ThenStillTellsTheRecord()
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer")).WithDerived("big", "n * n * n * n").WithWhere("n <> 2").Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of([["x"], ["1"], ["2"], ["9223372036854775807"], ["4"], ["5"]], 11));

        Assert.Equal(["1|1", "4|256", "5|625"], Tables.Clean(refined));
        Assert.Equal([1, 4, 5], Enumerable.Range(0, refined.Rows.Count).Select(refined.RecordOf));
    }

    [Theory]
    [InlineData("n > 0", "0 2")]
    [InlineData("n is null or n >= 0", "0 1 2")]
    public void RecordOf_WhenOnlyTheConditionLeavesRowsOut_ThenTellsTheRecord(string where, string records)
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer")).WithWhere(where).Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(["1"], ["0"], ["2"]));

        Assert.Equal(records, string.Join(' ', Enumerable.Range(0, refined.Rows.Count).Select(refined.RecordOf)));
        Assert.Equal([0], Enumerable.Range(0, refiner.Refine(Records.Of(["7"])).Rows.Count).Select(refined.RecordOf));
    }

    [Fact]
    public void CopySequences_WhenAsked_ThenGivesFilesAndRecordNumbers()
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer")).Refiner();
        FieldBatch fields = Records.Of([["1"], ["x"], ["3"]], 4_000_000_000);
        fields.File = 7;
        var sequences = new long[2];

        refiner.Refine(fields).CopySequences(sequences);

        Assert.Equal([(7, 4_000_000_000L), (7, 4_000_000_002L)], sequences.Select(sequence => (Sequences.File(sequence), Sequences.Row(sequence))));
    }

    [Fact]
    public void Refine_WhenTheParentIsRejected_ThenTheLineIsToo()
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer"), Tables.Column("t", "string")).Refiner();

        RefinedBatch refined = refiner.Refine(
            Records.Of(["1", "a"], ["x", ""], ["3", "c"], ["y", "d"], ["", "e"]).WithFault(2, FaultCode.ShortRow), [true, true, true, false, false]);

        Assert.Equal(["null|e"], Tables.Clean(refined));
        Assert.Equal(["0: parent_rejected", "1: parent_rejected", "2: short_row", "3: n.not_a_number"], Tables.Faulty(refined, refiner));
        Assert.Equal(
            """
            read 5 accepted 1 quarantined 4 filtered 0 balances True
            records short_row 1, parent_rejected 2
            derived 
            n: nulls 1 ambiguous 0 distinct -
              not_a_number 1: 0/4 'y'
            t: nulls 0 ambiguous 0 distinct 4
            """,
            Tables.Figures(refiner.Quality));
        Assert.Equal(["1|a"], Tables.Clean(refiner.Refine(Records.Of(["1", "a"]))));
    }
}
