using System.Globalization;

namespace Assay.App.Tests.EndToEnd;

/// <summary>Random receipts with random faults, repaired bit by bit: silver is what a rebuild makes of it, and in the end what the truth would have been.</summary>
public sealed class ReplayPropertyTests : IDisposable
{
    private const int Count = 30;

    private readonly RepairShop _shop = new();
    private readonly RepairShop _direct = new();

    public void Dispose()
    {
        _shop.Dispose();
        _direct.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Replay_WhenRepairedBitByBit_ThenEndsAtTheTruth(int seed)
    {
        var random = new Random(seed);
        (string Truth, string Dirty)[] records = [.. Receipts(random)];
        _shop.Load(RepairShop.People, RepairShop.Day(records.Select(record => record.Dirty)));
        _direct.Load(RepairShop.People, RepairShop.Day(records.Select(record => record.Truth)));

        var places = Enumerable.Range(0, records.Length).ToDictionary(i => ("tills.xml", i + 1));
        for (int round = 1; round <= 3; round++)
        {
            string[] export = _shop.Export("tills").Split('\n', StringSplitOptions.RemoveEmptyEntries);

            // Receipts go whole, some of them as bad as they were; in the last round all are made right.
            HashSet<string> taken = [.. Enumerable.Range(0, Count).Where(_ => round == 3 || random.Next(2) == 0).Select(Name)];
            HashSet<string> mended = [.. taken.Where(_ => round == 3 || random.Next(3) > 0)];
            var rows = new List<string>();
            foreach (string line in export.Skip(1))
            {
                // After a rebuild the files go by their paths in bronze, which end with their names.
                string[] cells = line.Split(',');
                int record = places.First(place => cells[^4].EndsWith(place.Key.Item1, StringComparison.Ordinal) && cells[^3] == $"{place.Key.Item2}").Value;
                string receipt = records[record].Truth[..3];
                if (taken.Contains(receipt))
                {
                    rows.Add(mended.Contains(receipt) ? $"{records[record].Truth.Replace('|', ',')},,{string.Join(',', cells[^4..])}" : line);
                    places[($"round-{round}.csv", rows.Count)] = record;
                }
            }

            _shop.Replayed(string.Join('\n', export.Take(1).Concat(rows)) + "\n", $"round-{round}.csv");

            (var gold, var silver) = (_shop.Gold(), _shop.Silver());
            Assert.Contains($"\"receipts\": {{\n      \"read\": {records.Length},", Text(gold["summary.json"]), StringComparison.Ordinal);
            Assert.Contains($"\"items\": {{\n      \"read\": {records.Length},", Text(gold["summary.json"]), StringComparison.Ordinal);
            _shop.Load(RepairShop.People, RepairShop.Day(records.Select(record => record.Dirty)), "--full-refresh");
            Assert.Equal(Text(gold["summary.json"]), Text(_shop.Gold()["summary.json"]));
            Assert.Equal(gold, _shop.Gold());
            Assert.Equal(silver, _shop.Silver());
        }

        Assert.Equal(_direct.Gold(), _shop.Gold());
        Assert.Equal(_direct.Silver(), _shop.Silver());
    }

    private static string Text(string hex) => System.Text.Encoding.UTF8.GetString(Convert.FromHexString(hex));

    private static string Name(int receipt) => string.Create(CultureInfo.InvariantCulture, $"R{receipt:00}");

    private static IEnumerable<(string Truth, string Dirty)> Receipts(Random random)
    {
        for (int receipt = 0; receipt < Count; receipt++)
        {
            string head = string.Create(
                CultureInfo.InvariantCulture, $"{Name(receipt)}|2026-{random.Next(1, 4):00}-{random.Next(1, 28):00}T10:00:00|{random.Next(5)}|{random.Next(1, 1000)}");

            // Articles repeat within a receipt, then with the same pieces.
            string[] lines = [.. Enumerable.Range(0, random.Next(2, 5)).Select(_ => random.Next(3)).Select(article => $"{head}|a{article}|{article + 1}")];
            int kind = random.Next(5);
            switch (kind)
            {
                case 0:
                    // The first disagrees with the others in the total.
                    yield return (lines[0], lines[0].Replace(head, head + "1", StringComparison.Ordinal));
                    break;
                case 1:
                    // A line comes once more, with other pieces.
                    yield return (lines[0], $"{lines[0]}1");
                    yield return (lines[0], lines[0]);
                    break;
                default:
                    lines = [lines[0], .. lines];
                    yield return (lines[0], Spoiled(lines[0], random));
                    break;
            }

            bool isClean = kind < 2 || random.Next(2) == 0;
            foreach (string line in lines.Skip(1))
            {
                yield return (line, isClean ? line : Spoiled(line, random));
            }
        }
    }

    private static string Spoiled(string line, Random random)
    {
        string[] cells = line.Split('|');
        switch (random.Next(6))
        {
            case 0:
                cells[1] = "soon";
                break;
            case 1:
                cells[4] = "";
                break;
            case 2:
                cells[5] = "500";
                break;
        }

        return string.Join('|', cells);
    }
}
