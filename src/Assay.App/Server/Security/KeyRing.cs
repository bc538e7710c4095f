using System.Collections.Concurrent;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>The keys as requests meet them: looked up in the database, and remembered for a few seconds, so that a key that
/// is taken away is of no use soon after.</summary>
/// <param name="keys">The keys.</param>
/// <param name="time">Tells the time.</param>
internal sealed class KeyRing(ApiKeys keys, TimeProvider time)
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, ApiKeyEntry? Holder)> _known = new(StringComparer.Ordinal);
    private (DateTimeOffset At, bool Any)? _any;

    /// <summary>Whether requests need a key: as soon as there is one.</summary>
    public bool IsNeeded
    {
        get
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_any is not { } known || now - known.At > Memory)
            {
                _any = known = (now, keys.List().Count > 0);
            }

            return known.Any;
        }
    }

    /// <summary>Who holds a key; null when nobody does.</summary>
    public ApiKeyEntry? Find(string key)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_known.TryGetValue(key, out (DateTimeOffset At, ApiKeyEntry? Holder) known) && now - known.At <= Memory)
        {
            return known.Holder;
        }

        if (_known.Count >= MostRemembered)
        {
            _known.Clear();
        }

        ApiKeyEntry? holder = keys.Find(key);
        _known[key] = (now, holder);
        return holder;
    }
}
