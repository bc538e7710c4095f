using Assay.App.Generate;

namespace Assay.App.MockApi;

/// <summary>In which order the records of a resource are listed: as they are, but for those listed twice or left out.</summary>
internal sealed class RecordOrder
{
    // So far behind that some come in the next page, as when records are added while somebody is paging.
    private const int Behind = 3;

    private readonly int[]? _places;
    private readonly int _count;

    private RecordOrder(int[]? places, int count)
    {
        _places = places;
        _count = count;
    }

    /// <summary>How many places there are: the total that the API declares.</summary>
    public int Count => _count;

    /// <summary>The record of a place; below 0 when it is left out.</summary>
    public int this[int place] => _places is null ? place : _places[place];

    /// <summary>These records, in their order.</summary>
    public static RecordOrder Of(IReadOnlyList<int> records) => new([.. records], records.Count);

    /// <summary>Those of the places whose records are wanted; the records that are left out, too, so that they count.</summary>
    /// <param name="isWanted">Tells of a record's number.</param>
    public RecordOrder Where(Func<int, bool> isWanted)
    {
        int[] places = [.. Enumerable.Range(0, _count).Select(place => this[place]).Where(index => isWanted(index < 0 ? ~index : index))];
        return new RecordOrder(places, places.Length);
    }

    /// <summary>Draws which records are listed twice, and which are left out though they count.</summary>
    /// <param name="resource">The resource's name: each has draws of its own.</param>
    /// <param name="count">How many records there are.</param>
    /// <param name="settings">The shares, and the seed.</param>
    public static RecordOrder Draw(string resource, int count, MockApiSettings settings)
    {
        if (settings is { DuplicateRate: 0, MissingRate: 0 })
        {
            return new RecordOrder(null, count);
        }

        ulong twice = RandomStream.Key(settings.Seed, RandomStream.Number($"{resource}/twice"));
        ulong missing = RandomStream.Key(settings.Seed, RandomStream.Number($"{resource}/missing"));
        var places = new List<int>(count);
        for (int i = 0; i < count + Behind; i++)
        {
            if (i < count)
            {
                places.Add(Share(missing, i) < settings.MissingRate ? ~i : i);
            }

            if (i >= Behind && Share(twice, i - Behind) < settings.DuplicateRate)
            {
                places.Add(i - Behind);
            }
        }

        return new RecordOrder([.. places], places.Count);
    }

    private static double Share(ulong key, int index) => FaultSequence.Share(RandomStream.Draw(key, index));
}
