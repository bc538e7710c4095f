using Assay.Data;
using static Assay.Store.Tests.Silver.SilverRows;

namespace Assay.Store.Tests.Silver;

public class SilverFilesTests
{
    private static readonly Schema Columns = new([new("id", ColumnType.Integer), new("day", ColumnType.Date)]);
    private static readonly SilverTable ByDay = new("t", Columns) { Key = ["id"], PartitionColumn = "day", Grain = SilverGrain.Day };

    public static TheoryData<int> Steps => [0, 1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Apply_WhenItWasStoppedAnywhere_ThenDoingItAgainEndsTheSame(int done)
    {
        using var temporary = new TemporaryHome();
        Load(temporary.Home, ByDay, [[1L, 1L], [2L, 2L], [3L, 3L], [4L, 4L]]);
        SilverChange change = Stage(temporary.Home, ByDay, [[1L, 5L], [2L, 5L], [3L, 6L], [4L, 7L]]);
        Assert.Equal((3, 4), (change.Renames.Count, change.Removals.Count));

        // What a killed run had done: some of the steps, in their order.
        SilverFiles.Apply(temporary.Home, change.Renames.Take(done), change.Removals.Take(done - change.Renames.Count));
        SilverFiles.Apply(temporary.Home, change.Renames, change.Removals);
        SilverFiles.Apply(temporary.Home, change.Renames, change.Removals);

        Assert.Equal(change.Applied.Files, SilverSnapshot.Current(temporary.Home, "t").Files);
        Assert.Equal(["day=1970-01-06", "day=1970-01-07", "day=1970-01-08"], TemporaryHome.Names(temporary.Home.Silver("t")));
        Assert.Equal(["1|5", "2|5", "3|6", "4|7"], Read(temporary.Home, change.Applied, Columns));
    }

    [Fact]
    public void Apply_WhenAStagedFileIsNowhere_ThenSaysWhich()
    {
        using var temporary = new TemporaryHome();

        StoreException e = Assert.Throws<StoreException>(
            () => SilverFiles.Apply(temporary.Home, [new SilverRename("silver/t/.x.new", "silver/t/x")], []));
        Assert.Contains(".x.new is gone", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sweep_WhenARunWasKilled_ThenItsStagedFilesGoAndThePublishedStay()
    {
        using var temporary = new TemporaryHome();
        Load(temporary.Home, ByDay, [[1L, 1L]]);
        Stage(temporary.Home, ByDay, [[1L, 2L], [2L, 1L]]);
        Assert.Equal([".data.parquet.r1.new", "data.parquet"], TemporaryHome.Names(Path.Combine(temporary.Home.Silver("t"), "day=1970-01-02")));

        SilverFiles.Sweep(temporary.Home, "t");
        SilverFiles.Sweep(temporary.Home, "never");

        Assert.Equal(["day=1970-01-02"], TemporaryHome.Names(temporary.Home.Silver("t")));
        Assert.Equal(["data.parquet"], TemporaryHome.Names(Path.Combine(temporary.Home.Silver("t"), "day=1970-01-02")));
        Assert.Equal(["1|1"], Read(temporary.Home, SilverSnapshot.Current(temporary.Home, "t"), Columns));
    }

    [Fact]
    public void Open_WhenARunWasKilled_ThenItsWorkspaceGoesAndARunningOneStays()
    {
        using var temporary = new TemporaryHome();
        string tmp = Path.Combine(temporary.Home.Root, ".tmp");
        Directory.CreateDirectory(Path.Combine(tmp, "silver-killed"));
        File.WriteAllText(Path.Combine(tmp, "silver-killed", "duckdb_temp_storage.tmp"), "x");
        File.WriteAllText(Path.Combine(tmp, "silver-killed.lock"), "");
        using (SilverWorkspace.Open(temporary.Home, "one"))
        using (SilverWorkspace.Open(temporary.Home, "two"))
        {
            Assert.Equal(["silver-one", "silver-one.lock", "silver-two", "silver-two.lock"], TemporaryHome.Names(tmp));
            Assert.Throws<StoreException>(() => SilverWorkspace.Open(temporary.Home, "one"));
        }

        Assert.Equal([], TemporaryHome.Names(tmp));
    }
}
