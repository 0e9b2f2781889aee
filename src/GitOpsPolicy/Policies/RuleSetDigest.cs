using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Configuration;

namespace GitOpsPolicy.Policies;

/// <summary>
/// The digest by which hosts prove that they enforce the same. It is over what the files mean, not how they are written: order
/// and names of files, comments, key order, quoting and line ends do not count.
/// </summary>
internal static class RuleSetDigest
{
    /// <summary><c>sha256:…</c> of a rule set.</summary>
    public static string Of(RuleSet set, PolicyFiles files)
    {
        var parts = new List<string>();
        parts.AddRange(files.RuleDocuments.Select(d => Part("rule", Canonical(d))));
        parts.AddRange(files.ScriptTexts.Select(text => Part("script", text)));
        parts.AddRange(set.Waivers.Select(w => Part("waiver", Canonical(w.Node))));
        parts.AddRange(set.Acknowledgements.Select(a => Part("acknowledgement", Canonical(a.Node))));
        if (set.DriftTable is not null) parts.Add(Part("drift", Canonical(set.DriftTable)));
        parts.AddRange(Settings(set));
        parts.Sort(StringComparer.Ordinal);
        return "sha256:" + Hash(string.Join('\n', parts));
    }

    private static IEnumerable<string> Settings(RuleSet set)
    {
        var config = set.Config;
        yield return Part("waiverDays", config.WaiverDays.ToString(CultureInfo.InvariantCulture));
        if (config.OnError != OnError.Deny) yield return Part("onError", Words<OnError>.Of(config.OnError));
        for (var i = 0; i < config.NamespaceEnforcement.Length; i++)
            yield return Part(
                "namespace", i.ToString(CultureInfo.InvariantCulture), config.NamespaceEnforcement[i].Namespaces,
                Words<Enforcement>.Of(config.NamespaceEnforcement[i].Limit));
        foreach (var entry in config.Drift.Ignore) yield return Part("ignore", Canonical(entry.Node));
        foreach (var window in config.Drift.FreezeWindows.All) yield return Part("freeze", Canonical(window.Node));
        foreach (var rule in set.Rules)
            foreach (var surface in Enum.GetValues<Surface>())
                yield return Part(
                    "enforcement", rule.Name, Words<Surface>.Of(surface),
                    Words<Enforcement>.Of(config.EnforcementOf(rule, surface)));
        foreach (var environment in (string?[])[null, .. config.Environments.Select(e => e.Name)])
            foreach (var bound in set.Index.InEnvironment(environment))
                yield return Part("parameters", environment ?? "", bound.Metadata.Name, Canonical(bound.ParameterNode));
        for (var i = 0; i < config.Environments.Length; i++)
            yield return Part(
                "environment",
                [i.ToString(CultureInfo.InvariantCulture), config.Environments[i].Name, .. config.Environments[i].Paths]);
        foreach (var environment in config.Environments.Where(e =>
            e.After is not null || e.Words is not [var only] || only != e.Name))
            yield return Part("order", [environment.Name, environment.After ?? "", .. environment.Words]);
    }

    private static string Part(string what, params ReadOnlySpan<string> content)
    {
        var text = new StringBuilder(what);
        foreach (var piece in content) text.Append('\n').Append(Hash(piece));
        return what + " " + Hash(text.ToString());
    }

    /// <summary>A value in one form for equal values.</summary>
    public static string Canonical(Node node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        NodeWriter.WriteCanonicalJson(node, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
