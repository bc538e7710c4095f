namespace Assay.App.Generate;

/// <summary>Makes rows for one thread: evaluates the plan's steps, then writes the rows out.</summary>
internal sealed class RowWorker
{
    private readonly RowProgram _program;
    private readonly RowBlock _block;
    private readonly RowBlock _records;
    private readonly (long From, long To) _window;
    private readonly FieldWriter[] _changed;
    private readonly FieldWriter[] _again;
    private readonly long[] _rowErrorCounts;
    private readonly long[] _lineErrorCounts;
    private readonly bool _withErrors;

    /// <summary>Prepares the work.</summary>
    /// <param name="program">What is made.</param>
    /// <param name="settings">What the run was asked for.</param>
    /// <param name="errorRate">The share of records that are made bad, or null for the file's own.</param>
    /// <param name="window">The timestamps, in seconds since 0001-01-01, of the rows that are written: from the
    /// first to before the second, when the program parts its rows.</param>
    public RowWorker(RowProgram program, RunSettings settings, double? errorRate, (long From, long To) window)
    {
        (double ofRow, double ofLine) = program.ErrorRates(errorRate);
        _program = program;
        _window = window;
        _block = new RowBlock(settings, RowBlock.MostRows, program.Slots, ofRow);
        if (program.HasLines)
        {
            _block.Lines = new RowBlock(settings, program.RowsAtOnce * program.MostLines, program.LineSlots, ofLine, _block);
        }

        _records = _block.Lines ?? _block;
        _changed = new FieldWriter[program.Writers.Length];
        _again = new FieldWriter[program.Writers.Length];
        _rowErrorCounts = new long[program.Errors.Kinds.Count];
        _lineErrorCounts = new long[program.LineErrors.Kinds.Count];
        _withErrors = (ofRow > 0 && program.Errors.Slot >= 0) || (ofLine > 0 && program.LineErrors.Slot >= 0);
    }

    /// <summary>The rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The records so far.</summary>
    public long Records { get; private set; }

    /// <summary>The rows so far in which an error was written.</summary>
    public long RowsWithErrors { get; private set; }

    /// <summary>The rows so far per kind of error, then the lines per kind of theirs.</summary>
    public IReadOnlyList<long> ErrorCounts => [.. _rowErrorCounts, .. _lineErrorCounts];

    /// <summary>Makes rows.</summary>
    /// <param name="first">The number of the first, from 0.</param>
    /// <param name="count">How many.</param>
    /// <param name="destination">Room for that many rows of the plan's longest.</param>
    /// <returns>The bytes written.</returns>
    public int Make(long first, int count, Span<byte> destination)
    {
        int at = 0;
        int step = _program.RowsAtOnce;
        for (int done = 0; done < count; done += step)
        {
            _block.FirstRow = first + done;
            _block.Count = Math.Min(step, count - done);
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
        long[]? rows = _program.HasLines ? _records.Values[LineSlots.Row] : null;
        int at = 0;
        int last = -1;
        bool isWritten = true;
        bool isCounted = false;
        for (int record = 0; record < _records.Count; record++)
        {
            int row = rows is null ? record : (int)rows[record];
            bool isFirst = row != last;
            if (isFirst)
            {
                last = row;
                isWritten = IsInWindow(row);
                Rows += isWritten ? 1 : 0;
                isCounted = false;
            }

            if (!isWritten)
            {
                continue;
            }

            Records++;
            long errors = _withErrors ? Bits(_block, _program.Errors, row) : 0;
            long lineErrors = _withErrors && errors == 0 && rows is not null ? Bits(_records, _program.LineErrors, record) : 0;
            if ((errors | lineErrors) == 0)
            {
                at += Write(_program.Writers, record, destination[at..]);
                continue;
            }

            RowsWithErrors += isCounted ? 0 : 1;
            isCounted = true;
            bool twice = errors != 0
                ? Change(_program.Errors.Kinds, errors, isFirst ? _rowErrorCounts : null)
                : Change(_program.LineErrors.Kinds, lineErrors, _lineErrorCounts);
            at += Write(_changed, record, destination[at..]);
            if (twice)
            {
                Records++;
                at += Write(_again, record, destination[at..]);
            }
        }

        return at;
    }

    private static long Bits(RowBlock block, ErrorPlan errors, int index) => errors.Slot < 0 ? 0 : block.Values[errors.Slot][index];

    private bool IsInWindow(int row) => _program.SplitSlot < 0
        || (_block.Values[_program.SplitSlot][row] is var seconds && seconds >= _window.From && seconds < _window.To);

    private int Write(FieldWriter[] writers, int record, Span<byte> destination)
    {
        byte[][] before = _program.Layout.Before;
        int at = 0;
        for (int column = 0; column < writers.Length; column++)
        {
            // Mostly a single delimiter, which is faster written than copied.
            byte[] text = before[column];
            if (text.Length == 1)
            {
                destination[at++] = text[0];
            }
            else
            {
                text.CopyTo(destination[at..]);
                at += text.Length;
            }

            at += writers[column].Write(_records, record, destination[at..]);
        }

        byte[] end = _program.Layout.End;
        end.CopyTo(destination[at..]);
        return at + end.Length;
    }

    /// <summary>Fills the writers of a bad record.</summary>
    /// <param name="kinds">The kinds of error.</param>
    /// <param name="errors">A bit for each kind that the record has.</param>
    /// <param name="counts">Counts the kinds, or null when they are counted already.</param>
    /// <returns>Whether the record is written again.</returns>
    private bool Change(IReadOnlyList<ErrorKind> kinds, long errors, long[]? counts)
    {
        bool twice = false;
        _program.Writers.CopyTo(_changed, 0);
        _program.Writers.CopyTo(_again, 0);
        for (int kind = 0; kind < kinds.Count; kind++)
        {
            if (((errors >> kind) & 1) == 0)
            {
                continue;
            }

            if (counts is not null)
            {
                counts[kind]++;
            }

            twice |= kinds[kind].IsTwice;
            foreach ((int column, FieldWriter writer) in kinds[kind].Changes)
            {
                _again[column] = writer;
                _changed[column] = kinds[kind].IsTwice ? _changed[column] : writer;
            }
        }

        return twice;
    }
}
