using Assay.Data;
using Assay.Refine.Quality;

namespace Assay.Refine.Tests.Refining;

/// <summary><c>invalid: "null"</c>: a wrong value becomes a missing one, and its row goes on.</summary>
public sealed class InvalidToNullTests
{
    [Fact]
    public void Refine_WhenValuesAreWrong_ThenTheyAreMissingAndCountedByCode()
    {
        Refiner refiner = Tables.Table(
            Tables.Column("id", "string"),
            Tables.Column("n", "integer").WithCheck("value <> 7") with { InvalidIsNull = true, Minimum = "1", Maximum = "9" },
            Tables.Column("grade", "string") with { InvalidIsNull = true, AcceptedValues = ["A", "B"], Matches = "^[A-Z]$" },
            Tables.Column("day", "date") with { InvalidIsNull = true }).Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(
            ["a", "1", "A", "1970-01-02"], ["b", "x", "aa", "soon"], ["c", "10", "C", ""], ["d", "7", "", "1970-01-03"], ["e", "2.5", "B", "1970-01-04"]));

        Assert.Equal(["a|1|A|1", "b|null|null|null", "c|null|null|null", "d|null|null|2", "e|null|B|3"], Tables.Clean(refined));
        Assert.Equal(0, refined.FaultyCount);
        Assert.Equal(
            ["not_a_number 1: 0/2 'x'", "not_an_integer 1: 0/5 '2.5'", "not_between 1: 0/3 '10'", "check_failed 1: 0/4 '7'"],
            Nulled(refiner.Quality.Columns[1]));
        Assert.Equal(["no_match 1: 0/2 'aa'", "not_accepted 1: 0/3 'C'"], Nulled(refiner.Quality.Columns[2]));
        Assert.Equal(["not_a_date 1: 0/2 'soon'"], Nulled(refiner.Quality.Columns[3]));
        Assert.Equal(
            """
            read 5 accepted 5 quarantined 0 filtered 0 balances True
            records 
            derived 
            id: nulls 0 ambiguous 0 distinct 5
            n: nulls 0 ambiguous 0 distinct -
            grade: nulls 1 ambiguous 0 distinct 2
            day: nulls 1 ambiguous 0 distinct -
            """,
            Tables.Figures(refiner.Quality));
    }

    [Fact]
    public void Refine_WhenACheckSpeaksOfAnotherColumn_ThenItSeesNoWrongValueOfThat()
    {
        Refiner refiner = Tables.Table(
            Tables.Column("least", "integer").WithCheck("value <= most"),
            Tables.Column("most", "integer").WithCheck("value < 100") with { InvalidIsNull = true }).Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(["5", "9"], ["9", "5"], ["500", "200"]));

        Assert.Equal(["5|9", "500|null"], Tables.Clean(refined));
        Assert.Equal(["1: least.check_failed"], Tables.Faulty(refined, refiner));
    }

    [Fact]
    public void Refine_WhenTheRowIsSetAsideForAnotherReason_ThenTheValueIsStillCountedUnlessTheRecordIsBroken()
    {
        Refiner refiner = Tables.Table(
            Tables.Column("n", "integer") with { InvalidIsNull = true }, Tables.Column("m", "integer") with { Required = true }).Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(["x", ""], ["y", "1"], ["z", "2"], ["", "3"]).WithFault(2, FaultCode.ShortRow));

        Assert.Equal(["null|1", "null|3"], Tables.Clean(refined));
        Assert.Equal(["not_a_number 2: 0/1 'x', 0/2 'y'"], Nulled(refiner.Quality.Columns[0]));
        Assert.Equal(1, refiner.Quality.Columns[0].Nulls);
    }

    [Fact]
    public void Refine_WhenTheColumnHoldsPersonalData_ThenExamplesAreMasked()
    {
        Refiner refiner = Tables.Table(
            Tables.Column("phone", "string") with { InvalidIsNull = true, Pii = "phone", Clean = [Rules.CleaningRuleTests.Rule("phone_in")] }).Refiner();

        refiner.Refine(Records.Of(["1234567890"], ["+91 98765 43210"]));

        Assert.Equal(["not_a_phone 1: 0/1 '12******90'"], Nulled(refiner.Quality.Columns[0]));
    }

    [Fact]
    public void Refine_WhenACheckOverflows_ThenTheValueIsMissing()
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer").WithCheck("value * value * value * value > 0") with { InvalidIsNull = true }).Refiner();

        Assert.Equal(["3", "null"], Tables.Clean(refiner.Refine(Records.Of(["3"], ["9223372036854775807"]))));
        Assert.Equal(["overflow 1: 0/2 '9223372036854775807'"], Nulled(refiner.Quality.Columns[0]));
    }

    [Fact]
    public void Merge_WhenWorkersNulledValues_ThenCountsAndFirstExamplesAreOfAll()
    {
        TableDefinition table = Tables.Table(Tables.Column("n", "integer") with { InvalidIsNull = true });
        Refiner one = table.Refiner();
        Refiner other = table.Refiner();
        one.Refine(Records.Of([["d"], ["e"]], 5));
        other.Refine(Records.Of([["a"], ["b"], ["a"]], 1));

        one.Quality.Merge(other.Quality);

        Assert.Equal(["not_a_number 5: 0/1 'a', 0/2 'b', 0/5 'd'"], Nulled(one.Quality.Columns[0]));
    }

    [Fact]
    public void Create_WhenTheColumnIsRequiredToo_ThenIsAnError() =>
        Assert.StartsWith(
            "Column `n` is required, so a wrong value cannot become a missing one.",
            Assert.Throws<ArgumentException>(() => CleaningPlan.Create(Tables.Table(Tables.Column("n", "integer") with { InvalidIsNull = true, Required = true }))).Message,
            StringComparison.Ordinal);

    private static IEnumerable<string> Nulled(ColumnQuality column) => column.Nulled.Select(fault =>
        $"{fault.Code.Name()} {fault.Rows}: {string.Join(", ", fault.Examples.Select(example => $"{example.File}/{example.Row} '{example.Value}'"))}");
}
