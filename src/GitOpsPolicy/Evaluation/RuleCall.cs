using System.Buffers;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Evaluation;

/// <summary>One thing a rule reported, before it is a finding.</summary>
/// <param name="Action">What the rule wants done.</param>
/// <param name="Message">What is wrong; masked, one line.</param>
/// <param name="Node">The value pointed to; null for none.</param>
/// <param name="Change">The change pointed to; null for none.</param>
/// <param name="Options">What the rule says besides.</param>
/// <param name="Site">Where in the rule.</param>
internal readonly record struct Reported(
    FindingAction Action, string Message, Node? Node, Change? Change, ReportOptions Options, SourceLocation Site);

/// <summary>What a rule may say about a finding besides.</summary>
/// <param name="Remediation">Overrides the rule's; null for that.</param>
/// <param name="Fix">What would mend it; null for nothing.</param>
internal readonly record struct ReportOptions(string? Remediation, FixRequest? Fix = null);

/// <summary>
/// What a rule is given to judge, and where its reports go. A worker has one and uses it for call after call; nothing of one
/// call is left when the next begins.
/// </summary>
internal sealed class RuleCall
{
    /// <summary>More findings of one rule about one change are counted, not told.</summary>
    public const int MaxReports = 64;

    private readonly Masking masking;
    private int suppressed;

    /// <summary>Makes a call for the changes of one set.</summary>
    public RuleCall(ChangeSetView set, SensitiveKey key)
    {
        (Set, masking) = (Value.Of(set), new(set.ChangeSet, key));
        Tools = Value.Of(new RuleTools(this));
    }

    /// <summary>The run that pays for this call.</summary>
    public ScriptRun Run { get; private set; } = null!;

    /// <summary>The change judged; null when it is the set.</summary>
    public Change? Subject { get; private set; }

    /// <summary>The change judged, as rules see it; undefined when it is the set.</summary>
    public Value Change { get; private set; }

    /// <summary>The change set, as rules see it.</summary>
    public Value Set { get; }

    /// <summary>The parameters in force.</summary>
    public Value Parameters { get; private set; }

    /// <summary>The last argument of JavaScript rules: parameters, set and report.</summary>
    public Value Tools { get; }

    /// <summary>What was reported, in the order of the rule.</summary>
    public List<Reported> Reports { get; } = [];

    /// <summary>Runs a rule.</summary>
    /// <param name="rule">The rule with its parameters.</param>
    /// <param name="run">The run that pays for it.</param>
    /// <param name="change">The change to judge; null for the set.</param>
    public void Judge(BoundRule rule, ScriptRun run, ChangeView? change)
    {
        (Run, Subject, Parameters) = (run, change?.Change, rule.Parameters);
        run.Host = this;
        Change = change is null ? Value.Undefined : Value.Of(change);
        Reports.Clear();
        suppressed = 0;
        rule.Rule.Judge(this);
        if (suppressed > 0)
            Reports.Add(new(Reports.Max(r => r.Action), $"{suppressed} more like these", null, null, default, default));
    }

    /// <summary>A value as messages show it, in one line: secrets and unknowns masked.</summary>
    public string Show(Value value) => masking.Show(Run, value);

    /// <summary>
    /// A text on one line, with a mask in place of every secret of the change set that got into it as text of the rule's own.
    /// </summary>
    public string Conceal(string text) => masking.Cover(text);

    /// <summary>Takes a report.</summary>
    /// <param name="action">What the rule wants done.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="where">The value to point to; one that did not come from the input counts as none.</param>
    /// <param name="options">What the rule says besides.</param>
    /// <param name="site">Where in the rule; null for where the script is.</param>
    public void Report(FindingAction action, Value message, Value where, ReportOptions options, SourceLocation? site = null)
    {
        Run.Charge(16);
        if (Reports.Count == MaxReports)
        {
            suppressed++;
            return;
        }

        var pointed = ChangeView.From(where);
        var node = pointed is null && NodeOf(where) is { Document: not null } found ? found : null;
        Reports.Add(new(action, Show(message), node, pointed, options, site ?? Run.Location));
    }

    // An object of the host's, such as an image, points to where its text was read.
    private static Node? NodeOf(Value where) =>
        where.Origin ?? (ValueReader.TryGetHost<HostObject>(where, out var host) ? host.Text?.Origin : null);
}

/// <summary>Messages are one line of bounded length that no terminal or log can mistake for anything else.</summary>
internal static class MessageText
{
    /// <summary>UTF-8 bytes in a message at most.</summary>
    public const int MaxBytes = 1024;

    /// <summary>Shorter secrets would be found in ordinary words.</summary>
    public const int ShortestSecret = 6;

    private static readonly SearchValues<char> Odd = SearchValues.Create(OddCharacters());

    /// <summary>
    /// Line ends become spaces, other control and direction-changing characters are shown escaped, what is too long is cut.
    /// </summary>
    public static string OneLine(string text)
    {
        if (text.Length <= MaxBytes / 3 && !text.AsSpan().ContainsAny(Odd)) return text;
        var line = new StringBuilder(Math.Min(text.Length, MaxBytes));
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = Shown(rune);
            bytes += Encoding.UTF8.GetByteCount(shown);
            if (bytes > MaxBytes - 3) return line.Append('…').ToString();
            line.Append(shown);
        }

        return line.ToString();
    }

    private static string OddCharacters()
    {
        var odd = new StringBuilder();
        for (var c = 0; c <= char.MaxValue; c++)
            if (IsOdd((char)c)) odd.Append((char)c);
        return odd.ToString();
    }

    private static string Shown(Rune rune) => rune.Value switch
    {
        '\n' or '\r' or '\t' => " ",
        <= char.MaxValue when IsOdd((char)rune.Value) => $"\\u{{{rune.Value:x}}}",
        _ => rune.ToString(),
    };

    // C0, C1, line separators, and the marks that turn the direction of writing.
    private static bool IsOdd(char c) =>
        char.IsControl(c)
            || char.IsSurrogate(c)
            || c is '\u2028' or '\u2029' or (>= '\u200e' and <= '\u200f') or (>= '\u202a' and <= '\u202e')
                or (>= '\u2066' and <= '\u2069') or '\ufeff';
}
