using System.CommandLine;
using Assay.Store;

namespace Assay.App.Cli;

/// <summary><c>assay serve keys</c>: the API keys of those who may use the server.</summary>
internal static class KeysCommand
{
    private const int LongestName = 64;

    public static Command Create() => new("keys", "Makes, lists and takes away the API keys of those who may use the server.")
    {
        CreateAdd(),
        CreateList(),
        CreateRemove(),
    };

    private static Argument<string> Name()
    {
        var name = new Argument<string>("name") { Description = "Whose key it is; what its holder does is noted under this name." };
        name.Validators.Add(result =>
        {
            string text = result.GetValueOrDefault<string>() ?? "";
            if (text.Length is 0 or > LongestName || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '@'))
            {
                result.AddError($"a key's name has up to {LongestName} of a-z, 0-9, `_`, `-`, `.` and `@`; `{text}` has others");
            }
        });
        return name;
    }

    private static Command CreateAdd()
    {
        Argument<string> name = Name();
        var role = new Option<string>("--role")
        {
            Description = "What it allows: read looks, run also starts jobs, admin does everything.",
            DefaultValueFactory = _ => "read",
        };
        role.AcceptOnlyFromAmong("read", "run", "admin");
        var command = new Command("add", "Makes a key and prints it, once: only its hash is kept.") { name, role };
        command.SetAction(parsed => CommandErrors.Guard(() =>
        {
            using JobDatabase jobs = JobDatabase.Open(AssayHome.FromEnvironment());
            string given = parsed.GetRequiredValue(name);
            ApiRole allowed = Enum.Parse<ApiRole>(parsed.GetRequiredValue(role), ignoreCase: true);
            string key = jobs.Keys.Add(given, allowed, TimeProvider.System.GetUtcNow())
                ?? throw new UsageException($"there is a key named `{given}` already; choose another name, or take it away first: assay serve keys remove {given}");
            Console.Error.WriteLine("the key, which is shown only now; send it as `Authorization: Bearer KEY`:");
            Console.Out.WriteLine(key);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "Lists the keys: name, role, and since when.");
        command.SetAction(_ => CommandErrors.Guard(() =>
        {
            using JobDatabase jobs = JobDatabase.Open(AssayHome.FromEnvironment());
            foreach (ApiKeyEntry key in jobs.Keys.List())
            {
                Console.Out.WriteLine(FormattableString.Invariant($"{key.Name}\t{ApiKeys.Text(key.Role)}\t{key.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}"));
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command CreateRemove()
    {
        Argument<string> name = Name();
        var command = new Command("remove", "Takes a key away; a server that runs knows within seconds.") { name };
        command.SetAction(parsed => CommandErrors.Guard(() =>
        {
            using JobDatabase jobs = JobDatabase.Open(AssayHome.FromEnvironment());
            string given = parsed.GetRequiredValue(name);
            return jobs.Keys.Remove(given) ? ExitCodes.Done : throw new UsageException($"there is no key named `{given}`; see: assay serve keys list");
        }));
        return command;
    }
}
