using System.Collections.Concurrent;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Tests.Inputs;

namespace GitOpsPolicy.Tests.Families;

/// <summary>The rules of a family as they ship, with the configuration of a case.</summary>
internal static class FamilyRules
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Fixtures.Folder, "..", ".."));
    private static readonly ConcurrentDictionary<string, Lazy<RuleSet>> Defaults = new(StringComparer.Ordinal);

    /// <summary>The configuration of a case.</summary>
    public static PolicyConfig ConfigOf(FamilyCase of)
    {
        if (of.Config is null) return PolicyConfig.None;
        var loaded = RuleSetLoader.LoadConfig(new RuleSetSource { Tree = Written(of.Config) });
        return loaded.TryGet(out var config) ? config : throw new FormatException(string.Join("\n", loaded.Problems));
    }

    /// <summary>The rules of a case. Those without a configuration are loaded once a family.</summary>
    /// <param name="of">The case.</param>
    /// <param name="changes">The changes, which acknowledgements are bound to.</param>
    public static RuleSet Load(FamilyCase of, ChangeSet changes)
    {
        if (of.Config is null && of.Files.IsEmpty && of.Acknowledged.IsEmpty)
            return Defaults.GetOrAdd(of.Family, family => new(() => Load(new(), family))).Value;
        var files = of.Config is { } config ? Written(config) : new MemoryTree();
        foreach (var (path, text) in of.Files) files.With(path, text);
        if (!of.Acknowledged.IsEmpty) files.With("acknowledgements/case.yaml", Acknowledge(of, changes));
        return Load(files, of.Family);
    }

    private static RuleSet Load(MemoryTree files, string family)
    {
        using var tree = new Overlay(files, new WorkTree(Root));
        var loaded = RuleSetLoader.Load(new RuleSetSource { Tree = tree, Policies = [$"policies/{family}"] });
        return loaded.TryGet(out var rules) ? rules : throw new FormatException(string.Join("\n", loaded.Problems));
    }

    private static MemoryTree Written(MappingNode config) =>
        new MemoryTree().With(
            RuleSetSource.DefaultConfig, $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\n{Fields(config)}");

    // JSON is YAML.
    private static string Fields(MappingNode config) =>
        string.Concat(config.Entries.ToArray().Select(entry => $"{entry.Key}: {NodeWriter.ToJson(entry.Value)}\n"));

    private static string Acknowledge(FamilyCase of, ChangeSet changes)
    {
        var named = of.Acknowledged.Select(name => changes.Changes.FirstOrDefault(change =>
            DeletionSet.IsDeletion(change) && change.Resource.ToString() == name)
            ?? throw new FormatException($"{of.Location}: `{name}` is acknowledged and not deleted"));
        return DeletionSet.WriteAcknowledgement("case", named, new("author", "approver", "the case says so") { Among = changes });
    }

    /// <summary>The files of a case, and below them those of the repository.</summary>
    private sealed class Overlay(MemoryTree files, FileTree below) : FileTree
    {
        public override PathKind Find(string path) =>
            files.Find(path) is var kind and not PathKind.Missing ? kind : InPolicies(path) ? below.Find(path) : PathKind.Missing;

        public override IEnumerable<TreeFile> Enumerate(string prefix) =>
            InPolicies(prefix) ? below.Enumerate(prefix) : files.Enumerate(prefix);

        public override bool TryRead(string path, out ReadOnlyMemory<byte> bytes, out Problem? problem) =>
            files.TryRead(path, out bytes, out problem) || (InPolicies(path) && below.TryRead(path, out bytes, out problem));

        protected override void Dispose(bool disposing)
        {
            if (disposing) below.Dispose();
            base.Dispose(disposing);
        }

        private static bool InPolicies(string path) => path.StartsWith("policies/", StringComparison.Ordinal);
    }
}
