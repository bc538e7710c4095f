namespace Assay.Read.Tests;

public sealed class CsvPlainTests
{
    [Fact]
    public void Records_WhenPlain_ThenFieldsRowsAndOffsetsAreRight() => Assert.Equal(
        ["1@4 None [1,x] <x> <1>", "2@8 None [2,] <> <2>", "3@11 None [3,z] <z> <3>"],
        CsvReading.Read("a,b\n1,x\n2,\n3,z", null, "b", "a"));

    [Fact]
    public void Records_WhenQuoted_ThenQuotesAreTakenOff() => Assert.Equal(
        [@"1@4 None [""1,\n"",""say """"hi""""""] <1,\n> <say ""hi"">", @"2@24 None ["""",x] <> <x>"],
        CsvReading.Read("a,b\n\"1,\n\",\"say \"\"hi\"\"\"\r\n\"\",x\n", null, "a", "b"));
}
