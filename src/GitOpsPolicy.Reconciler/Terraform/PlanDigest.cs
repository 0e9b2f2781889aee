using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Terraform;

/// <summary>
/// What an approval of a plan is bound to: the unit with its repository, folder and workspace, and every change with all that it
/// was and will be. A plan made anew that does the same has the same digest; the same changes of another unit have another.
/// </summary>
internal static class PlanDigest
{
    /// <summary>What a plan does, without what is only read, and what stays.</summary>
    public static IEnumerable<Change> Effects(ChangeSet plan) =>
        plan.Changes.Where(static change =>
            change.Origin == ChangeOrigin.Plan && change.Operation is not (Operation.None or Operation.Read));

    /// <summary><c>sha256:…</c>.</summary>
    public static string Of(Unit unit, ChangeSet plan)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, unit.Key.ToString(), unit.Source.Url, unit.Source.Path, unit.Terraform?.Workspace ?? "default");
        foreach (var change in Effects(plan).OrderBy(static change => change.Resource.Canonical, StringComparer.Ordinal)
            .ThenBy(static change => change.Operation))
        {
            Add(hash, change.Operation.ToString(), change.Resource.Canonical, change.Previous?.Canonical ?? "");
            Add(hash, change.Before);
            Add(hash, change.After);
        }

        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }
    }

    private static void Add(IncrementalHash hash, Node? state)
    {
        var bytes = new ArrayBufferWriter<byte>();
        if (state is not null) NodeWriter.WriteCanonicalJson(state, bytes);
        hash.AppendData(bytes.WrittenSpan);
        hash.AppendData([0]);
    }
}
