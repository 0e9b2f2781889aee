using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>
/// Revisions that did not get healthy. They are not tried again, and neither is what they said when it comes in another commit:
/// other folders of a repository change all the time. A unit that is changed, or asks for it, is tried anew, and so is what was
/// said before a newer revision got healthy.
/// </summary>
/// <param name="Commits">The commits; those that say the same stand together, the one that was tried first of them.</param>
/// <param name="Contents">Digests of what the first of them say.</param>
internal sealed record Refusals(ImmutableArray<string> Commits, ImmutableArray<string> Contents)
{
    private const int Most = 10;

    /// <summary>None.</summary>
    public static Refusals None { get; } = new([], []);

    /// <summary>Those that count for a unit.</summary>
    /// <param name="unit">The unit as it is now.</param>
    /// <param name="before">What was known before; null for nothing.</param>
    public static Refusals Of(Unit unit, UnitStatus? before) => before switch
    {
        null => None,
        _ when unit.Retry is { } asked && asked != before.Retried => None,
        _ when unit.Generation != before.ObservedGeneration && before.ObservedGeneration != 0 => None,
        _ => new(before.Refused, before.RefusedContents),
    };

    /// <summary>True when what a commit says is what one of them says.</summary>
    /// <param name="said">What it says.</param>
    /// <param name="render">Renders another commit.</param>
    public async Task<bool> CoverAsync(RenderedRevision said, Func<string, Task<RenderedRevision>> render)
    {
        if (said.Trouble is not null || Contents.IsEmpty) return false;
        var content = DigestOf(said);
        // what is secret is not in the digest
        var isAll = !said.Objects.Any(one => DesiredDigest.LeavesOut(said.Stored.GetValueOrDefault(one.Id, one.Object)));
        foreach (var (commit, refused) in Commits.Zip(Contents))
            if (refused == content && (isAll || (await render(commit) is { Trouble: null } earlier && AreSame(earlier, said))))
                return true;
        return false;
    }

    /// <summary>These, and one more.</summary>
    public Refusals With(string commit, RenderedRevision said)
    {
        if (Commits.Contains(commit)) return this;
        var content = DigestOf(said);
        var at = Contents.IndexOf(content) + 1;
        return new([.. Commits.Insert(at, commit).Take(Most)], [.. Contents.Insert(at, content).Take(Most)]);
    }

    /// <summary>The commit that was tried, of those that say the same as one; null where that is itself.</summary>
    public string? TriedAs(string commit) =>
        Commits.IndexOf(commit) is >= 0 and var at && at < Contents.Length && Contents.IndexOf(Contents[at]) is var first
            && first < at
            ? Commits[first]
            : null;

    private static string DigestOf(RenderedRevision said)
    {
        var digests = said.Objects.Select(one => DesiredDigest.Of(
            said.Stored.TryGetValue(one.Id, out var stored) && stored is MappingNode kept ? one with { Object = kept } : one));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join('\n', digests.Order(StringComparer.Ordinal)))).AsSpan(0, 16));
    }

    private static bool AreSame(RenderedRevision one, RenderedRevision other)
    {
        var objects = other.Objects.ToDictionary(static each => PassObject.KeyOf(each.Id), StringComparer.Ordinal);
        return one.Objects.Length == other.Objects.Length && one.Objects.All(each =>
            objects.TryGetValue(PassObject.KeyOf(each.Id), out var same) && NodeEquality.AreEqual(each.Object, same.Object));
    }
}
