using System.CommandLine;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Webhook.Certificates;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy certs init|renew|show [DIR]</c>: the certificates of the webhook, in a folder.</summary>
internal sealed class CertsCommand
{
    private readonly Terminal terminal;
    private readonly string shownFolder;
    private readonly CertificateFolder folder;

    private CertsCommand(Terminal terminal, string folder) =>
        (this.terminal, shownFolder, this.folder) = (terminal, folder, new(Path.Combine(terminal.WorkingDirectory, folder)));

    private DateTimeOffset Now => terminal.Clock.GetUtcNow();

    /// <summary>The command with its three verbs.</summary>
    public static Command Create(Terminal terminal) => new("certs", "Makes, renews and shows the webhook's certificates.")
    {
        Init(terminal), Renew(terminal), Show(terminal),
    };

    private static Command Init(Terminal terminal)
    {
        var (options, client) = (new CertsOptions(),
            new Option<string?>("--client")
            {
                HelpName = "CN",
                Description =
                    "Also make an authority for callers, and a client certificate with this common name for the API server.",
            });
        var command = new Command(
            "init",
            "Makes an authority and a serving certificate where there are none. What is there and good is kept.") { options.Folder, options.Hosts, client, options.Days, options.AuthorityDays };
        command.SetAction(parsed => Guarded(
            terminal, parsed.GetRequiredValue(options.Folder),
            certs => certs.Init(options.Names(parsed), parsed.GetValue(client), options.Lifetimes(parsed))));
        return command;
    }

    private static Command Renew(Terminal terminal)
    {
        var options = new CertsOptions();
        var within = new Option<int?>("--within")
        {
            HelpName = "DAYS",
            Description = "Only what ends within so many days; everything otherwise.",
        };
        var authority = new Option<bool>("--authority")
        {
            Description =
                "Make a new authority instead, to be trusted beside the old one; certificates come from it at the next renewal.",
        };
        var retire = new Option<bool>("--retire")
        {
            Description = "Instead, no longer trust authorities that vouch for nothing in the folder.",
        };
        var command = new Command(
            "renew",
            "Issues the certificates anew, for the names they have.") { options.Folder, options.Hosts, within, authority, retire,
                options.Days, options.AuthorityDays };
        command.SetAction(parsed => Guarded(
            terminal, parsed.GetRequiredValue(options.Folder),
            certs => (parsed.GetValue(authority), parsed.GetValue(retire)) switch
            {
                (true, true) => throw new UsageException("`--authority` begins what `--retire` ends; give one of them"),
                (true, _) => certs.AddAuthorities(options.Lifetimes(parsed)),
                (_, true) => certs.Retire(),
                _ => certs.Renew(options.Given(parsed), parsed.GetValue(within), options.Lifetimes(parsed)),
            }));
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var options = new CertsOptions();
        var within = new Option<int>("--within")
        {
            HelpName = "DAYS",
            Description = "Fail when one ends within so many days. Default: 0, those that have ended.",
            DefaultValueFactory = static _ => 0,
        };
        var command = new Command(
            "show",
            "Shows whom the certificates are for and until when they hold; fails when one does not.") { options.Folder, within };
        command.SetAction(parsed => Guarded(
            terminal, parsed.GetRequiredValue(options.Folder), certs => certs.Show(TimeSpan.FromDays(parsed.GetValue(within)))));
        return command;
    }

    private static int Guarded(Terminal terminal, string folder, Func<CertsCommand, int> run)
    {
        try
        {
            return run(new(terminal, folder));
        }
        catch (CertificateException e)
        {
            // as the user gave it
            throw new UsageException(e.Message.Replace(
                terminal.WorkingDirectory + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
        }
    }

    private int Init(string[] names, string? client, CertificateLifetimes lifetimes)
    {
        Keep("tls.crt", folder.IsFilled, () => folder.Fill(names, Now, lifetimes));
        if (client is not null) Keep("client.crt", folder.HasClient, () => folder.FillClient(client, Now, lifetimes));
        return ExitCode.Passed;
    }

    private void Keep(string file, bool isThere, Action make)
    {
        if (!isThere) make();
        var made = folder.Show().Single(shown => shown.File == file);
        var path = Path.Combine(shownFolder, file);
        if (made.NotAfter <= Now || made.Trouble is not null)
            throw new CertificateException($"{path} is there, but {made.Trouble ?? $"expired on {Day(made.NotAfter)}"}; `gitops-policy certs renew {shownFolder}` makes a new one");
        terminal.Out.WriteLine(
            $"{(isThere ? "kept   " : "written")}  {path}, for {string.Join(", ", made.Names)}, until {Day(made.NotAfter)}");
    }

    private int Renew(string[] names, int? within, CertificateLifetimes lifetimes)
    {
        var renewed = folder.Renew(names, within is { } days ? Now.AddDays(days) : DateTimeOffset.MaxValue, Now, lifetimes);
        foreach (var file in renewed) terminal.Out.WriteLine($"written  {Shown(file)}");
        if (renewed.IsEmpty) terminal.Out.WriteLine($"nothing ends within {within} days");
        return ExitCode.Passed;
    }

    private int AddAuthorities(CertificateLifetimes lifetimes)
    {
        foreach (var file in folder.AddAuthorities(Now, lifetimes)) terminal.Out.WriteLine($"written  {Shown(file)}");
        terminal.Error.WriteLine($"next: put {Path.Combine(shownFolder, "ca.crt")} wherever the old one is trusted, then `gitops-policy certs renew {shownFolder}`, and at last `gitops-policy certs renew --retire {shownFolder}`");
        return ExitCode.Passed;
    }

    private int Retire()
    {
        var retired = folder.Retire();
        foreach (var (file, count) in retired) terminal.Out.WriteLine($"written  {Shown(file)}, without {count} it had before");
        if (retired.IsEmpty) terminal.Out.WriteLine("every authority is still needed");
        return ExitCode.Passed;
    }

    private int Show(TimeSpan within)
    {
        var rows = folder.Show().Select(shown => (Shown: shown, Ending: Ending(shown, within))).ToList();
        var (fileWidth, nameWidth) = (rows.Max(static row => row.Shown.File.Length),
            rows.Max(static row => Names(row.Shown).Length));
        foreach (var (shown, ending) in rows)
            terminal.Out.WriteLine($"{shown.File.PadRight(fileWidth)}  {Names(shown).PadRight(nameWidth)}  {shown.Serial}  until {Day(shown.NotAfter)}  {ending.Text}");
        return rows.Exists(static row => row.Ending.IsBad) ? ExitCode.Failed : ExitCode.Passed;
    }

    private (bool IsBad, string Text) Ending(ShownCertificate shown, TimeSpan within) => (shown.Trouble,
        shown.NotAfter - Now) switch
    {
        ({ } trouble, _) => (true, trouble),
        (_, var left) when left <= TimeSpan.Zero => (true, $"expired {(int)-left.TotalDays} days ago"),
        _ when shown.NotBefore > Now => (true, $"does not hold before {Day(shown.NotBefore)}"),
        (_, var left) => (left < within, $"{(int)left.TotalDays} days left"),
    };

    private string Shown(string file) => Path.Combine(shownFolder, Path.GetFileName(file));

    private static string Names(ShownCertificate shown) => string.Join(", ", shown.Names);

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd");
}
