using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Evaluation;

/// <summary>
/// The id of a decision: a digest of the rule set and of everything judged. Sensitive values leave only the mark that they
/// are sensitive, so that the id of a decision about a short password does not give it away.
/// </summary>
internal sealed class InputDigest : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
    private int filled;

    /// <summary><c>sha256:…</c> of a question: these rules, these changes, this day and environment.</summary>
    public static string Of(RuleSet rules, ChangeSet changeSet, EvaluationOptions options)
    {
        using var digest = new InputDigest();
        digest.Add(rules.Digest);
        var around = options.Drift with { Now = null };   // the windows that are open count, not the second it is
        if (around != DriftContext.None) digest.Add(around.ToString());
        if (options.Drift.Now is { } now && rules.Config.Drift.FreezeWindows.StateAt(now) is { Length: > 0 } open)
            digest.Add(open);
        digest.Add(options.Today?.ToString("O", CultureInfo.InvariantCulture) ?? "");
        digest.Add(changeSet);
        return digest.Finish();
    }

    /// <summary><c>sha256:…</c> of what is judged and of settings that go with it, whatever the rules.</summary>
    public static string Of(ChangeSet changeSet, string settings)
    {
        using var digest = new InputDigest();
        digest.Add(settings);
        digest.Add(changeSet);
        return digest.Finish();
    }

    /// <summary><c>sha256:…</c> of one object.</summary>
    public static string Of(Node node)
    {
        using var digest = new InputDigest();
        digest.Add(node);
        return digest.Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        hash.Dispose();
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
    }

    private void Add(ChangeSet changeSet)
    {
        Add(changeSet.CountBefore?.ToString(CultureInfo.InvariantCulture) ?? "");
        foreach (var reason in changeSet.Incomplete) Add(reason);
        foreach (var change in changeSet.Changes) Add(change);
        if (changeSet.Promotion is { } facts) Add(facts);
    }

    private void Add(PromotionFacts facts)
    {
        Add(facts.AsOf?.ToString("O", CultureInfo.InvariantCulture) ?? "");
        Add(facts.Gap ?? "");
        foreach (var stay in facts.Stays)
            Add(string.Create(
                CultureInfo.InvariantCulture, $"{stay.Environment} {stay.Version} {stay.Since:O} {stay.Until:O} {stay.IsCut}"));
        if (facts.Approvals is not { } approvals) return;
        Add(approvals.Author);
        foreach (var by in approvals.By) Add(by);
        foreach (var (team, members) in approvals.Teams) Add($"{team} {string.Join(' ', members)}");
    }

    private void Add(Change change)
    {
        Span<byte> words = [(byte)change.Operation, (byte)change.Origin, (byte)change.Surface, (byte)change.Cause];
        Add((byte)'c', words);
        Add(change.Resource.Canonical);
        Add((change.Resource as KubernetesId)?.Version ?? "");
        Add(change.Previous?.Canonical ?? "");
        Add(change.Environment ?? "");
        Add(change.Actor ?? "");
        Add(change.Reason ?? "");
        if (change.Subresource.Length > 0) Add(change.Subresource);
        foreach (var path in change.ReplacePaths) Add(path);
        if (change.Drift is { } drift)
        {
            Add($"{drift.Kind} {drift.IsScaled} {drift.Because}{(drift.IsReferenced ? " referenced" : "")}");
            Add(drift.Applied);
        }

        if (change.PreventDestroyBefore is not null) Add("prevent_destroy before");
        if (change.PreventDestroyAfter is not null) Add("prevent_destroy after");
        Add(change.Before);
        Add(change.After);
    }

    private void Add(Node? node)
    {
        switch (node)
        {
            case null:
                Add((byte)'0', []);
                break;
            case { IsUnknown: true }:
                Add((byte)'?', []);
                break;
            case MappingNode mapping:
                Add((byte)'{', mapping.Count);
                foreach (ref readonly var entry in mapping.Entries)
                {
                    Add(entry.Key);
                    Add(entry.Value);
                }

                break;
            case SequenceNode list:
                Add((byte)'[', list.Count);
                foreach (var item in list.Items) Add(item);
                break;
            case { IsSensitive: true }:
                Add((byte)'*', []);
                break;
            case ScalarNode scalar:
                Add((byte)(scalar.Kind == NodeKind.String ? 's' : 'v'), []);
                Add(scalar.Text);
                break;
            default:
                throw new ArgumentException($"No digest for {node.Kind}.", nameof(node));
        }
    }

    // Every text goes in with its length, so that no two different inputs look alike.
    private void Add(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        Add((byte)'t', bytes);
        if (bytes > buffer.Length)
        {
            Flush();
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            return;
        }

        if (bytes > buffer.Length - filled) Flush();
        filled += Encoding.UTF8.GetBytes(text, buffer.AsSpan(filled));
    }

    private void Add(byte tag, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length + 1 > buffer.Length - filled) Flush();
        buffer[filled++] = tag;
        bytes.CopyTo(buffer.AsSpan(filled));
        filled += bytes.Length;
    }

    private void Add(byte tag, int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        Add(tag, bytes);
    }

    private void Flush()
    {
        hash.AppendData(buffer.AsSpan(0, filled));
        filled = 0;
    }

    private string Finish()
    {
        Flush();
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
