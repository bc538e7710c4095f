namespace Assay.App.Generate;

/// <summary>Makes rows for one thread: evaluates the plan's steps, then writes the rows out.</summary>
internal sealed class RowWorker
{
    private readonly RowProgram _program;
    private readonly RowBlock _block;
    private readonly FieldWriter[] _changed;
    private readonly long[] _errorCounts;
    private readonly bool _withErrors;

    public RowWorker(RowProgram program, ulong[] keys, long startSeconds, double errorRate)
    {
        _program = program;
        _block = new RowBlock(keys, program.Slots, startSeconds, errorRate);
        _changed = new FieldWriter[program.Writers.Length];
        _errorCounts = new long[program.Errors.Count];
        _withErrors = errorRate > 0 && program.ErrorSlot >= 0;
    }

    /// <summary>The rows so far in which an error was written.</summary>
    public long RowsWithErrors { get; private set; }

    /// <summary>The rows so far per kind of error.</summary>
    public IReadOnlyList<long> ErrorCounts => _errorCounts;

    /// <summary>Makes rows.</summary>
    /// <param name="first">The number of the first, from 0.</param>
    /// <param name="count">How many.</param>
    /// <param name="destination">Room for that many rows of the plan's longest.</param>
    /// <returns>The bytes written.</returns>
    public int Make(long first, int count, Span<byte> destination)
    {
        int at = 0;
        for (int done = 0; done < count; done += RowBlock.Capacity)
        {
            _block.FirstRow = first + done;
            _block.Count = Math.Min(RowBlock.Capacity, count - done);
            Evaluate(_program.Steps);
            if (_withErrors)
            {
                Evaluate(_program.ErrorSteps);
            }

            at += Write(destination[at..]);
        }

        return at;
    }

    private void Evaluate(IReadOnlyList<BlockStep> steps)
    {
        foreach (BlockStep step in steps)
        {
            step.Evaluate(_block);
        }
    }

    private int Write(Span<byte> destination)
    {
        byte delimiter = _program.Delimiter;
        byte[] lineEnd = _program.LineEnd;
        int at = 0;
        for (int row = 0; row < _block.Count; row++)
        {
            FieldWriter[] writers = Writers(row);
            at += writers[0].Write(_block, row, destination[at..]);
            for (int column = 1; column < writers.Length; column++)
            {
                destination[at++] = delimiter;
                at += writers[column].Write(_block, row, destination[at..]);
            }

            lineEnd.CopyTo(destination[at..]);
            at += lineEnd.Length;
        }

        return at;
    }

    private FieldWriter[] Writers(int row)
    {
        long errors = _withErrors ? _block.Values[_program.ErrorSlot][row] : 0;
        if (errors == 0)
        {
            return _program.Writers;
        }

        RowsWithErrors++;
        _program.Writers.CopyTo(_changed, 0);
        for (int kind = 0; kind < _errorCounts.Length; kind++)
        {
            if (((errors >> kind) & 1) != 0)
            {
                _errorCounts[kind]++;
                foreach ((int column, FieldWriter writer) in _program.Errors[kind].Changes)
                {
                    _changed[column] = writer;
                }
            }
        }

        return _changed;
    }
}
