using System.Text;
using GitOpsPolicy.Load.Reviews;

namespace GitOpsPolicy.Load.Auditing;

/// <summary>Pods in a file, one after another, with what each has to be told.</summary>
internal sealed class StoredPods : IDisposable
{
    private readonly string path = Path.GetTempFileName();
    private readonly List<long> ends = [];
    private readonly FileStream file;

    /// <summary>Writes them.</summary>
    public StoredPods(int count, IReadOnlyCollection<string> inForce)
    {
        file = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        foreach (var json in PodReviews.Texts(count))
        {
            // Lists of built-in types leave it to the list to say what they are lists of.
            file.Write(Encoding.UTF8.GetBytes(json.Replace(
                "\"apiVersion\":\"v1\",\"kind\":\"Pod\",", "", StringComparison.Ordinal)));
            foreach (var rule in PodOracle.Judge(json, inForce).DeniedBy)
                Expected.Add($"k8s:/Pod/team-{ends.Count % 20}/web-{ends.Count} {rule}");
            ends.Add(file.Position);
        }

        file.Flush();
    }

    /// <summary>How many there are.</summary>
    public int Count => ends.Count;

    /// <summary>Bytes of all of them.</summary>
    public long Bytes => ends[^1];

    /// <summary>Each object with each rule that objects to it, by the oracle.</summary>
    public HashSet<string> Expected { get; } = new(StringComparer.Ordinal);

    /// <summary>The bytes of one.</summary>
    public byte[] Read(int number)
    {
        var start = number == 0 ? 0 : ends[number - 1];
        var bytes = new byte[ends[number] - start];
        RandomAccess.Read(file.SafeFileHandle, bytes, start);
        return bytes;
    }

    public void Dispose()
    {
        file.Dispose();
        File.Delete(path);
    }
}
