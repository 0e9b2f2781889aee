using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Webhook.Tests.Audit;

/// <summary>Rules that audits of these tests judge by.</summary>
internal static class AuditRules
{
    /// <summary>One rule that denies, one that warns, and one that tells what a Secret holds, as far as it can.</summary>
    public static RuleSet Usual { get; } = Load("""
        export default {
          name: "pinned", title: "Data is pinned", severity: "high", category: "order",
          match: { operations: ["create", "update"], kubernetes: { kinds: ["ConfigMap"] } },
          check(change, { report }) {
            if (change.after.data?.pinned === "no") report.deny(`${change.resource} is not pinned`, change.after.data.pinned);
          },
        };
        """, """
        export default {
          name: "no-notes", title: "No notes", severity: "low",
          match: { operations: ["create"], kubernetes: { kinds: ["ConfigMap"] } },
          check(change, { report }) {
            if (change.after.data?.note) report.warn("a note", change.after.data.note);
          },
        };
        """, """
        export default {
          name: "told", title: "What a Secret holds", severity: "critical",
          match: { operations: ["create"], kubernetes: { kinds: ["Secret"] } },
          check(change, { report }) {
            for (const [key, value] of Object.entries(change.after.data ?? {})) report.deny(`${key} is ${value}`, value);
          },
        };
        """);

    /// <summary>Loads rules in JavaScript, and whatever else is given in YAML.</summary>
    public static RuleSet Load(params string[] files)
    {
        var folder = Directory.CreateTempSubdirectory("gitops-policy-audit-");
        try
        {
            for (var i = 0; i < files.Length; i++)
                File.WriteAllText(
                    Path.Join(
                        folder.FullName,
                        files[i].StartsWith("export", StringComparison.Ordinal) ? $"r{i}.rule.js" : $"d{i}.yaml"), files[i]);
            using var tree = new WorkTree(folder.FullName);
            var loaded = RuleSetLoader.Load(new() { Tree = tree, Policies = ["."] });
            return loaded.TryGet(out var rules) ? rules : throw new ArgumentException(string.Join('\n', loaded.Problems));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
