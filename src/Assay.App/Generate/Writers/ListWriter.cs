namespace Assay.App.Generate;

/// <summary>Writes one of a list of texts: the one whose index a slot holds.</summary>
internal sealed class ListWriter : FieldWriter
{
    private readonly int _slot;
    private readonly byte[] _text;
    private readonly int[] _begins;

    /// <summary>Lays the texts out in one array, which stays in the cache.</summary>
    /// <param name="slot">The slot with the index.</param>
    /// <param name="texts">The texts in UTF-8.</param>
    /// <param name="special">Whether one of them must be escaped.</param>
    public ListWriter(int slot, IReadOnlyList<byte[]> texts, bool special)
        : base(texts.Max(text => text.Length), special)
    {
        _slot = slot;
        _text = new byte[texts.Sum(text => text.Length)];
        _begins = new int[texts.Count + 1];
        for (int i = 0; i < texts.Count; i++)
        {
            texts[i].CopyTo(_text, _begins[i]);
            _begins[i + 1] = _begins[i] + texts[i].Length;
        }
    }

    /// <inheritdoc/>
    public override int Write(RowBlock block, int index, Span<byte> destination)
    {
        long entry = block.Values[_slot][index];
        int begin = _begins[entry];
        int length = _begins[entry + 1] - begin;
        _text.AsSpan(begin, length).CopyTo(destination);
        return length;
    }
}
