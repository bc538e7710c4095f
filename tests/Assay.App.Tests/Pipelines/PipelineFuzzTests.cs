using System.Text;
using Assay.App.Pipelines;

namespace Assay.App.Tests.Pipelines;

/// <summary>Whatever happens to a pipeline's file, reading it gives a pipeline or says what is wrong, and comes to an end.</summary>
public sealed class PipelineFuzzTests
{
    private const string Pieces = "{}[]:,-'\"$&*!|>%@`#\t\n \\\0\uFEFF\uD800é0a(.)=<";

    private static readonly PipelineSettings Settings = new() { WorkingDirectory = AppContext.BaseDirectory };
    private static readonly string Sales = PipelineLoader.Load("sales", Settings).Text;

    public static TheoryData<string> Files => [Sales, JoinedKpiTests.Shop];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Parse_WhenTheFileIsMutated_ThenGivesAPipelineOrDefinitionErrors(string file)
    {
        int right = 0;
        int wrong = 0;
        Task run = Task.Run(() =>
        {
            for (int seed = 0; seed < 3_000; seed++)
            {
                if (Try(Mutate(file, new Random(seed)), seed))
                {
                    right++;
                }
                else
                {
                    wrong++;
                }
            }
        });
        await run.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(right > 100, $"{right} are right");
        Assert.True(wrong > 1_000, $"{wrong} are wrong");
    }

    private static bool Try(string text, int seed)
    {
        try
        {
            PipelineLoader.Parse(text, "sales.yaml", Settings);
            return true;
        }
        catch (DefinitionException exception)
        {
            int lines = text.Count(c => c == '\n') + 2;
            Assert.All(exception.Errors, error => Assert.True(error.Line >= 1 && error.Line <= lines && error.Column >= 1, $"seed {seed}: {error}"));
            Assert.Equal(exception.Errors.OrderBy(error => error.Line).ThenBy(error => error.Column), exception.Errors);
            return false;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {seed} throws {exception.GetType().Name}.", exception);
        }
    }

    private static string Mutate(string file, Random random)
    {
        var text = new StringBuilder(file);
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(text.Length);
            switch (random.Next(6))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 4), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    text[at] = Pieces[random.Next(Pieces.Length)];
                    break;
                case 3:
                    text.Insert(at, file.AsSpan(at % file.Length, Math.Min(random.Next(1, 40), file.Length - (at % file.Length))));
                    break;
                case 4:
                    text.Length = Math.Max(1, at);
                    break;
                default:
                    MoveLine(text, random);
                    break;
            }
        }

        return text.ToString();
    }

    private static void MoveLine(StringBuilder text, Random random)
    {
        List<string> lines = [.. text.ToString().Split('\n')];
        int from = random.Next(lines.Count);
        string line = lines[from];
        if (random.Next(2) == 0)
        {
            lines.RemoveAt(from);
        }

        if (random.Next(2) == 0)
        {
            lines.Insert(random.Next(lines.Count + 1), line);
        }

        text.Clear().AppendJoin('\n', lines);
        if (text.Length == 0)
        {
            text.Append(' ');
        }
    }
}
