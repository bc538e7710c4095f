using System.Globalization;

namespace Assay.Store.Tests.State;

/// <summary>The database as a file: made, brought up to date, shared, damaged.</summary>
public sealed class StateFileTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    private AssayHome Home => _temporary.Home;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Open_WhenDoneAgain_ThenChangesNothing()
    {
        StateDatabase.Open(Home).Dispose();
        byte[] before = File.ReadAllBytes(Home.StateFile);

        StateDatabase.Open(Home).Dispose();

        Assert.Equal(before, File.ReadAllBytes(Home.StateFile));
        Assert.Equal(["assay.db"], TemporaryHome.Names(Home.Root));
    }

    [Fact]
    public void Tables_WhenMade_ThenAreStrictAndVersioned()
    {
        StateDatabase.Open(Home).Dispose();
        using StateConnection connection = StateConnection.Open(Home.StateFile, create: false);

        Assert.Equal(StateSchema.Latest, StateSchema.Version(connection));
        Assert.Equal("wal", connection.Query("PRAGMA journal_mode", row => row.GetString(0))[0]);
        Assert.Equal(1, connection.Number("PRAGMA foreign_keys"));
        Assert.Equal(2, connection.Number("PRAGMA synchronous"));
        Assert.Equal(
            ["batches", "books", "checks", "extracts", "files", "owners", "pages", "pending", "quality", "rules", "watermarks"],
            connection.Query("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 1 ORDER BY name", row => row.GetString(0)));
    }

    [Fact]
    public void OpenToRead_WhenThereIsNone_ThenMakesNone()
    {
        Assert.Null(StateDatabase.OpenToRead(Home));
        Assert.False(Directory.Exists(Home.Root));
    }

    [Fact]
    public void Open_WhenANewerAssayWroteIt_ThenIsRefused()
    {
        StateDatabase.Open(Home).Dispose();
        using (StateConnection connection = StateConnection.Open(Home.StateFile, create: false))
        {
            connection.Execute("PRAGMA user_version = 99");
        }

        string expected = $"{Home.StateFile} was written by a newer Assay (its version is 99, this one knows {StateSchema.Latest}); use that one, or another ASSAY_HOME";
        Assert.Equal(expected, Assert.Throws<StoreException>(() => StateDatabase.Open(Home)).Message);
        Assert.Equal(expected, Assert.Throws<StoreException>(() => StateDatabase.OpenToRead(Home)).Message);
    }

    [Fact]
    public void Open_WhenTheFileIsNoDatabase_ThenSaysWhatToDo()
    {
        Directory.CreateDirectory(Home.Root);
        File.WriteAllText(Home.StateFile, string.Concat(Enumerable.Repeat("this is no database\n", 1000)));

        StoreException e = Assert.Throws<StoreException>(() => StateDatabase.Open(Home));

        Assert.StartsWith($"{Home.StateFile} is damaged (", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("run with --full-refresh, which rebuilds everything from bronze", e.Message, StringComparison.Ordinal);
        Assert.Equal(Home.StateFile, e.Path);
    }

    [Fact]
    public void Read_WhenAPageIsDamaged_ThenSaysSo()
    {
        using (StateDatabase state = StateDatabase.Open(Home))
        {
            state.Commit(Commits.Load(1, [.. Enumerable.Range(0, 2000).Select(i =>
                Commits.File('a') with { Sha256 = i.ToString("x64", CultureInfo.InvariantCulture) })]));
        }

        using (FileStream file = File.OpenWrite(Home.StateFile))
        {
            file.Position = 30 * 4096;
            file.Write(Enumerable.Repeat((byte)0xAB, 60 * 4096).ToArray());
        }

        using StateDatabase damaged = StateDatabase.Open(Home);
        StoreException e = Assert.Throws<StoreException>(() => damaged.LoadedFiles("shop"));
        Assert.StartsWith($"{Home.StateFile} is damaged (", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WhenTheDiskIsFull_ThenSaysSoAndNothingChanged()
    {
        StateDatabase.Open(Home).Dispose();
        using StateConnection connection = StateConnection.Open(Home.StateFile, create: false);
        // SQLite then answers as it does when the disk is full.
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {connection.Number("PRAGMA page_count") + 1}"));
        RunCommit commit = Commits.Load(1, Commits.File('a') with { Name = new string('n', 100_000) });

        StoreException e = Assert.Throws<StoreException>(
            () => connection.InTransaction(() => StateWriter.Write(connection, commit, Home.StateFile)));

        Assert.Equal($"no space left on {Home.StateFile}: the published gold is untouched; free space or set ASSAY_HOME", e.Message);
        Assert.Equal(0, connection.Number("SELECT count(*) FROM batches"));
    }

    [Fact]
    public void Write_WhenAnotherHoldsTheDatabaseForTooLong_ThenSaysSo()
    {
        StateDatabase.Open(Home).Dispose();
        using StateConnection holder = StateConnection.Open(Home.StateFile, create: false);
        using StateConnection impatient = StateConnection.Open(Home.StateFile, create: false, busySeconds: 1);

        holder.InTransaction(() =>
        {
            StoreException e = Assert.Throws<StoreException>(() => impatient.InTransaction(() => Assert.Fail("Two write at once.")));
            Assert.Equal($"another process has kept {Home.StateFile} busy for too long; end it, then run again", e.Message);
        });
    }

    [Fact]
    public void Commit_WhenManyPipelinesCommitAtOnce_ThenAllOfThemHold()
    {
        const int Pipelines = 6;
        const int Each = 10;
        Exception?[] failures = new Exception?[Pipelines];
        Thread[] threads = [.. Enumerable.Range(0, Pipelines).Select(pipeline => new Thread(() => failures[pipeline] = Record.Exception(() => Run(pipeline))))];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.All(failures, Assert.Null);
        using StateDatabase state = StateDatabase.Open(Home);
        Assert.False(state.HasPending);
        for (int pipeline = 0; pipeline < Pipelines; pipeline++)
        {
            Assert.Equal(Enumerable.Range(1, Each).Select(n => (long)n), state.Batches($"p{pipeline}").Select(batch => batch.Batch));
            Assert.Equal(new RunBooks(Each, Each, 0, 0, 0), state.CumulativeBooks($"p{pipeline}", "t"));
            Assert.Equal("10", File.ReadAllText(Path.Combine(Home.Root, $"p{pipeline}.txt")));
        }

        void Run(int pipeline)
        {
            for (int i = 1; i <= Each; i++)
            {
                using StateDatabase state = StateDatabase.Open(Home);
                string staged = $"p{pipeline}.next";
                File.WriteAllText(Path.Combine(Home.Root, staged), i.ToString(CultureInfo.InvariantCulture));
                state.Commit(Commits.Load(state.NextBatch($"p{pipeline}")) with
                {
                    Pipeline = $"p{pipeline}",
                    Books = [new("t", new(1, 1, 0, 0, 0))],
                    Changes = [PendingChange.Move(staged, $"p{pipeline}.txt")],
                });
                state.ApplyPending();
            }
        }
    }

    [Fact]
    public void Library_WhenItIsNotInstalled_ThenSaysWhatToInstall()
    {
        StoreException e = Assert.Throws<StoreException>(() => SqliteLibrary.Load(["libassay-none.so.0", "libassay-none.so"], "/d/assay.db"));

        Assert.StartsWith("SQLite is needed for /d/assay.db, but its library (libassay-none.so.0) is not installed; install it (Debian", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Library_WhenItIsTooOld_ThenSaysWhichIsNeeded()
    {
        SqliteLibrary.RequireVersion(3_040_001, "/d/assay.db");

        StoreException e = Assert.Throws<StoreException>(() => SqliteLibrary.RequireVersion(3_034_001, "/d/assay.db"));
        Assert.Equal("SQLite 3.34 is installed, but /d/assay.db needs 3.37 or newer; update it, then run again", e.Message);
    }
}
