using System.Security.Cryptography;
using System.Text;

namespace GitOpsPolicy.Reconciler.Dashboard;

/// <summary>A file that pages need. Its address has its fingerprint in it, so that a browser may keep it for ever.</summary>
/// <param name="Path">Its address.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">What is in it.</param>
internal sealed record Asset(string Path, string ContentType, ReadOnlyMemory<byte> Bytes);

/// <summary>The files that pages need; there are two.</summary>
internal static class Assets
{
    /// <summary>How pages look.</summary>
    public static readonly Asset Style = Read("dashboard.css", "style", "css", "text/css; charset=utf-8");

    /// <summary>What stands in the browser's tab.</summary>
    public static readonly Asset Icon = Read("icon.svg", "icon", "svg", "image/svg+xml");

    /// <summary>All of them.</summary>
    public static readonly Asset[] All = [Style, Icon];

    private static Asset Read(string name, string shown, string ending, string contentType)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream("dashboard/" + name)
            ?? throw new InvalidOperationException($"`{name}` is not in the assembly");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var bytes = Encoding.UTF8.GetBytes(reader.ReadToEnd());
        return new($"/{shown}-{Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}.{ending}", contentType, bytes);
    }
}
