using System.Text;
using Assay.Data;

namespace Assay.Store.Tests.Quarantine;

public sealed class QuarantineFolderTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Read_WhenRowsWereWritten_ThenGivesThemBack()
    {
        string path = Write("goods", "run-1", ("in.csv", 7, "a \"b\"\nc,"), ("in.csv", 9, ""), ("", 10, "é😀"));

        Assert.Equal(
            [
                new QuarantineRow("in.csv", 7, 70, "price", "not_between", "a \"b\"\nc,", "at least 1", "day:not_a_date", "a \"b\"\nc,"),
                new QuarantineRow("in.csv", 9, 90, "price", "not_between", "", "at least 1", "day:not_a_date", ""),
                new QuarantineRow("", 10, 100, "price", "not_between", "é😀", "at least 1", "day:not_a_date", "é😀"),
            ],
            QuarantineFolder.Read(path));
    }

    [Fact]
    public void Runs_WhenThereAreOtherFiles_ThenNamesThoseOfRunsOldestFirst()
    {
        Assert.Empty(QuarantineFolder.Tables(_temporary.Home));
        Assert.Empty(QuarantineFolder.Runs(_temporary.Home, "goods"));
        Write("goods", "run-2", ("in.csv", 1, "x"));
        Write("goods", "run-1", ("in.csv", 1, "x"));
        ResolvedRows.Load(_temporary.Home, "goods", "run-1").Stage([("in.csv", 1)], "run-3");
        File.Move(Resolved("run-1") + ".partial", Resolved("run-1"));
        File.WriteAllText(Path.Combine(_temporary.Home.Quarantine("goods"), "run-9.csv.partial"), "");
        Directory.CreateDirectory(_temporary.Home.Quarantine("empty"));

        Assert.Equal(["run-1", "run-2"], QuarantineFolder.Runs(_temporary.Home, "goods"));
        Assert.Equal(["empty", "goods"], QuarantineFolder.Tables(_temporary.Home));
    }

    [Theory]
    [InlineData("a,b\n", " is not a quarantine: its columns are not file,row,offset,column,code,value,expected,also,record")]
    [InlineData("file,row,offset,column,code,value,expected,also,record\na,b\n", " has a row that is not a quarantine's: 2 fields, row `b`; something else than Assay has written to it")]
    [InlineData("file,row,offset,column,code,value,expected,also,record\na,-1,0,,,,,,\n", " has a row that is not a quarantine's: 9 fields, row `-1`; something else than Assay has written to it")]
    [InlineData("file,row,offset,column,code,value,expected,also,record\na,1,0,,,,,,\"", " breaks off in the middle of a row; something else than Assay has written to it")]
    [InlineData("file,row,offset,column,code,value,expected,also,record\na,1,0,,,,,,x", " breaks off in the middle of a row; something else than Assay has written to it")]
    public void Read_WhenTheFileIsNone_ThenSaysSo(string text, string error)
    {
        string path = Path.Combine(Directory.CreateDirectory(_temporary.Home.Quarantine("goods")).FullName, "run-1.csv");
        File.WriteAllText(path, text);

        StoreException e = Assert.Throws<StoreException>(() => QuarantineFolder.Read(path).Count());

        Assert.Equal(path + error, e.Message);
    }

    [Fact]
    public void Read_WhenThereIsNoFile_ThenSaysSo()
    {
        string path = QuarantineFolder.PathOf(_temporary.Home, "goods", "run-1");

        Assert.StartsWith($"cannot read {path}: ", Assert.Throws<StoreException>(() => QuarantineFolder.Read(path).Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stage_WhenTwoRunsReplayRows_ThenKnowsBothOnceTheyAreCommitted()
    {
        string path = Write("goods", "run-1", ("a.csv", 1, "x"), ("a.csv", 2, "y"), ("b.csv", 1, "z"));
        byte[] original = File.ReadAllBytes(path);
        Commit(1, "run-2", ResolvedRows.Load(_temporary.Home, "goods", "run-1").Stage([("a.csv", 1)], "run-2"));
        Commit(2, "run-3", ResolvedRows.Load(_temporary.Home, "goods", "run-1").Stage([("b.csv", 1), ("a.csv", 2)], "run-3"));

        ResolvedRows resolved = ResolvedRows.Load(_temporary.Home, "goods", "run-1");

        Assert.Equal(3, resolved.Count);
        Assert.Equal([("run-2", 1L), ("run-3", 2L)], resolved.Runs);
        Assert.Equal(("run-2", "run-3", "run-3", null), (resolved.RunOf("a.csv", 1), resolved.RunOf("a.csv", 2), resolved.RunOf("b.csv", 1), resolved.RunOf("b.csv", 2)));
        Assert.Equal("file,row,run\na.csv,1,run-2\nb.csv,1,run-3\na.csv,2,run-3\n", File.ReadAllText(Resolved("run-1")));
        Assert.Equal(original, File.ReadAllBytes(path));
        Assert.Equal(["run-1.csv", "run-1.resolved.csv"], TemporaryHome.Names(_temporary.Home.Quarantine("goods")).Where(name => name[0] != '.'));
    }

    [Fact]
    public void Stage_WhenItsRunIsNotCommitted_ThenNothingIsResolvedAndTheNextRunTidiesUp()
    {
        Write("goods", "run-1", ("a.csv", 1, "x"));
        ResolvedRows.Load(_temporary.Home, "goods", "run-1").Stage([("a.csv", 1)], "run-2");

        Assert.Equal(0, ResolvedRows.Load(_temporary.Home, "goods", "run-1").Count);
        QuarantineWriter.Open(_temporary.Home, "goods", "run-3").Dispose();
        Assert.Equal(["run-1.csv"], TemporaryHome.Names(_temporary.Home.Quarantine("goods")).Where(name => name[0] != '.'));
    }

    [Fact]
    public void Load_WhenTheListIsNone_ThenSaysSo()
    {
        Directory.CreateDirectory(_temporary.Home.Quarantine("goods"));
        File.WriteAllText(Resolved("run-1"), "file,row,run\na.csv,x,run-2\n");

        Assert.Equal(
            $"{Resolved("run-1")} is not a list of replayed rows; something else than Assay has written to it",
            Assert.Throws<StoreException>(() => ResolvedRows.Load(_temporary.Home, "goods", "run-1")).Message);
    }

    private string Resolved(string run) => Path.Combine(_temporary.Home.Quarantine("goods"), run + ".resolved.csv");

    private string Write(string table, string run, params (string File, long Row, string Text)[] rows)
    {
        using QuarantineWriter writer = QuarantineWriter.Open(_temporary.Home, table, run);
        var buffer = new QuarantineBuffer();
        foreach ((string file, long row, string text) in rows)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            buffer.Add(
                Encoding.UTF8.GetBytes(file), row, row * 10, "price"u8, FaultCode.NotBetween, bytes, "at least 1"u8, "day:not_a_date"u8, bytes);
        }

        writer.Append(0, buffer);
        return writer.Complete()!;
    }

    private void Commit(long batch, string run, PendingChange change)
    {
        using StateDatabase state = StateDatabase.Open(_temporary.Home);
        state.Commit(new RunCommit
        {
            Pipeline = "shop",
            RunId = run,
            Batch = batch,
            Kind = BatchKind.Replay,
            At = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero),
            Changes = [change],
        });
        state.ApplyPending();
    }
}
