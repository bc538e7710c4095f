using System.Security.Cryptography;
using System.Text;

namespace Assay.Store.Tests.Bronze;

public sealed class BronzeStoreTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();
    private readonly string _inputs;

    public BronzeStoreTests()
    {
        _inputs = Path.Combine(_temporary.Home.Root, "inputs");
        Directory.CreateDirectory(_inputs);
    }

    private AssayHome Home => _temporary.Home;

    private string Drops => Path.Combine(Home.Root, "bronze", "drops");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Land_WhenTheFileIsNew_ThenItsBytesAndManifestAreKept()
    {
        string path = Input("a b.csv", "id\n1\n");
        string hash = Hash("id\n1\n");
        var progress = new List<long>();

        LandedFile landed = new BronzeStore(Home).Land(BronzeInput.OfFile("drops", path, "csv"), Batch(3), new SeenFiles([]), progress.Add);

        string name = $"{hash[..12]}-a b.csv";
        Assert.False(landed.IsSeen);
        Assert.Equal(Path.Combine(Drops, "2026-03-14", name), landed.Path);
        Assert.Equal(new LoadedFile("drops", hash, "a b.csv", 5, 1, $"bronze/drops/2026-03-14/{name}") { Format = "csv" }, landed.Loaded(1));
        Assert.Equal([5L], progress);
        Assert.Equal("id\n1\n", File.ReadAllText(landed.Path!));
        Assert.Equal(
            $$"""
            {
              "sha256": "{{hash}}",
              "bytes": 5,
              "rows": null,
              "loaded": "2026-03-14T09:26:53.123Z",
              "origin": "{{path}}",
              "source": "drops",
              "format": "csv",
              "pipeline": "shop",
              "batch": 3,
              "order": 1,
              "run_id": "r3"
            }

            """,
            File.ReadAllText(landed.Path + ".manifest.json"));
        Assert.Equal([name, name + ".manifest.json"], TemporaryHome.Names(Path.Combine(Drops, "2026-03-14")));
        Assert.Equal(["2026-03-14"], TemporaryHome.Names(Drops));
    }

    [Fact]
    public void Complete_WhenTheRowsAreInSilver_ThenTheManifestTellsHowMany()
    {
        var bronze = new BronzeStore(Home);
        LandedFile landed = bronze.Land(BronzeInput.OfFile("drops", Input("a.csv", "id\n1\n")), Batch(1), new SeenFiles([]));

        bronze.Complete(landed, 1);

        BronzeManifest manifest = BronzeManifest.Load(landed.Path!)!;
        Assert.Equal(1, manifest.Rows);
        Assert.Equal(landed.Sha256, manifest.Sha256);
        Assert.Null(manifest.Format);
        Assert.Equal([new BronzeFile(landed.Path!, manifest)], bronze.List("drops"));
    }

    [Fact]
    public void Land_WhenTheContentWasSeen_ThenNothingIsKept()
    {
        var seen = new SeenFiles([new LoadedFile("drops", Hash("same"), "a.csv", 4, 1)]);
        var bronze = new BronzeStore(Home);

        LandedFile file = bronze.Land(BronzeInput.OfFile("drops", Input("other name.csv", "same")), Batch(1), seen);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("same"));
        LandedFile piped = bronze.Land(BronzeInput.OfStream("drops", stream, "-"), Batch(1), seen);

        Assert.True(file.IsSeen);
        Assert.Equal("other name.csv", file.Name);
        Assert.True(piped.IsSeen);
        Assert.Equal("stdin", piped.Name);
        Assert.Empty(TemporaryHome.Names(Drops));
    }

    [Fact]
    public void Land_WhenTheSameContentComesTwiceInARun_ThenOnlyOnceItIsNew()
    {
        var seen = new SeenFiles([]);
        var bronze = new BronzeStore(Home);

        LandedFile first = bronze.Land(BronzeInput.OfFile("drops", Input("a.csv", "same")), Batch(1), seen);
        LandedFile second = bronze.Land(BronzeInput.OfFile("drops", Input("b.csv", "same")), Batch(1), seen);
        LandedFile third = bronze.Land(BronzeInput.OfFile("drops", Input("c.csv", "size")), Batch(1), seen);

        Assert.Equal([false, true, false], new[] { first, second, third }.Select(file => file.IsSeen));
        Assert.Equal(2, bronze.List("drops").Count);
    }

    [Fact]
    public void Land_WhenAFailedRunLeftTheBytes_ThenTheyAreUsedAgain()
    {
        LandedFile left = new BronzeStore(Home).Land(BronzeInput.OfFile("drops", Input("a.csv", "same")), Batch(1), new SeenFiles([]));
        DateTime written = File.GetLastWriteTimeUtc(left.Path!);

        LandedFile again = new BronzeStore(Home).Land(
            BronzeInput.OfFile("drops", Input("b.csv", "same")), Batch(2) with { Day = new DateOnly(2026, 3, 15) }, new SeenFiles([]));

        Assert.False(again.IsSeen);
        Assert.Equal(left.Path, again.Path);
        Assert.Equal(written, File.GetLastWriteTimeUtc(left.Path!));
        Assert.Equal(("b.csv", 2L, "r2"), (again.Name, BronzeManifest.Load(left.Path!)!.Batch, BronzeManifest.Load(left.Path!)!.RunId));
        Assert.Equal(["2026-03-14"], TemporaryHome.Names(Drops));
    }

    [Fact]
    public void Land_WhenARunWasKilledOnTheWay_ThenItsRestsAreRemoved()
    {
        string partial = Path.Combine(Drops, "2026-03-14", ".x.csv.records");
        Directory.CreateDirectory(partial);
        File.WriteAllText(Path.Combine(partial, "part-000000.parquet"), "half");
        File.WriteAllText(Path.Combine(Drops, ".landing-1-1"), "half");

        new BronzeStore(Home).Land(BronzeInput.OfFile("drops", Input("a.csv", "1")), Batch(1), new SeenFiles([]));

        Assert.Equal(["2026-03-14"], TemporaryHome.Names(Drops));
        Assert.Equal(2, TemporaryHome.Names(Path.Combine(Drops, "2026-03-14")).Length);
    }

    [Fact]
    public void Land_WhenTheInputIsLargerThanABlock_ThenHashAndCopyAreWhole()
    {
        byte[] bytes = new byte[(5 << 20) + 77];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(i * 31 >> 7);
        }

        string path = Path.Combine(_inputs, "large.bin");
        File.WriteAllBytes(path, bytes);

        LandedFile landed = new BronzeStore(Home).Land(BronzeInput.OfFile("drops", path), Batch(1), new SeenFiles([]));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), landed.Sha256);
        Assert.Equal(bytes, File.ReadAllBytes(landed.Path!));
        Assert.Equal(landed.Sha256, BronzeStore.Hash(path));
    }

    [Theory]
    [InlineData("in/../x/a.csv", "a.csv")]
    [InlineData("C:\\drops\\a.csv", "a.csv")]
    [InlineData("..", "..")]
    [InlineData("-", "stdin")]
    [InlineData("a\nb:c.csv", "a_b_c.csv")]
    public void Land_WhenTheNameIsOdd_ThenTheFileStaysInItsDay(string origin, string name)
    {
        using var stream = new MemoryStream("1"u8.ToArray());

        LandedFile landed = new BronzeStore(Home).Land(BronzeInput.OfStream("drops", stream, origin), Batch(1), new SeenFiles([]));

        Assert.Equal(Path.Combine(Drops, "2026-03-14", $"{Hash("1")[..12]}-{name}"), landed.Path);
        Assert.Equal(name, landed.Name);
        Assert.True(File.Exists(landed.Path));
    }

    [Fact]
    public void Land_WhenTheNameIsLong_ThenItsEndStays()
    {
        using var stream = new MemoryStream("1"u8.ToArray());

        LandedFile landed = new BronzeStore(Home).Land(
            BronzeInput.OfStream("drops", stream, new string('x', 300) + ".csv.gz"), Batch(1), new SeenFiles([]));

        Assert.Equal(new string('x', 113) + ".csv.gz", landed.Name);
    }

    [Fact]
    public void Land_WhenTheFileIsMissing_ThenSaysWhich()
    {
        string path = Path.Combine(_inputs, "none.csv");

        StoreException e = Assert.Throws<StoreException>(
            () => new BronzeStore(Home).Land(BronzeInput.OfFile("drops", path), Batch(1), new SeenFiles([])));

        Assert.Equal(path, e.Path);
        Assert.StartsWith($"cannot read {path}: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Land_WhenCancelled_ThenNothingStays()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => new BronzeStore(Home).Land(
            BronzeInput.OfFile("drops", Input("a.csv", "1")), Batch(1), new SeenFiles([]), null, cancelled.Token));

        Assert.Empty(TemporaryHome.Names(Drops));
    }

    [Fact]
    public void Restore_WhenSilverIsRebuilt_ThenGivesTheFilesInTheOrderOfTheirBatches()
    {
        var bronze = new BronzeStore(Home);
        var seen = new SeenFiles([]);
        using StateDatabase state = StateDatabase.Open(Home);
        LandedFile z = bronze.Land(BronzeInput.OfFile("drops", Input("z.csv", "1")), Batch(1), seen);
        LandedFile b = bronze.Land(BronzeInput.OfFile("drops", Input("b.csv", "2")), Batch(1), seen);
        state.Commit(State.Commits.Load(1, z.Loaded(1), b.Loaded(1)));
        LandedFile a = bronze.Land(BronzeInput.OfFile("drops", Input("a.csv", "3")), Batch(2), seen);
        state.Commit(State.Commits.Load(2, a.Loaded(1)));
        bronze.Land(BronzeInput.OfFile("drops", Input("never committed.csv", "4")), Batch(3), seen);

        Assert.Equal(
            [z.Path, b.Path, a.Path],
            bronze.Restore(state.LoadedFiles("shop", "drops")).Select(file => file.Path));

        File.AppendAllText(b.Path!, "more");
        StoreException changed = Assert.Throws<StoreException>(() => bronze.Restore(state.LoadedFiles("shop", "drops")));
        Assert.Equal(
            $"{b.Path} has 5 bytes instead of 1, but rows in silver come from it; put b.csv (sha256 {Hash("2")}) back there, then run again",
            changed.Message);
        File.Delete(b.Path!);
        StoreException missing = Assert.Throws<StoreException>(() => bronze.Restore(state.LoadedFiles("shop", "drops")));
        Assert.StartsWith($"{b.Path} is missing, but rows in silver come from it", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recover_WhenTheStateIsLost_ThenTheManifestsTellWhatItKnew()
    {
        var bronze = new BronzeStore(Home);
        var seen = new SeenFiles([]);
        var expected = new List<LoadedFile>();
        foreach ((string name, int batch) in new[] { ("z.csv", 1), ("b.csv", 1), ("a.csv", 2) })
        {
            LandedFile landed = bronze.Land(BronzeInput.OfFile("drops", Input(name, name), "csv"), Batch(batch), seen);
            bronze.Complete(landed, 10 + batch);
            expected.Add(landed.Loaded(10 + batch) with { Batch = batch, RunId = $"r{batch}", LoadedAt = State.Commits.At });
        }

        bronze.Land(BronzeInput.OfFile("drops", Input("never committed.csv", "4")), Batch(3), seen);

        Assert.Equal(expected, new BronzeStore(Home).Recover("shop", "drops"));
        Assert.Empty(bronze.Recover("other", "drops"));
    }

    internal static BronzeBatch Batch(long batch) =>
        new("shop", $"r{batch}", batch, State.Commits.At, new DateOnly(2026, 3, 14));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private string Input(string name, string text)
    {
        string path = Path.Combine(_inputs, name);
        File.WriteAllText(path, text);
        return path;
    }
}
