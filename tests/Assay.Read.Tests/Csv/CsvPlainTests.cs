using Assay.Data;

namespace Assay.Read.Tests;

public sealed class CsvPlainTests
{
    [Fact]
    public void Records_WhenPlain_ThenFieldsRowsAndOffsetsAreRight() => Assert.Equal(
        ["1@4 None [1,x] <x> <1>", "2@8 None [2,] <> <2>", "3@11 None [,z] <z> <>"],
        CsvReading.Read("a,b\n1,x\n2,\n,z\n", null, "b", "a"));

    [Fact]
    public void LineEnd_WhenTheLastIsMissing_ThenTheRecordIsWhole() => Assert.Equal(
        ["1@4 None [1,x] <1> <x>"],
        CsvReading.Read("a,b\n1,x", null, "a", "b"));

    [Fact]
    public void LineEnd_WhenCrLf_ThenTheCrIsNotContent() => Assert.Equal(
        ["1@5 None [1,x] <1> <x>", "2@10 None [2,] <2> <>", "3@14 None [3,z] <3> <z>"],
        CsvReading.Read("a,b\r\n1,x\r\n2,\r\n3,z", null, "a", "b"));

    [Fact]
    public void LineEnd_WhenMixed_ThenEachIsTakenAsItIs() => Assert.Equal(
        ["1@4 None [1,x] <1> <x>", "2@9 None [2,y] <2> <y>"],
        CsvReading.Read("a,b\n1,x\r\n2,y\n", null, "a", "b"));

    [Fact]
    public void Cr_WhenAlone_ThenItIsContent() => Assert.Equal(
        [@"1@4 None [1\r2,x\r] <1\r2> <x\r>", @"2@12 None [\r,y\r] <\r> <y\r>"],
        CsvReading.Read("a,b\n1\r2,x\r\r\n\r,y\r", null, "a", "b"));

    [Fact]
    public void BlankLines_WhenAnywhere_ThenTheyAreNotCounted() => Assert.Equal(
        ["1@7 None [1,x] <1> <x>", "2@15 None [2,y] <2> <y>"],
        CsvReading.Read("\n\r\na,b\n1,x\n\n\r\n\n2,y\n\n\r\n", null, "a", "b"));

    [Fact]
    public void BlankLines_WhenThereIsOneColumn_ThenTheyAreNotRecords() => Assert.Equal(
        ["1@3 None [1] <1>", "2@6 None [ ] < >", "3@8 None [\"\"] <>"],
        CsvReading.Read("a\n\n1\n\n \n\"\"\n\n", null, "a"));

    [Fact]
    public void Line_WhenOfSpaces_ThenItIsARecord() => Assert.Equal(
        ["1@4 ShortRow [  ] <  > -"],
        CsvReading.Read("a,b\n  \n", null, "a", "b"));

    [Fact]
    public void Nul_WhenInAField_ThenItIsContent() => Assert.Equal(
        [@"1@4 None [\0,x\0y] <\0> <x\0y>"],
        CsvReading.Read("a,b\n\0,x\0y\n", null, "a", "b"));

    [Fact]
    public void Bom_WhenThere_ThenItIsNotInTheNameButInTheOffsets() => Assert.Equal(
        ["1@7 None [1,x] <1> <x>"],
        CsvReading.Read("\u00EF\u00BB\u00BFa,b\n1,x", null, "a", "b"));

    [Fact]
    public void Columns_WhenOnlySomeAreNeeded_ThenTheOthersArePassedOver() => Assert.Equal(
        ["1@10 None [1,2,3,4,5] <4> <2>", "2@20 ShortRow [6,7] - <7>"],
        CsvReading.Read("a,b,c,d,e\n1,2,3,4,5\n6,7\n", null, "d", "b"));

    [Fact]
    public void Columns_WhenNoneAreNeeded_ThenRecordsAreStillCounted() => Assert.Equal(
        ["1@4 None [1,x] ", "2@8 ShortRow [2] "],
        CsvReading.Read("a,b\n1,x\n2\n"));

    [Theory]
    [InlineData(";", ";")]
    [InlineData("\t", "\t")]
    [InlineData("|", "|")]
    [InlineData("\0", "\\0")]
    [InlineData("x", "x")]
    public void Delimiter_WhenDeclared_ThenItIsTheOnlyOne(string delimiter, string shown) => Assert.Equal(
        [$"1@4 None [1,2{shown}3] <1,2> <3>"],
        CsvReading.Read($"a{delimiter}b\n1,2{delimiter}3\n", new CsvOptions { Delimiter = (byte)delimiter[0] }, "a", "b"));

    [Theory]
    [InlineData((byte)'"')]
    [InlineData((byte)'\n')]
    [InlineData((byte)'\r')]
    [InlineData((byte)0x80)]
    public void Delimiter_WhenItCannotBeOne_ThenItIsRefused(byte delimiter)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => CsvReading.Open("a\n"u8.ToArray(), new CsvOptions { Delimiter = delimiter }, "a"));
        Assert.Equal("Delimiter", error.ParamName);
    }

    [Fact]
    public void Batch_WhenMadeByTheSource_ThenItHasTheSizeOfTheOptions()
    {
        using CsvSource source = CsvReading.Open("a,b\n1,2\n"u8.ToArray(), new CsvOptions { BatchSize = 5 }, "b", "a");
        FieldBatch batch = source.NewBatch();
        Assert.Equal((5, 2), (batch.Capacity, batch.Starts.Length));
    }

    [Fact]
    public void Batch_WhenItHasOtherColumns_ThenItIsRefused()
    {
        using CsvSource source = CsvReading.Open("a,b\n1,2\n"u8.ToArray(), null, "a");
        CsvCursor cursor = source.OpenCursor();
        Assert.True(cursor.ReadBlock(CancellationToken.None));
        Assert.Throws<ArgumentException>(() => cursor.ReadBatch(new FieldBatch(2)));
    }

    [Fact]
    public void Batch_WhenTheBlockIsDone_ThenItIsLeftAlone()
    {
        using CsvSource source = CsvReading.Open("a,b\n1,2\n3,4\n"u8.ToArray(), null, "a");
        CsvCursor cursor = source.OpenCursor();
        var batch = new FieldBatch(1, 2);
        Assert.True(cursor.ReadBlock(CancellationToken.None));
        Assert.True(cursor.ReadBatch(batch));
        Assert.False(cursor.ReadBatch(batch));
        Assert.Equal(2, batch.Count);
        Assert.Equal(2, cursor.RowsInBlock);
        Assert.False(cursor.ReadBlock(CancellationToken.None));
        Assert.False(cursor.ReadBatch(batch));
    }
}
