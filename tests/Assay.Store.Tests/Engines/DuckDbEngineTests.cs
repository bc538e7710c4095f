using System.Runtime.InteropServices;
using Assay.Data;
using Assay.Sql;

namespace Assay.Store.Tests.Engines;

public sealed partial class DuckDbEngineTests : IDisposable
{
    private const int SetOwnLock = 37;
    private const short WriteLock = 1;

    private readonly FileDatabase _file = new(EngineKind.DuckDb, "assay.duckdb");

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Open_WhenThePathIsAFolder_ThenSaysSoAndMakesNoLockBesideIt()
    {
        Directory.CreateDirectory(_file.Path);

        EngineException e = Assert.Throws<EngineException>(() => Engine.Create(_file.Options).Open("shop"));

        Assert.EndsWith($"{_file.Path} is a folder; name a file in it", e.Message, StringComparison.Ordinal);
        Assert.True(e.IsMisconfigured);
        Assert.False(File.Exists(_file.Path + ".lock"));
    }

    [Fact]
    public void OpenForReading_WhenThereIsNoFile_ThenSaysSoAndMakesNone()
    {
        EngineException e = Assert.Throws<EngineException>(() => Engine.Create(_file.Options).OpenForReading());

        Assert.Contains($"there is no file {_file.Path} to read; run the pipeline with --engine ", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_file.Path));
    }

    [Fact]
    public void Open_WhenTheFileIsNoDatabase_ThenSaysSo()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.Path)!);
        File.WriteAllText(_file.Path, string.Concat(Enumerable.Repeat("no database at all. ", 500)));

        EngineException e = Assert.Throws<EngineException>(() => Engine.Create(_file.Options).Open("shop"));

        Assert.Contains($"if {_file.Path} is no DuckDB database, take another file", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WhenAnotherProgramHasTheFile_ThenSaysSo()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using (EngineSession session = Engine.Create(_file.Options).Open("shop"))
        {
            session.SetUp([new SqlTable("t", [new SqlColumn("a", ColumnType.Integer)])], []);
        }

        // A lock of an open file, not of this process, is what another program's is to DuckDB.
        using FileStream other = File.Open(_file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var whole = new FileRange { Type = WriteLock };
        Assert.Equal(0, SetLock((int)other.SafeFileHandle.DangerousGetHandle(), SetOwnLock, ref whole));

        EngineException e = Assert.Throws<EngineException>(() => Engine.Create(_file.Options).Open("shop"));

        Assert.Contains($"another program has {_file.Path} open", e.Message, StringComparison.Ordinal);
        other.Dispose();
        using EngineSession again = Engine.Create(_file.Options).Open("shop");
        Assert.Equal(["t"], EngineSchema.ListTables(again).Select(table => table.Name));
    }

    [Fact]
    public void Merge_WhenTheTableHasKeyColumnsOnly_ThenAddsWhatIsNew()
    {
        using EngineSession session = Engine.Create(_file.Options).Open("shop");
        SqlTable table = new("t", [new SqlColumn("a", ColumnType.Integer)]) { Key = ["a"] };
        session.SetUp([table], []);
        foreach (int[] values in new int[][] { [1, 2], [2, 3] })
        {
            TableStage stage = session.Stage(table, EngineRows.SchemaOf(table));
            using (RowWriter writer = stage.OpenWriter())
            {
                writer.Add(EngineRows.Batch(stage.Columns, [.. values.Select(value => new object?[] { (Int128)value })]));
                writer.Complete();
            }

            session.InTransaction(() => session.Merge(stage, null));
        }

        Assert.Equal("1\n2\n3", EngineRows.Text(EngineRows.All(session, table)));
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int SetLock(int file, int command, ref FileRange range);

    /// <summary>The system's <c>struct flock</c>; a length of 0 is to the end.</summary>
    private struct FileRange
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Process;
    }
}
