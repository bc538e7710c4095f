using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Read;

/// <summary>A name in an object that is looked into.</summary>
internal sealed class JsonName
{
    // Compared where bytes past the text may be touched: so many are there.
    private const int LongestGuess = 64;

    private readonly byte[] _quoted;

    /// <summary>Makes a name.</summary>
    /// <param name="text">Its text, escapes taken out.</param>
    /// <param name="node">What is asked for under it, if anything.</param>
    public JsonName(ReadOnlySpan<byte> text, JsonNode? node)
    {
        Text = text.ToArray();
        Node = node;
        bool isPlain = text.Length <= LongestGuess && text.IndexOfAny((byte)'"', (byte)'\\') < 0 && !text.ContainsAnyInRange((byte)0, (byte)0x1F);
        _quoted = isPlain ? [.. text, (byte)'"'] : [];
        Next = this;
    }

    /// <summary>The name.</summary>
    public byte[] Text { get; }

    /// <summary>What is asked for under it; null when it is not.</summary>
    public JsonNode? Node { get; }

    /// <summary>The name once more, when it is one of the records' top level that is neither asked for nor known; else null.</summary>
    public string? Unknown { get; init; }

    /// <summary>The name that came after it the last time: most objects of a file have their names in one order.</summary>
    public JsonName Next { get; set; }

    /// <summary>The object in which it was met last.</summary>
    public long Seen { get; set; }

    /// <summary>The bytes it takes with its closing quote.</summary>
    public int QuotedLength => _quoted.Length;

    /// <summary>Whether the name and its closing quote stand somewhere; false also when it cannot be told so simply.</summary>
    /// <param name="bytes">The place after the opening quote.</param>
    /// <returns>Whether they do.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAt(ref byte bytes) =>
        _quoted.Length > 0 && MemoryMarshal.CreateReadOnlySpan(ref bytes, _quoted.Length).SequenceEqual(_quoted);
}
