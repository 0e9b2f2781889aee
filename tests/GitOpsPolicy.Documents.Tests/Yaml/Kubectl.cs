using System.Diagnostics;
using System.Text;

namespace GitOpsPolicy.Documents.Tests.Yaml;

/// <summary>The real kubectl, which reads manifests without a cluster when it labels them locally.</summary>
internal static class Kubectl
{
    private const string Path = "/usr/bin/kubectl";

    /// <summary>Whether there is one on this machine.</summary>
    public static bool IsAtHand => File.Exists(Path);

    /// <summary>
    /// The objects that kubectl reads from some files, in order, and what it complains of; complaints name the file by its
    /// number.
    /// </summary>
    public static (List<Node> Objects, string Complaints) Read(IEnumerable<byte[]> files)
    {
        var folder = Directory.CreateTempSubdirectory("kubectl").FullName;
        try
        {
            foreach (var (index, text) in files.Index()) File.WriteAllBytes(System.IO.Path.Combine(folder, NameOf(index)), text);
            using var process = Process.Start(new ProcessStartInfo(Path, ["label", "--local", "-f", folder, "q=w", "-o", "json"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var complaints = new StringBuilder();
            process.ErrorDataReceived += (_, line) => complaints.AppendLine(line.Data);
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return ([.. KubectlTests.Objects(output).Select(WithoutLabel)], complaints.ToString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a file is called in complaints.</summary>
    public static string NameOf(int index) => $"{index:00000}.yaml";

    /// <summary>A copy of a mapping without some keys.</summary>
    public static MappingNode Without(Node mapping, params string[] keys) => new(
    [
        .. ((MappingNode)mapping).Entries.ToArray()
            .Where(entry => !keys.Contains(entry.Key))
            .Select(entry => entry with { Value = MaskOverlay.Apply(entry.Value, null, null) }),
    ]);

    // The label we had to ask for in order to be shown the object.
    private static MappingNode WithoutLabel(Node found)
    {
        var metadata = Without(((MappingNode)found)["metadata"]!);
        var labels = Without(metadata["labels"]!, "q");
        var rest = Without(metadata, "labels").Entries.ToArray()
            .Select(entry => entry with { Value = MaskOverlay.Apply(entry.Value, null, null) });
        MappingEntry[] relabelled = labels.Count == 0 ? [.. rest] : [.. rest, new("labels", default, labels)];
        return new([
            .. Without(found, "metadata").Entries.ToArray()
                .Select(entry => entry with { Value = MaskOverlay.Apply(entry.Value, null, null) }),
            new("metadata", default, new MappingNode(relabelled)),
        ]);
    }
}
