using Assay.Data;
using Assay.Refine.Quality;
using Assay.Refine.Tests.Refining;

namespace Assay.Refine.Tests.Quality;

/// <summary>Rows that turn out to be wrong or superfluous after they were counted as good: the books still balance.</summary>
public sealed class LaterFindingsTests
{
    private static TableQuality Refined()
    {
        Refiner refiner = Tables.Table(Tables.Column("id", "string"), Tables.Column("phone", "string") with { Pii = "phone" }).Refiner();
        refiner.Refine(Records.Of(["a", "9876543210"], ["a", "9876543210"], ["a", "9876543211"], ["b", ""]));
        return refiner.Quality;
    }

    [Fact]
    public void Deduplicate_WhenRowsRepeat_ThenTheyAreNoLongerAccepted()
    {
        TableQuality quality = Refined();

        quality.Deduplicate(2);

        Assert.Equal((4, 2, 0, 2, true), (quality.Read, quality.Accepted, quality.Quarantined, quality.Deduplicated, quality.Balances));
        Assert.Throws<ArgumentOutOfRangeException>(() => quality.Deduplicate(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => quality.Deduplicate(-1));
    }

    [Fact]
    public void SetAside_WhenAValueIsInConflict_ThenItsColumnHasTheFaultAndAMaskedExample()
    {
        TableQuality quality = Refined();
        quality.Deduplicate(1);

        quality.SetAside(FaultCode.Conflicting, "phone", Sequences.Of(3, 1), "9876543210");
        quality.SetAside(FaultCode.Conflicting, "phone", Sequences.Of(3, 2), "9876543210", wasDeduplicated: true);
        quality.SetAside(FaultCode.Conflicting, "phone", Sequences.Of(3, 3), "1234567890");

        Assert.Equal((1, 3, 0, true), (quality.Accepted, quality.Quarantined, quality.Deduplicated, quality.Balances));
        Assert.Equal("  conflicting 3: 3/1 '98******10', 3/3 '12******90'", Tables.Figures(quality).Split('\n')[^1]);
    }

    [Fact]
    public void SetAside_WhenWholeRowsAreWrong_ThenTheyAreCountedAsRecords()
    {
        TableQuality quality = Refined();

        quality.SetAside(FaultCode.ParentRejected, 3);

        Assert.Equal((1, 3, true), (quality.Accepted, quality.Quarantined, quality.Balances));
        Assert.Equal([(FaultCode.ParentRejected, 3L)], quality.RecordFaults);
        Assert.Throws<ArgumentOutOfRangeException>(() => quality.SetAside(FaultCode.ParentRejected, 1, wereDeduplicated: true));
    }

    [Fact]
    public void LeaveOut_WhenAnotherRecordStandsForARejectedOne_ThenItCountsNowhere()
    {
        Refiner refiner = Tables.Table(Tables.Column("id", "string"), Tables.Column("phone", "string")).Refiner();
        RefinedBatch refined = refiner.Refine(Records.Of(["a", "1"], ["b", ""], ["c", "3"]), [false, true, true]);
        TableQuality quality = refiner.Quality;
        Assert.Equal((3, 1, 2), (quality.Read, quality.Accepted, quality.Quarantined));

        quality.LeaveOut(refined.RecordFault(1));

        Assert.Equal((2, 1, 1, true), (quality.Read, quality.Accepted, quality.Quarantined, quality.Balances));
        Assert.Equal([(FaultCode.ParentRejected, 1L)], quality.RecordFaults);
        Assert.Equal(0, quality.Columns[1].Nulls);
        Assert.Throws<ArgumentOutOfRangeException>(() => quality.LeaveOut(FaultCode.Overflow));
    }
}
