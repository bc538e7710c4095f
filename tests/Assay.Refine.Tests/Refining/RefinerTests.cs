using Assay.Data;
using Assay.Refine.Decode;

namespace Assay.Refine.Tests.Refining;

public sealed class RefinerTests
{
    [Fact]
    public void Refine_WhenValuesAreRequired_ThenRowsWithoutOneAreFaulty()
    {
        Refiner refiner = Tables.Table(Tables.Column("id", "string") with { Required = true }, Tables.Column("n", "integer") with { Required = true }).Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(["a", "1"], ["", "2"], [" ", ""], ["d", "x"], ["e", null]));

        Assert.Equal(["a|1"], Tables.Clean(refined));
        Assert.Equal(["1: id.required", "2: id.required n.required", "3: n.not_a_number", "4: n.required"], Tables.Faulty(refined, refiner));
    }

    [Theory]
    [InlineData("integer", "1", "10", "1", "10", "0", "11")]
    [InlineData("integer", null, "10", "-999999999999", "10", "11", "999999999999999999")]
    [InlineData("integer", "-5", null, "-5", "9223372036854775807", "-6", "-9223372036854775808")]
    [InlineData("decimal(5,4)", "0", "1", "0", "1.0000", "-0.0001", "1.0001")]
    [InlineData("decimal(12,2)", "-1.5", "1e3", "-1.50", "1000", "-1.51", "1000.01")]
    [InlineData("date", "2024-01-01", "2024-12-31", "2024-01-01", "2024-12-31", "2023-12-31", "2025-01-01")]
    [InlineData("timestamp", "2024-01-01", "2024-06-30 12:00:00", "2024-01-01 00:00:00", "2024-06-30 12:00:00", "2023-12-31 23:59:59", "2024-06-30 12:00:01")]
    public void Refine_WhenBoundsAreDeclared_ThenBothAreIncluded(
        string type, string? least, string? most, string first, string last, string below, string above)
    {
        Refiner refiner = Tables.Table(Tables.Column("n", type) with { Minimum = least, Maximum = most }).Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of([first], [last], [below], [above], [""]));

        Assert.Equal(3, refined.Rows.Count);
        Assert.Equal(["2: n.not_between", "3: n.not_between"], Tables.Faulty(refined, refiner));
        Assert.Equal(1, refiner.Quality.Columns[0].Nulls);
    }

    [Fact]
    public void Create_WhenABoundIsNoValueOfTheType_ThenIsAnError()
    {
        var error = Assert.Throws<ArgumentException>(() => CleaningPlan.Create(Tables.Table(Tables.Column("n", "decimal(5,2)") with { Minimum = "0.005" })));
        Assert.Equal("`0.005` is no decimal(5,2) for column `n`", error.Message);
        Assert.Throws<ArgumentException>(() => CleaningPlan.Create(Tables.Table(Tables.Column("n", "date") with { Maximum = "2024-02-30" })));
    }

    [Fact]
    public void Refine_WhenChecksAreDeclared_ThenTheyMustHoldAndNullPasses()
    {
        Refiner refiner = Tables.Table(
            Tables.Column("price", "decimal(12,2)").WithCheck("value > 0"),
            Tables.Column("paid", "decimal(12,2)").WithCheck("value <= price or price is null")).Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(["5", "5"], ["0", "0"], ["5", "5.01"], ["", "7"], ["5", ""], ["-1", "9"], ["x", "9"]));

        Assert.Equal(["5.00|5.00", "null|7.00", "5.00|null"], Tables.Clean(refined));
        Assert.Equal(
            ["1: price.check_failed", "2: paid.check_failed", "5: price.check_failed paid.check_failed", "6: price.not_a_number"],
            Tables.Faulty(refined, refiner));
    }

    [Fact]
    public void Refine_WhenAColumnIsNamedValue_ThenChecksMeanThatColumn()
    {
        Refiner refiner = Tables.Table(Tables.Column("value", "integer"), Tables.Column("n", "integer").WithCheck("n < value")).Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(["2", "1"], ["1", "2"]));

        Assert.Equal(["2|1"], Tables.Clean(refined));
    }

    [Fact]
    public void Refine_WhenACheckOverflows_ThenThatIsTheFault()
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer").WithCheck("value * value * value * value > 0")).Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(["3"], ["9223372036854775807"], ["0"]));

        Assert.Equal(["1: n.overflow", "2: n.check_failed"], Tables.Faulty(refined, refiner));
    }

    [Fact]
    public void Refine_WhenAValueIsWrongTwice_ThenTheFirstFaultOfTheColumnStands()
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer").WithCheck("value is not null and value < 5") with { Required = true, Maximum = "7" }).Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(["x"], [""], ["9"], ["6"], ["4"]));

        Assert.Equal(["0: n.not_a_number", "1: n.required", "2: n.not_between", "3: n.check_failed"], Tables.Faulty(refined, refiner));
        Assert.Equal(
            """
            read 5 accepted 1 quarantined 4 filtered 0 balances True
            records 
            derived 
            n: nulls 1 ambiguous 0 distinct -
              required 1: 0/2 ''
              not_a_number 1: 0/1 'x'
              not_between 1: 0/3 '9'
              check_failed 1: 0/4 '6'
            """,
            Tables.Figures(refiner.Quality));
    }

    [Fact]
    public void Refine_WhenTheRecordIsBroken_ThenItsStructureIsTheOnlyFault()
    {
        Refiner refiner = Tables.Table(Tables.Column("a", "integer"), Tables.Column("b", "string") with { Required = true }).Refiner();

        RefinedBatch refined = refiner.Refine(
            Records.Of(["x", null], ["1", "y"], ["", ""]).WithFault(0, FaultCode.ShortRow).WithFault(2, FaultCode.InvalidUtf8));

        Assert.Equal(["1|y"], Tables.Clean(refined));
        Assert.Equal(["0: short_row", "2: invalid_utf8"], Tables.Faulty(refined, refiner));
        Assert.Equal(
            """
            read 3 accepted 1 quarantined 2 filtered 0 balances True
            records short_row 1, invalid_utf8 1
            derived 
            a: nulls 0 ambiguous 0 distinct -
            b: nulls 0 ambiguous 0 distinct 1
            """,
            Tables.Figures(refiner.Quality));
    }

    [Fact]
    public void Refine_WhenADerivedValueOverflows_ThenTheRowIsQuarantined()
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer"), Tables.Column("t", "string"))
            .WithDerived("half", "n / 2").WithDerived("power", "n * n * n * n").WithDerived("twice", "n + n").Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(["x", "a"], ["2", "b"], ["9223372036854775807", "c"], ["3", "d"], ["-9223372036854775807", "e"], ["", "f"]));

        Assert.Equal(["2|b|1.000000|16|4", "3|d|1.500000|81|6", "null|f|null|null|null"], Tables.Clean(refined));
        Assert.Equal(["0: n.not_a_number", "2: overflow", "4: overflow"], Tables.Faulty(refined, refiner));
        Assert.Equal([0, 2, 0], refiner.Quality.DerivedFaults);
        Assert.True(refiner.Quality.Balances);

        RefinedBatch next = refiner.Refine(Records.Of(["9223372036854775807", "g"], ["1", "h"]));
        Assert.Equal(["1|h|0.500000|1|2"], Tables.Clean(next));
        Assert.Equal(["0: overflow"], Tables.Faulty(next, refiner));
    }

    [Fact]
    public void Refine_WhenTheConditionOverflows_ThenTheRowIsQuarantinedAndNotFiltered()
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer")).WithWhere("n * n * n * n > 16").Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(["x"], ["3"], ["9223372036854775807"], ["2"], ["4"]));

        Assert.Equal(["3", "4"], Tables.Clean(refined));
        Assert.Equal(["0: n.not_a_number", "2: overflow"], Tables.Faulty(refined, refiner));
        Assert.Equal(1, refiner.Quality.Filtered);
        Assert.True(refiner.Quality.Balances);
    }

    [Fact]
    public void Refine_WhenAConditionIsDeclared_ThenOtherRowsAreFiltered()
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer"), Tables.Column("t", "string"))
            .WithDerived("twice", "n * 2").WithWhere("twice > 4").Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(["1", "a"], ["3", "b"], ["", "c"], ["x", "d"], ["4", "e"]));

        Assert.Equal(["3|b|6", "4|e|8"], Tables.Clean(refined));
        Assert.Equal("read 5 accepted 2 quarantined 1 filtered 2 balances True", Tables.Figures(refiner.Quality).Split('\n')[0]);
    }

    [Theory]
    [InlineData("n", "n")]
    [InlineData("t", "t")]
    [InlineData("n + 1", "n + 1")]
    [InlineData("n + 1", "a")]
    [InlineData("'same'", "7")]
    public void Refine_WhenDerivedColumnsAreOneAnothersCopies_ThenEachKeepsItsRows(string first, string second)
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer"), Tables.Column("t", "string"))
            .WithDerived("a", first).WithDerived("b", second).WithDerived("big", "n * n * n * n").WithWhere("n > 1").Refiner();
        string Value(string expression, int n) => expression switch
        {
            "n" => $"{n}",
            "t" => $"t{n}",
            "n + 1" or "a" => $"{n + 1}",
            "7" => "7",
            _ => "same",
        };

        for (int batch = 0; batch < 3; batch++)
        {
            RefinedBatch refined = refiner.Refine(Records.Of(
                ["x", "t"], ["1", "t1"], ["2", "t2"], ["9223372036854775807", "t"], ["3", "t3"], ["1", "t1"], ["4", "t4"]));

            Assert.Equal(
                new[] { 2, 3, 4 }.Select(n => $"{n}|t{n}|{Value(first, n)}|{Value(second, n)}|{n * n * n * n}"),
                Tables.Clean(refined));
        }
    }

    [Fact]
    public void Refine_WhenAValueIsWrong_ThenItIsNotCountedAsMissing()
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer"), Tables.Column("m", "integer") with { Required = true }).Refiner();

        refiner.Refine(Records.Of(["x", "1"], ["", "1"], ["1", ""], ["", "y"], [null, "2"]));

        Assert.Equal(3, refiner.Quality.Columns[0].Nulls);
        Assert.Equal(1, refiner.Quality.Columns[1].Nulls);
    }

    [Fact]
    public void Quality_WhenValuesAreRejected_ThenTheFirstThreeDistinctAreShown()
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer")).Refiner();

        refiner.Refine(Records.Of([["x"], ["y"], ["x"], ["1"]], 1));
        refiner.Refine(Records.Of([["y"], ["z"], ["w"], ["2.5"]], 5));

        Assert.Equal(["  not_a_number 6: 0/1 'x', 0/2 'y', 0/6 'z'", "  not_an_integer 1: 0/8 '2.5'"], Tables.Figures(refiner.Quality).Split('\n')[^2..]);
    }

    [Fact]
    public void Quality_WhenAColumnHoldsPersonalData_ThenItsExamplesAreMasked()
    {
        ColumnDefinition email = Tables.Column("email", "string") with { Pii = "email", Clean = [Rules.CleaningRuleTests.Rule("email")] };
        Refiner refiner = Tables.Table(email).Refiner();

        RefinedBatch refined = refiner.Refine(Records.Of(["jo.at.example.org"], ["me"], ["jo@example.org"]));

        Assert.Equal(["jo@example.org"], Tables.Clean(refined));
        Assert.Equal("  not_an_email 2: 0/1 'jo*************rg', 0/2 '**'", Tables.Figures(refiner.Quality).Split('\n')[^1]);
    }

    [Fact]
    public void ColumnFaults_WhenABatchIsShorterThanTheLast_ThenNoFaultStaysBehind()
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer")).Refiner(capacity: 4);
        Assert.Equal(["0: n.not_a_number", "3: n.not_a_number"], Tables.Faulty(refiner.Refine(Records.Of(["x"], ["1"], ["2"], ["y"])), refiner));
        Assert.Equal(["0: n.not_a_number"], Tables.Faulty(refiner.Refine(Records.Of(["z"])), refiner));

        RefinedBatch refined = refiner.Refine(Records.Of(["5"], ["6"], ["7"], ["8"]));

        Assert.Equal(["5", "6", "7", "8"], Tables.Clean(refined));
        Assert.Equal(0, refined.FaultyCount);
        Assert.Equal("read 9 accepted 6 quarantined 3 filtered 0 balances True", Tables.Figures(refiner.Quality).Split('\n')[0]);

        var faults = new ColumnFaults(1, 4);
        faults.Add(0, 3, FaultCode.Required);
        faults.Clear();
        faults.Add(0, 0, FaultCode.NotADate);
        Assert.Equal(FaultCode.None, faults.Of(0, 3));
        Assert.False(faults.Rows[3]);
    }

    [Fact]
    public void Refine_WhenAnIdStaysRawAndIsUsedInAnExpression_ThenItsTextIsRead()
    {
        Refiner refiner = Tables.Table(Tables.Column("id", "string"), Tables.Column("n", "integer"))
            .WithDerived("tag", "upper(id) || '!'").WithWhere("id <> 'id 20001'").Refiner(new TextPool(60_000), 2000);
        int stayedRaw = 0;
        for (int from = 0; from < 24_000; from += 2000)
        {
            string?[][] rows = [.. Enumerable.Range(from, 2000).Select(i => new[] { $" id {i} ", i % 1000 == 999 ? "x" : $"{i}" })];
            RefinedBatch refined = refiner.Refine(Records.Of(rows, from + 1));
            IEnumerable<int> kept = Enumerable.Range(from, 2000).Where(i => i % 1000 != 999 && i != 20_001);
            Assert.Equal(kept.Select(i => $"id {i}|{i}|ID {i}!"), Tables.Clean(refined));
            stayedRaw += from >= 10_000 ? 1 : 0;
        }

        Assert.Equal(7, stayedRaw);
        Assert.Null(refiner.Quality.Columns[0].Distinct);
        Assert.Equal("read 24000 accepted 23975 quarantined 24 filtered 1 balances True", Tables.Figures(refiner.Quality).Split('\n')[0]);
    }

    [Fact]
    public void Refine_WhenNothingReadsAnIdThatStaysRaw_ThenItIsLeftInTheBytes()
    {
        Refiner refiner = Tables.Table(Tables.Column("id", "string"), Tables.Column("n", "integer")).Refiner(capacity: 2000);
        for (int from = 0; from < 10_000; from += 2000)
        {
            string?[][] rows = [.. Enumerable.Range(from, 2000).Select(i => new[] { $" id {i} ", i % 10 == 0 ? "x" : "1" })];
            refiner.Refine(Records.Of(rows, from + 1));
        }

        RefinedBatch refined = refiner.Refine(Records.Of([" a", "1"], ["b", "x"], [" ", "2"], ["é", "3"]));

        Assert.True(refined.Rows.Columns[0].IsRaw);
        Assert.Equal(["a|1", "null|2", "é|3"], Tables.Clean(refined));
    }

    [Fact]
    public void Refine_WhenABatchIsEmpty_ThenNothingComes()
    {
        Refiner refiner = Tables.Table(Tables.Column("n", "integer").WithCheck("value > 0")).WithDerived("d", "n + 1").WithWhere("d > 1").Refiner();

        RefinedBatch refined = refiner.Refine(new FieldBatch(1, 1));

        Assert.Equal(0, refined.Rows.Count);
        Assert.Equal(0, refined.FaultyCount);
        Assert.Equal("read 0 accepted 0 quarantined 0 filtered 0 balances True", Tables.Figures(refiner.Quality).Split('\n')[0]);
    }

    [Fact]
    public void Expectation_WhenAFaultIsFound_ThenTellsWhatToMend()
    {
        CleaningPlan plan = CleaningPlan.Create(Tables.Table(
            Tables.Column("n", "integer") with { Minimum = "1" },
            Tables.Column("d", "decimal(5,2)") with { Minimum = "0", Maximum = "1.5" },
            Tables.Column("day", "date") with { Formats = ["dd.MM.yyyy", "yyyy-MM-dd"], Maximum = "2030-01-01" },
            Tables.Column("t", "string").WithCheck("length(value) > 2") with { Matches = "^a", AcceptedValues = ["ab", "ac"] }));

        Assert.Equal("a whole number such as 12", plan.Expectation(0, FaultCode.NotANumber));
        Assert.Equal("at least 1", plan.Expectation(0, FaultCode.NotBetween));
        Assert.Equal("a whole number", plan.Expectation(0, FaultCode.Required));
        Assert.Equal("a whole number within 64 bits", plan.Expectation(0, FaultCode.OutOfRange));
        Assert.Equal("at most 2 digits after the point", plan.Expectation(1, FaultCode.TooManyDecimals));
        Assert.Equal("at most 3 digits before the point", plan.Expectation(1, FaultCode.OutOfRange));
        Assert.Equal("between 0 and 1.5", plan.Expectation(1, FaultCode.NotBetween));
        Assert.Equal("a date as dd.MM.yyyy or yyyy-MM-dd", plan.Expectation(2, FaultCode.NotADate));
        Assert.Equal("at most 2030-01-01", plan.Expectation(2, FaultCode.NotBetween));
        Assert.Equal("text that matches ^a", plan.Expectation(3, FaultCode.NoMatch));
        Assert.Equal("one of ab, ac", plan.Expectation(3, FaultCode.NotAccepted));
        Assert.Equal("length(value) > 2", plan.Expectation(3, FaultCode.CheckFailed));
        Assert.Equal("as many fields as the header has", plan.Expectation(-1, FaultCode.ShortRow));
        Assert.Equal("a result within 128 bits", plan.Expectation(-1, FaultCode.Overflow));
    }

    [Fact]
    public void Create_WhenACheckDoesNotBind_ThenIsAnError()
    {
        var unknown = Assert.Throws<ExpressionException>(() => CleaningPlan.Create(Tables.Table(Tables.Column("n", "integer").WithCheck("value > mm"))));
        Assert.Equal(8, unknown.Position);
        var number = Assert.Throws<ExpressionException>(() => CleaningPlan.Create(Tables.Table(Tables.Column("n", "integer").WithCheck("value + 1"))));
        Assert.Equal("a condition is true or false, this is integer", number.Message);
        Assert.Throws<ExpressionException>(() => CleaningPlan.Create(Tables.Table(Tables.Column("n", "integer")).WithDerived("d", "later").WithDerived("later", "n")));
    }
}
