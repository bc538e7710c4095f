using System.Runtime.CompilerServices;
using System.Text;

namespace Assay.Store;

/// <summary>A prepared statement of SQLite.</summary>
internal sealed unsafe class SqliteStatement : IDisposable
{
    private readonly SqliteDatabase _database;
    private nint _statement;

    /// <summary>Prepares a statement.</summary>
    /// <exception cref="EngineException">SQLite refuses it.</exception>
    public SqliteStatement(SqliteDatabase database, string sql)
    {
        _database = database;
        byte[] utf8 = Encoding.UTF8.GetBytes(sql);
        fixed (byte* start = utf8)
        {
            database.Check(SqliteNative.Prepare(database.Handle, start, utf8.Length, out _statement, 0));
        }

        ColumnCount = SqliteNative.ColumnCount(_statement);
    }

    /// <summary>How many columns its rows have.</summary>
    public int ColumnCount { get; }

    /// <summary>Gives a parameter a number.</summary>
    /// <param name="parameter">Which, from 1.</param>
    /// <param name="value">The number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Bind(int parameter, long value) => Check(SqliteNative.Bind(_statement, parameter, value));

    /// <summary>Makes a parameter null.</summary>
    /// <param name="parameter">Which, from 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BindNull(int parameter) => Check(SqliteNative.BindNull(_statement, parameter));

    /// <summary>Gives a parameter a text, which is copied.</summary>
    /// <param name="parameter">Which, from 1.</param>
    /// <param name="utf8">The text.</param>
    public void Bind(int parameter, ReadOnlySpan<byte> utf8)
    {
        byte none = 0;
        fixed (byte* start = utf8)
        {
            // Without a place a text would be a null.
            Check(SqliteNative.Bind(_statement, parameter, start is null ? &none : start, utf8.Length, SqliteNative.Transient));
        }
    }

    /// <summary>Goes on to the next row.</summary>
    /// <returns>False when there is none, so that the statement is done.</returns>
    /// <exception cref="EngineException">SQLite fails.</exception>
    public bool Step()
    {
        int code = SqliteNative.Step(_statement);
        return code == SqliteNative.Row || (code == SqliteNative.Done ? false : throw _database.Failure(code));
    }

    /// <summary>Makes it ready to run again; parameters keep their values.</summary>
    public void Reset() => _ = SqliteNative.Reset(_statement);

    /// <summary>The type of the row's cell, as SQLite numbers them.</summary>
    public int CellType(int column) => SqliteNative.CellType(_statement, column);

    /// <summary>A whole number of the row.</summary>
    public long Number(int column) => SqliteNative.Number(_statement, column);

    /// <summary>A text of the row, valid until the next step.</summary>
    public ReadOnlySpan<byte> Text(int column)
    {
        byte* start = SqliteNative.CellText(_statement, column);
        return new ReadOnlySpan<byte>(start, SqliteNative.CellBytes(_statement, column));
    }

    public void Dispose()
    {
        if (_statement != 0)
        {
            _ = SqliteNative.Finish(_statement);
            _statement = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Check(int code)
    {
        if (code != SqliteNative.Ok)
        {
            throw _database.Failure(code);
        }
    }
}
