using System.Text;

namespace Assay.Data.Tests;

public sealed class TextPoolTests
{
    [Fact]
    public void Intern_WhenManyTexts_ThenEachHasOneCode()
    {
        var pool = new TextPool();
        var codes = new Dictionary<string, int>();
        var random = new Random(4);
        for (int i = 0; i < 50_000; i++)
        {
            string text = new('x', random.Next(40) == 0 ? random.Next(3000) : random.Next(3));
            text += random.Next(5000).ToString();
            int code = random.Next(2) == 0 ? pool.Intern(text) : pool.Intern(Encoding.UTF8.GetBytes(text));
            if (!codes.TryAdd(text, code))
            {
                Assert.Equal(codes[text], code);
            }
        }

        Assert.Equal(codes.Count, pool.Count);
        Assert.Equal(Enumerable.Range(0, pool.Count), codes.Values.Order());
        foreach ((string text, int code) in codes)
        {
            Assert.Equal(text, pool.GetString(code));
        }
    }

    [Fact]
    public void Find_WhenATextIsKnownOrNot_ThenGivesItsCodeOrNoneAndAddsNothing()
    {
        var pool = new TextPool();
        Assert.Equal(-1, pool.Find("a"u8));
        for (int i = 0; i < 1000; i++)
        {
            pool.Intern($"text {i}");
        }

        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(i, pool.Find(Encoding.UTF8.GetBytes($"text {i}")));
            Assert.Equal(-1, pool.Find(Encoding.UTF8.GetBytes($"texts {i}")));
        }

        Assert.Equal(1000, pool.Count);
    }

    [Fact]
    public void Intern_WhenEmptyOrNotAscii_ThenKept()
    {
        var pool = new TextPool();
        int empty = pool.Intern("");
        int accented = pool.Intern("é😀");
        Assert.Equal(empty, pool.Intern([]));
        Assert.Equal("é😀"u8.ToArray(), pool[accented].ToArray());
        Assert.Equal(0, pool[empty].Length);
    }

    [Fact]
    public void Intern_WhenTheTextLiesInThePoolItself_ThenRightEvenAsItGrows()
    {
        var pool = new TextPool();
        int code = pool.Intern(new string('a', 4000) + "tail");
        int tail = pool.Intern(pool[code][3500..]);
        Assert.Equal(new string('a', 500) + "tail", pool.GetString(tail));
    }

    [Fact]
    public void TrimIfLarge_WhenWithinLimits_ThenKeepsCodes()
    {
        var pool = new TextPool(limit: 3);
        int a = pool.Intern("a");
        pool.Intern("b");
        pool.Intern("c");
        Assert.False(pool.TrimIfLarge());
        Assert.Equal((0, 3, a), (pool.Generation, pool.Count, pool.Intern("a")));
    }

    [Fact]
    public void TrimIfLarge_WhenTooMany_ThenEmptyAndUsableAgain()
    {
        var pool = new TextPool(limit: 100);
        for (int round = 1; round <= 3; round++)
        {
            for (int i = 0; i < 2000; i++)
            {
                Assert.Equal(i, pool.Intern($"text {round} {i}"));
            }

            Assert.True(pool.TrimIfLarge());
            Assert.Equal((round, 0), (pool.Generation, pool.Count));
        }

        Assert.Equal(0, pool.Intern("text 1 5"));
        Assert.Equal("text 1 5", pool.GetString(0));
    }

    [Fact]
    public void TrimIfLarge_WhenTooManyBytes_ThenEmpties()
    {
        var pool = new TextPool(limit: 10);
        pool.Intern(new string('x', 640));
        Assert.False(pool.TrimIfLarge());
        pool.Intern(new string('y', 2000));
        Assert.True(pool.TrimIfLarge());
        Assert.Equal(0, pool.Intern("x"));
    }

    [Fact]
    public void TrimIfLarge_WhenThereIsNoLimit_ThenNeverEmpties()
    {
        var pool = new TextPool(int.MaxValue);
        pool.Intern(new string('x', 100_000));
        Assert.False(pool.TrimIfLarge());
    }
}
