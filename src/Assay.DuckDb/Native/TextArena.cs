using System.Runtime.InteropServices;

namespace Assay.DuckDb.Native;

/// <summary>Memory for a chunk's texts, which stay where they are until it is appended.</summary>
internal sealed unsafe class TextArena : IDisposable
{
    private const int BlockBytes = 256 << 10;

    private readonly List<nint> _blocks = [];
    private byte* _next;
    private nuint _left;

    /// <summary>Room for a text.</summary>
    public byte* Take(int bytes)
    {
        if (_left < (nuint)bytes)
        {
            nuint size = (nuint)Math.Max(bytes, BlockBytes);
            _next = (byte*)NativeMemory.Alloc(size);
            _blocks.Add((nint)_next);
            _left = size;
        }

        byte* taken = _next;
        _next += bytes;
        _left -= (nuint)bytes;
        return taken;
    }

    /// <summary>Forgets every text. The first block is kept when it is one of the usual size.</summary>
    public void Clear()
    {
        if (_blocks.Count == 1 && (nuint)(_next - (byte*)_blocks[0]) + _left == BlockBytes)
        {
            _next = (byte*)_blocks[0];
            _left = BlockBytes;
            return;
        }

        Dispose();
    }

    public void Dispose()
    {
        foreach (nint block in _blocks)
        {
            NativeMemory.Free((void*)block);
        }

        _blocks.Clear();
        _next = null;
        _left = 0;
    }
}
