using System.Text;
using System.Text.Json;

namespace Assay.Read;

/// <summary>
/// Walks through the part of a document that is not records: before them, to the place where they begin, and after
/// them, to the document's end. A value longer than the limit is a fault there.
/// </summary>
internal sealed class DocumentWalk(IEnumerable<string> path, int limit)
{
    /// <summary>As deep as a record may be.</summary>
    private const int MostLevels = JsonSyntax.MostLevels;

    /// <summary>So many names are told when the one that is needed is not there.</summary>
    private const int MostTold = 30;

    /// <summary>Room for white space and a comma before a value that is not too long itself.</summary>
    private const int Around = 1024;

    private static ReadOnlySpan<byte> Space => " \n\r\t"u8;

    private readonly byte[][] _path = [.. path.Select(Encoding.UTF8.GetBytes)];
    private readonly int _limit = limit;
    private readonly List<string> _names = [];
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MostLevels });
    private int _matched;
    private bool _isNext;

    /// <summary>Whether the records, or null in their place, were found.</summary>
    public bool HasRecords { get; private set; }

    /// <summary>The names at the level where the path's next name should be, some of them if they are many.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>What stands where the records should be, in words, when that cannot be.</summary>
    public string Instead { get; private set; } = "";

    /// <summary>Walks on.</summary>
    /// <param name="text">The text that follows what was used.</param>
    /// <param name="final">Whether the file ends with it.</param>
    /// <param name="used">How many bytes of it were used; up to the fault, if there is one.</param>
    /// <param name="fault">What is wrong with the document, in words; null when nothing is.</param>
    /// <returns>Where the walk has come.</returns>
    public WalkOutcome Go(ReadOnlySpan<byte> text, bool final, out int used, out string? fault)
    {
        var reader = new Utf8JsonReader(text, final, _state);
        WalkOutcome outcome = WalkOutcome.More;
        fault = null;
        try
        {
            while (outcome == WalkOutcome.More && reader.Read())
            {
                outcome = reader.ValueSpan.Length > _limit ? WalkOutcome.Fault : Step(ref reader);
                fault = outcome == WalkOutcome.Fault ? Words(reader.ValueSpan.Length) : null;
            }
        }
        catch (JsonException)
        {
            used = Viable(text);
            fault = Words(used < text.Length ? text[used] : null);
            return WalkOutcome.Fault;
        }

        used = (int)reader.BytesConsumed;
        if (outcome == WalkOutcome.More && text[used..].TrimStart(Space).IsEmpty)
        {
            // The reader leaves white space where it cannot know yet what follows; there may be any amount.
            used = text.Length;
        }

        if (used == 0 && text.Length > _limit + Around)
        {
            fault = Words(text.Length);
            used = text.Length - text.TrimStart([.. Space, (byte)',', (byte)':']).Length;
            return WalkOutcome.Fault;
        }

        if (outcome == WalkOutcome.Fault)
        {
            used = (int)reader.TokenStartIndex;
            return outcome;
        }

        _state = reader.CurrentState;
        used -= outcome == WalkOutcome.Single ? 1 : 0;
        return outcome == WalkOutcome.More && final ? WalkOutcome.End : outcome;
    }

    /// <summary>Takes note that the list or the object that was come to is closed.</summary>
    /// <param name="closer">The byte that closes it.</param>
    public void Close(byte closer)
    {
        var reader = new Utf8JsonReader([closer], isFinalBlock: false, _state);
        reader.Read();
        _state = reader.CurrentState;
    }

    private WalkOutcome Step(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _isNext = reader.CurrentDepth == _matched + 1 && _matched < _path.Length && IsName(ref reader, _path[_matched]);
                Tell(ref reader);
                return WalkOutcome.More;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _matched -= reader.CurrentDepth == _matched && _matched > 0 ? 1 : 0;
                return WalkOutcome.More;
        }

        bool isRoot = reader.CurrentDepth == 0;
        bool isHere = isRoot ? _path.Length == 0 : _isNext && _matched == _path.Length - 1;
        bool isOnPath = isRoot || _isNext;
        _isNext = false;
        if (isHere)
        {
            return Come(ref reader, isRoot);
        }

        if (isRoot && reader.TokenType != JsonTokenType.StartObject)
        {
            Instead = Name(reader.TokenType);
            return WalkOutcome.Wrong;
        }

        if (isOnPath && !isRoot && reader.TokenType == JsonTokenType.StartObject)
        {
            _matched++;
            _names.Clear();
        }

        return WalkOutcome.More;
    }

    private WalkOutcome Come(ref Utf8JsonReader reader, bool isRoot)
    {
        if (HasRecords)
        {
            return WalkOutcome.Fault;
        }

        HasRecords = true;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                return WalkOutcome.Records;
            case JsonTokenType.StartObject:
                return WalkOutcome.Single;
            case JsonTokenType.Null when !isRoot:
                return WalkOutcome.More;
            default:
                Instead = Name(reader.TokenType);
                return WalkOutcome.Wrong;
        }
    }

    private void Tell(ref Utf8JsonReader reader)
    {
        if (!HasRecords && reader.CurrentDepth == _matched + 1 && _names.Count < MostTold)
        {
            _names.Add(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    /// <summary>How many bytes of the text can begin a document: the reader refuses those and one more, but may say so late.</summary>
    private int Viable(ReadOnlySpan<byte> text)
    {
        int good = 0;
        int bad = text.Length + 1;
        while (bad - good > 1)
        {
            int middle = good + ((bad - good) / 2);
            (good, bad) = IsViable(text[..middle]) ? (middle, bad) : (good, middle);
        }

        return good;
    }

    private bool IsViable(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, _state);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private string Words(int length) => length > _limit
        ? $"a value outside of the records is longer than {_limit} bytes"
        : "the records are there a second time";

    private string Words(byte? found) => found switch
    {
        null => "the file ends before the document does",
        _ when _path.Length == 0 && HasRecords =>
            "something follows the document; if the file has one object a line, its format is JSON lines",
        (byte)'{' or (byte)'[' => JsonFault.Words($"well-formed JSON, nested no deeper than {MostLevels} levels,", found),
        _ => JsonFault.Words("well-formed JSON", found),
    };

    private static bool IsName(ref Utf8JsonReader reader, byte[] name)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan.SequenceEqual(name);
        }

        byte[] text = new byte[reader.ValueSpan.Length];
        return text.AsSpan(0, JsonText.Unescape(reader.ValueSpan, text, out _)).SequenceEqual(name);
    }

    private static string Name(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}
