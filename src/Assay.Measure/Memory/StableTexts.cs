using Assay.Data;

namespace Assay.Measure.Memory;

/// <summary>Ids of texts that stay the same when a worker's text pool is emptied; group keys are kept by them.</summary>
internal sealed class StableTexts
{
    /// <summary>Never emptied: its size is the number of groups, which a KPI needs in any case.</summary>
    private readonly TextPool _texts = new();
    private int[] _ids = [];
    private int _generation = -1;

    public ReadOnlySpan<byte> Text(int id) => _texts[id];

    public int IdOf(ReadOnlySpan<byte> text) => _texts.Intern(text);

    /// <summary>Forgets the codes of the pool so far, as those of another come.</summary>
    public void TurnToOtherPool() => _generation = -1;

    /// <summary>The id of a text that is known by a pool's code; looked up once per code and generation.</summary>
    public int IdOf(TextPool pool, int code)
    {
        if (pool.Generation != _generation)
        {
            Array.Clear(_ids);
            _generation = pool.Generation;
        }

        if (code >= _ids.Length)
        {
            Array.Resize(ref _ids, Math.Max(pool.Count, code + 1) * 2);
        }

        if (_ids[code] == 0)
        {
            _ids[code] = _texts.Intern(pool[code]) + 1;
        }

        return _ids[code] - 1;
    }
}
