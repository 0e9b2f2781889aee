using System.Security.Cryptography;
using System.Text;

namespace GitOpsPolicy.Kubernetes.Configuration;

/// <summary>Certificates or a key in PEM form, given in place or as a file that somebody may renew.</summary>
public sealed class PemText
{
    private readonly string? data;

    private PemText(string? path, string? data) => (Path, this.data) = (path, data);

    /// <summary>The file; null where the text was given in place.</summary>
    public string? Path { get; }

    /// <summary>The text in a file, which is read anew whenever it changes.</summary>
    public static PemText InFile(string path) => new(path, null);

    /// <summary>The text itself.</summary>
    public static PemText InPlace(string pem) => new(null, pem);

    /// <summary>The text as it is now.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public string Read() => data ?? File.ReadAllText(Path!);

    /// <summary>What tells this state of the text from another one without reading it; never a secret.</summary>
    internal FileStamp Stamp() => Path is null ? new(0, Fingerprint(data!)) : FileStamp.Of(Path);

    private static long Fingerprint(string text) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>
/// Which state of a file was read: enough to see that somebody replaced it, a projected volume's symbolic link included.
/// </summary>
/// <param name="Written">Ticks of the last write; 0 when there is no such file.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct FileStamp(long Written, long Length)
{
    /// <summary>The state of a file now; the default when it is not there or may not be seen.</summary>
    public static FileStamp Of(string path)
    {
        try
        {
            var link = new FileInfo(path);
            var file = link.LinkTarget is null ? link : (FileInfo)(link.ResolveLinkTarget(returnFinalTarget: true) ?? link);
            return file.Exists ? new(file.LastWriteTimeUtc.Ticks, file.Length) : default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
