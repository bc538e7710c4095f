using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>Longer than any key is: what is longer is nobody's, and not worth remembering.</summary>
    private const int LongestKey = 256;

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, ApiKeyEntry? Holder)> _known = new(StringComparer.Ordinal);
    private volatile Looked? _looked;

    /// <summary>Whether requests need a key: as soon as there is one.</summary>
    public bool IsNeeded
    {
        get
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_looked is not { } looked || now - looked.At > Memory)
            {
                _looked = looked = new Looked(now, keys.List().Count > 0);
            }

            return looked.Any;
        }
    }

    /// <summary>Who holds a key; null when nobody does.</summary>
    public ApiKeyEntry? Find(string key)
    {
        if (key.Length > LongestKey)
        {
            return null;
        }

        // Remembered by their hashes, so that memory holds no key.
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        DateTimeOffset now = time.GetUtcNow();
        if (_known.TryGetValue(hash, out (DateTimeOffset At, ApiKeyEntry? Holder) known) && now - known.At <= Memory)
        {
            return known.Holder;
        }

        if (_known.Count >= MostRemembered)
        {
            _known.Clear();
        }

        ApiKeyEntry? holder = keys.Find(key);
        _known[hash] = (now, holder);
        return holder;
    }

    /// <summary>Whether there was a key when it was looked.</summary>
    private sealed record Looked(DateTimeOffset At, bool Any);
}
