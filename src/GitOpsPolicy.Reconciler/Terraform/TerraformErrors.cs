using System.Text;
using System.Text.RegularExpressions;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Terraform;

/// <summary>
/// What may be told of an error: its headline and its place. What stands below quotes values of the configuration and answers of
/// providers, in which anything may be.
/// </summary>
internal static partial class TerraformErrors
{
    private const int MaxHeadlines = 3;
    private const int MaxHeadline = 200;

    /// <summary>Tells why a run failed.</summary>
    /// <param name="what">What was run: <c>plan</c>.</param>
    /// <param name="run">What came of it.</param>
    /// <param name="secrets">Texts that must not be shown.</param>
    public static string Describe(string what, TerraformRun run, IEnumerable<string> secrets)
    {
        if (LockOf(run.Errors) is { } held) return held;
        var lines = run.Errors.Split('\n').Select(static line => Frame().Replace(line, "")).ToList();
        var told = new List<string>();
        for (var i = 0; i < lines.Count && told.Count < MaxHeadlines; i++)
        {
            if (!lines[i].StartsWith("Error: ", StringComparison.Ordinal)) continue;
            var place = lines.Skip(i + 1)
                .Take(6)
                .Select(static line => Place().Match(line))
                .FirstOrDefault(static match => match.Success);
            told.Add(lines[i]["Error: ".Length..].Trim() + (place is null
                ? ""
                : $" ({place.Groups[1].Value}:{place.Groups[2].Value})"));
        }

        var why = run.Stopped
            ?? (told.Count == 0
                ? $"it ends with exit code {run.ExitCode}"
                : string.Join("; ", told.Distinct(StringComparer.Ordinal).Select(Cut)));
        return SafeText.OneLine($"`{what}` failed: {LikelySecret().Replace(Mask(why, secrets), "(masked)")}");
    }

    /// <summary>Who holds the state's lock, in a sentence; null where nobody does.</summary>
    public static string? LockOf(string errors)
    {
        if (!errors.Contains("Error acquiring the state lock", StringComparison.Ordinal)) return null;
        var (who, doing, since, id) = (Field(errors, "Who"), Field(errors, "Operation"), Field(errors, "Created"),
            Field(errors, "ID"));
        // The backend `http` shows the one that asked in place of the one that holds it, of which it only knows the id.
        if (Holder().Match(errors) is { Success: true } known && known.Groups[1].Value != id)
            (who, doing, since, id) = ("", "", "", known.Groups[1].Value);
        var by = who.Length == 0 ? ", and its backend does not tell by whom" : $" by `{Cut(who)}`";
        var holder = $"the state is locked{by}{(doing.Length == 0 ? "" : $" for `{Cut(doing)}`")}{(since.Length == 0 ? "" : $" since {Cut(since)}")}; nothing was planned or applied";
        var release = id.Length == 0 ? "" : $" (`force-unlock {Cut(id)}`)";
        return SafeText.OneLine($"{holder}. It goes when that run ends; where none is running any more, look at the state and release the lock by hand{release}, which is never done here");
    }

    /// <summary>Providers other than those of a lock file are wanted.</summary>
    public static bool IsAboutLockFile(TerraformRun run) =>
        run.Errors.Contains("dependency changes detected", StringComparison.OrdinalIgnoreCase)
            || run.Errors.Contains("dependency lock file", StringComparison.OrdinalIgnoreCase);

    private static string Field(string text, string name)
    {
        foreach (var line in text.Split('\n'))
            if (Frame().Replace(line, "").TrimStart() is var field && field.StartsWith(name + ":", StringComparison.Ordinal))
                return field[(name.Length + 1)..].Trim();
        return "";
    }

    /// <summary>A text without some others.</summary>
    public static string Mask(string text, IEnumerable<string> secrets)
    {
        var masked = new StringBuilder(text);
        foreach (var secret in secrets.Where(static one => one.Length >= TerraformInput.ShortestSecret)
            .OrderByDescending(static one => one.Length))
            masked.Replace(secret, "(masked)");
        return masked.ToString();
    }

    private static string Cut(string text) => text.Length <= MaxHeadline ? text : text[..MaxHeadline] + "…";

    [GeneratedRegex(@"already locked:[\s│|]+ID=([\w-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Holder();

    // The frame that a terminal gets, which `-no-color` leaves in some versions.
    [GeneratedRegex(@"^[│╷╵|\s]*(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Frame();

    [GeneratedRegex(@"^on ([\w./-]+) line (\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex("[A-Za-z0-9+=]{24,}", RegexOptions.CultureInvariant)]
    private static partial Regex LikelySecret();
}
