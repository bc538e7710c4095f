using System.Text;
using Assay.Data;

namespace Assay.Read;

/// <summary>The names met in objects at one place of the records: those asked for, and others, to tell which are there twice.</summary>
internal sealed class JsonNames
{
    /// <summary>The most names that are remembered from object to object. Objects that are keyed by values have more.</summary>
    private const int MostLearned = 4096;

    private readonly (byte[] Text, JsonNode Node)[] _asked;
    private readonly bool _tells;
    private readonly HashSet<string> _known;
    private readonly HashSet<string> _others = new(StringComparer.Ordinal);
    private readonly JsonName _head = new("\0"u8, null);
    private JsonName?[] _slots = [];
    private int _count;
    private long _object;

    /// <summary>Makes a table of the names asked for.</summary>
    /// <param name="asked">The names, each once.</param>
    /// <param name="tells">Whether <see cref="Fresh"/> is filled.</param>
    /// <param name="known">Names that are known though they are not asked for.</param>
    public JsonNames(IEnumerable<(string Name, JsonNode Node)> asked, bool tells, IEnumerable<string>? known = null)
    {
        _known = new HashSet<string>(known ?? [], StringComparer.Ordinal);
        _asked = [.. asked.Select(each => (Encoding.UTF8.GetBytes(each.Name), each.Node))];
        _tells = tells;
        Forget();
    }

    /// <summary>Names that were not asked for and met for the first time, or again when there are too many to remember.</summary>
    public List<string> Fresh { get; } = [];

    /// <summary>Whether the last of the names that are too many to remember is unknown: one of the records' top level that
    /// is neither asked for nor known.</summary>
    public bool IsUnremembered { get; private set; }

    /// <summary>Begins an object.</summary>
    /// <returns>What stands before its first name.</returns>
    public JsonName Begin()
    {
        _object++;
        if (_others.Count > 0)
        {
            _others.Clear();
        }

        return _head;
    }

    /// <summary>Takes note that the object has a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it had it before.</returns>
    public bool Meet(JsonName name)
    {
        bool repeated = name.Seen == _object;
        name.Seen = _object;
        return repeated;
    }

    /// <summary>Takes note that the object has a name, given its text.</summary>
    /// <param name="text">The text, escapes taken out.</param>
    /// <param name="repeated">Whether it had it before.</param>
    /// <returns>The name; null for one of those that are too many to remember.</returns>
    public JsonName? Meet(ReadOnlySpan<byte> text, out bool repeated)
    {
        int slot = Slot(text);
        JsonName? name = _slots[slot];
        if (name is not null)
        {
            repeated = Meet(name);
            return name;
        }

        if (_tells)
        {
            Fresh.Add(Encoding.UTF8.GetString(text));
        }

        if (_count - _asked.Length >= MostLearned)
        {
            // Latin-1 has a character for each byte: names that differ in invalid bytes only stay different.
            repeated = !_others.Add(Encoding.Latin1.GetString(text));
            IsUnremembered = Unknown(text, null) is not null;
            return null;
        }

        name = Add(text, null);
        repeated = Meet(name);
        return name;
    }

    /// <summary>Forgets all names but those asked for, as if none had been met. What is in <see cref="Fresh"/> stays there.</summary>
    public void Forget()
    {
        _slots = new JsonName?[64];
        _count = 0;
        _head.Next = _head;
        foreach ((byte[] text, JsonNode node) in _asked)
        {
            Add(text, node);
        }
    }

    private JsonName Add(ReadOnlySpan<byte> text, JsonNode? node)
    {
        if (2 * ++_count > _slots.Length)
        {
            JsonName?[] old = _slots;
            _slots = new JsonName?[old.Length * 2];
            foreach (JsonName? name in old)
            {
                if (name is not null)
                {
                    _slots[Slot(name.Text)] = name;
                }
            }
        }

        return _slots[Slot(text)] = new JsonName(text, node) { Unknown = Unknown(text, node) };
    }

    private string? Unknown(ReadOnlySpan<byte> text, JsonNode? node)
    {
        string? name = _tells && node is null ? Encoding.UTF8.GetString(text) : null;
        return name is null || _known.Contains(name) ? null : name;
    }

    /// <summary>The slot that has a name, or the free one where it belongs.</summary>
    private int Slot(ReadOnlySpan<byte> text)
    {
        int mask = _slots.Length - 1;
        int slot = (int)ByteHash.Of(text) & mask;
        while (_slots[slot] is { } name && !text.SequenceEqual(name.Text))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }
}
