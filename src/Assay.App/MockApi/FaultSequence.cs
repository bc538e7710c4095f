using Assay.App.Generate;

namespace Assay.App.MockApi;

/// <summary>
/// The faults that an address gives, request by request: a function of the seed, the address and how often it was
/// asked for, so that a run repeats whatever its concurrency.
/// </summary>
/// <remarks>A client that waits and asks again gets through: no address gives the same fault more than
/// <see cref="MostAlike"/> times in a row, nor more than <see cref="MostInARow"/> faults.</remarks>
internal sealed class FaultSequence
{
    /// <summary>How often in a row an address gives the same fault.</summary>
    public const int MostAlike = 2;

    /// <summary>How many faults in a row an address gives: a client that tries four times gets through.</summary>
    public const int MostInARow = 3;

    private static readonly FaultKind[] Kinds =
        [FaultKind.Fail, FaultKind.RateLimit, FaultKind.Reset, FaultKind.Truncate, FaultKind.Malformed];

    private readonly double[] _bounds;
    private readonly ulong _key;
    private FaultKind _last;
    private int _alike;
    private int _inARow;

    /// <summary>Starts an address.</summary>
    /// <param name="settings">The seed and the shares.</param>
    /// <param name="address">The address: path and query.</param>
    public FaultSequence(MockApiSettings settings, string address)
    {
        double bound = 0;
        _bounds = [.. Rates(settings).Select(rate => bound += rate)];
        _key = RandomStream.Key(settings.Seed, RandomStream.Number(address));
    }

    /// <summary>How often the address was asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>The shares of the faults, in the order of their kinds.</summary>
    public static IReadOnlyList<double> Rates(MockApiSettings settings) =>
        [settings.FailRate, settings.RateLimitRate, settings.ResetRate, settings.TruncateRate, settings.MalformedRate];

    /// <summary>The fault of the next request.</summary>
    public RequestFault Next()
    {
        ulong draw = RandomStream.Draw(_key, Asked++);
        int place = Array.FindIndex(_bounds, bound => Share(draw) < bound);
        FaultKind kind = place < 0 ? FaultKind.None : Kinds[place];
        if (kind != FaultKind.None && ((kind == _last && _alike == MostAlike) || _inARow == MostInARow))
        {
            kind = FaultKind.None;
        }

        _alike = kind == _last ? _alike + 1 : 1;
        _inARow = kind == FaultKind.None ? 0 : _inARow + 1;
        _last = kind;
        return new RequestFault(kind, (draw & 1) == 1);
    }

    /// <summary>Turns 64 uniform bits into a number from 0 to below 1.</summary>
    public static double Share(ulong draw) => (draw >> 11) * (1.0 / (1UL << 53));
}
