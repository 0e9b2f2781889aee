using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// Looks whether packs and their indexes are what Git once wrote: each ends with the hash of all before (gitformat-pack). Git
/// itself looks at that only when it is asked to, and serves from a rotten index what it finds. A file that has not changed is
/// not read again.
/// </summary>
/// <param name="folder">The folder of packs.</param>
internal sealed class PackCheck(string folder)
{
    private const int HashBytes = 20;

    private readonly Dictionary<string, (long Length, DateTime Written)> checkedFiles = new(StringComparer.Ordinal);

    /// <summary>How many packs there are.</summary>
    public int Count => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.pack").Count() : 0;

    /// <summary>Reads everything anew at the next question.</summary>
    public void Forget() => checkedFiles.Clear();

    /// <summary>True when every pack and every index is whole, and there is one of either for each.</summary>
    public bool AreWhole()
    {
        if (!Directory.Exists(folder)) return false;
        foreach (var pack in Directory.EnumerateFiles(folder, "*.pack"))
            if (!File.Exists(Path.ChangeExtension(pack, ".idx"))) return false;
        foreach (var index in Directory.EnumerateFiles(folder, "*.idx"))
            if (!IsPairWhole(index, Path.ChangeExtension(index, ".pack"))) return false;
        return true;
    }

    private bool IsPairWhole(string index, string pack)
    {
        if (!File.Exists(pack)) return false;
        if (IsKnown(index) && IsKnown(pack)) return true;
        if (!IsWhole(pack, out var packHash, out _)
            || !IsWhole(index, out _, out var named)
            || !packHash.AsSpan().SequenceEqual(named))
            return false;
        Remember(index);
        Remember(pack);
        return true;
    }

    // The second last hash of an index is that of its pack.
    [SuppressMessage(
        "Security", "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "Git's own format; what this finds is rot, not forgery.")]
    private static bool IsWhole(string file, out byte[] last, out byte[] secondLast)
    {
        (last, secondLast) = (new byte[HashBytes], new byte[HashBytes]);
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var rest = stream.Length - HashBytes;
        if (rest < HashBytes) return false;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        var buffer = new byte[128 * 1024];
        while (rest > 0)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, rest));
            if (read == 0) return false;
            hash.AppendData(buffer, 0, read);
            rest -= read;
        }

        stream.ReadExactly(last);
        stream.Seek(-2 * HashBytes, SeekOrigin.End);
        stream.ReadExactly(secondLast);
        return hash.GetHashAndReset().AsSpan().SequenceEqual(last);
    }

    private bool IsKnown(string file) => checkedFiles.TryGetValue(file, out var known) && known == StateOf(file);

    private void Remember(string file) => checkedFiles[file] = StateOf(file);

    private static (long Length, DateTime Written) StateOf(string file)
    {
        var info = new FileInfo(file);
        return (info.Length, info.LastWriteTimeUtc);
    }
}
