using Assay.Data;

namespace Assay.Store;

/// <summary>The distinct texts of a column of few, each with a number.</summary>
internal sealed class TextDictionary
{
    /// <summary>More distinct texts than this are not worth a dictionary: differences then do better.</summary>
    private const int MostTexts = 4096;

    private readonly int[] _slots = new int[MostTexts * 4];
    private readonly uint[] _hashes = new uint[MostTexts];
    private readonly int[] _rows = new int[MostTexts];

    /// <summary>How many distinct texts there are.</summary>
    public int Count { get; private set; }

    /// <summary>The row that a distinct text was first seen in.</summary>
    public int RowOf(int text) => _rows[text];

    /// <summary>Numbers the texts of some rows.</summary>
    /// <param name="cells">The column.</param>
    /// <param name="rows">The rows; those without a text are passed over.</param>
    /// <param name="numbers">Gets a number for each text.</param>
    /// <returns>How many texts there are, or -1 when there are too many distinct ones.</returns>
    public int Number(ParquetCells cells, Range rows, int[] numbers)
    {
        Array.Clear(_slots);
        Count = 0;
        int texts = 0;
        int mask = _slots.Length - 1;
        int previous = -1;
        for (int row = rows.Start.Value; row < rows.End.Value; row++)
        {
            if (cells.Lengths[row] < 0)
            {
                continue;
            }

            ReadOnlySpan<byte> text = cells.Text(row);
            if (previous >= 0 && cells.Text(_rows[previous]).SequenceEqual(text))
            {
                numbers[texts++] = previous;
                continue;
            }

            uint hash = ByteHash.Of(text);
            int slot = (int)hash & mask;
            while (_slots[slot] != 0 && !(_hashes[_slots[slot] - 1] == hash && cells.Text(_rows[_slots[slot] - 1]).SequenceEqual(text)))
            {
                slot = (slot + 1) & mask;
            }

            if (_slots[slot] == 0)
            {
                if (Count == MostTexts)
                {
                    return -1;
                }

                (_hashes[Count], _rows[Count]) = (hash, row);
                _slots[slot] = ++Count;
            }

            previous = _slots[slot] - 1;
            numbers[texts++] = previous;
        }

        return texts;
    }
}
