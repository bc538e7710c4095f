using Assay.Data;

namespace Assay.Store;

/// <summary>Writes rows to a server over a connection of its own, in one transaction, a buffer at a time.</summary>
internal abstract class ServerRowWriter : RowWriter
{
    private readonly TableStage _stage;
    private readonly RowBuffer _buffer;
    private readonly CancellationToken _cancellationToken;
    private long _rows;
    private bool _isEnded;

    /// <summary>Makes the writer; it counts as open from here on.</summary>
    /// <param name="stage">The stage it writes to.</param>
    /// <param name="buffer">What the rows go through.</param>
    /// <param name="cancellationToken">Stops it between buffers.</param>
    protected ServerRowWriter(TableStage stage, RowBuffer buffer, CancellationToken cancellationToken)
    {
        _stage = stage;
        _buffer = buffer;
        _cancellationToken = cancellationToken;
    }

    public override void Add(RowBatch rows)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        _cancellationToken.ThrowIfCancellationRequested();
        for (int row = 0; row < rows.Count;)
        {
            row = _buffer.Append(rows, row);
            if (_buffer.IsFull)
            {
                SendBuffer();
            }
        }

        _rows += rows.Count;
    }

    public override long Complete()
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        if (_buffer.Length > 0)
        {
            SendBuffer();
        }

        Guard(Commit);
        _stage.RowsWritten(_rows);
        End();
        return _rows;
    }

    public override void Dispose()
    {
        if (!_isEnded)
        {
            try
            {
                Abandon();
            }
            catch (Exception e) when (IsFailure(e))
            {
                // Nothing was committed, and the server undoes what a closed connection leaves.
            }
            finally
            {
                End();
            }
        }
    }

    /// <summary>Sends what the buffer holds.</summary>
    protected abstract void Send(RowBuffer buffer);

    /// <summary>Ends the load and commits.</summary>
    protected abstract void Commit();

    /// <summary>Ends the load and undoes it.</summary>
    protected abstract void Abandon();

    /// <summary>Gives the connection back.</summary>
    protected abstract void Close();

    /// <summary>Whether an exception is the driver's.</summary>
    protected abstract bool IsFailure(Exception exception);

    /// <summary>Says what a failure of the driver means.</summary>
    protected abstract EngineException Explain(Exception cause);

    private void SendBuffer()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        Guard(() => Send(_buffer));
        _buffer.Clear();
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw Explain(e);
        }
    }

    private void End()
    {
        _isEnded = true;
        _stage.WriterEnded();
        Close();
    }
}
