using Assay.Data;
using Assay.Refine.Dedup;

namespace Assay.Refine.Tests.Dedup;

/// <summary>A row as tests write it: its place, its key, the other cells.</summary>
internal sealed record LoadRow(long Sequence, string Id, long Line, long? Amount, string? Note, long Changed);

/// <summary>Feeds rows to an index as workers do, and says what came of them.</summary>
internal static class Loads
{
    public static readonly Schema Schema = new(
    [
        new Column("id", ColumnType.String), new Column("line", ColumnType.Integer), new Column("amount", ColumnType.Decimal(12, 2)),
        new Column("note", ColumnType.String), new Column("changed", ColumnType.Timestamp),
    ]);

    public static LoadRow Row(int file, long row, string id, long? amount = 100, string? note = "n", long line = 1, long changed = 0) =>
        new(Sequences.Of(file, row), id, line, amount, note, changed);

    public static KeyIndex Index(bool mustAgree, string? newest = null) => new(Schema, ["id", "line"], newest, mustAgree);

    /// <summary>A batch of rows; texts lie in the pool or, raw, in the batch's bytes.</summary>
    public static RowBatch Batch(IReadOnlyList<LoadRow> rows, TextPool texts, bool raw)
    {
        var batch = new RowBatch(Schema, texts, Math.Max(1, rows.Count)) { Count = rows.Count };
        var bytes = new List<byte>();
        batch.Columns[0].IsRaw = batch.Columns[3].IsRaw = raw;
        for (int row = 0; row < rows.Count; row++)
        {
            batch.Columns[0].Values[row] = Text(rows[row].Id);
            batch.Columns[1].Values[row] = rows[row].Line;
            Set(batch.Columns[2], row, rows[row].Amount);
            Set(batch.Columns[3], row, rows[row].Note is { } note ? Text(note) : null);
            batch.Columns[4].Values[row] = rows[row].Changed;
        }

        batch.RawBytes = [.. bytes];
        return batch;

        long Text(string text)
        {
            if (!raw)
            {
                return texts.Intern(text);
            }

            byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(text);
            bytes.AddRange(utf8);
            return Vector.PackRaw(bytes.Count - utf8.Length, utf8.Length);
        }
    }

    /// <summary>Adds rows and says which stay for now.</summary>
    public static bool[] Add(this KeyIndex index, params LoadRow[] rows) => Add(index, rows, new TextPool(), raw: false);

    public static bool[] Add(this KeyIndex index, IReadOnlyList<LoadRow> rows, TextPool texts, bool raw)
    {
        bool[] keep = new bool[rows.Count];
        index.Add(Batch(rows, texts, raw), rows.Select(row => row.Sequence).ToArray(), keep);
        return keep;
    }

    /// <summary>A conflict in one line.</summary>
    public static string Text(KeyConflict conflict) =>
        $"{string.Join(',', conflict.Sequences.Select(Place))} {conflict.Column}: {conflict.First ?? "null"} <> {conflict.Other ?? "null"}";

    public static string Place(long sequence) => $"{Sequences.File(sequence)}/{Sequences.Row(sequence)}";

    private static void Set(Vector column, int row, long? value)
    {
        column.HasNulls = true;
        column.Nulls[row] = value is null;
        column.Values[row] = value ?? 77;
    }
}
