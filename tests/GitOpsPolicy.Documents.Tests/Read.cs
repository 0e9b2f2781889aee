using System.Text;

namespace GitOpsPolicy.Documents.Tests;

/// <summary>Reading as the tests need it: from text, and with the problem as text.</summary>
internal static class Read
{
    /// <summary>The documents of a YAML text as JSON, one a line; or the problem.</summary>
    public static string Yaml(string text, ReaderLimits? limits = null) => Yaml(Encoding.UTF8.GetBytes(text), limits);

    /// <summary>The documents of a YAML text as JSON, one a line; or the problem.</summary>
    public static string Yaml(byte[] text, ReaderLimits? limits = null)
    {
        var loaded = YamlReader.Read(new TextFile("f.yaml", text), text, limits ?? ReaderLimits.Default);
        return loaded.TryGet(out var stream)
            ? string.Join('\n', stream.Documents.Select(document => NodeWriter.ToJson(document.Root)))
            : loaded.Problems[0].ToString();
    }

    /// <summary>The root of the one document of a YAML text.</summary>
    public static Node Root(string text) =>
        YamlReader.Read(new TextFile("f.yaml", default), Encoding.UTF8.GetBytes(text), ReaderLimits.Default).TryGet(
            out var stream)
            ? stream.Documents.Single().Root
            : throw new FormatException(Yaml(text));

    /// <summary>A JSON text as JSON again, or the problem.</summary>
    public static string Json(string text) => Json(Encoding.UTF8.GetBytes(text));

    /// <summary>A JSON text as JSON again, or the problem.</summary>
    public static string Json(byte[] text)
    {
        var loaded = JsonReader.Read(new TextFile("f.json", text), text, ReaderLimits.Default);
        return loaded.TryGet(out var document) ? NodeWriter.ToJson(document.Root) : loaded.Problems[0].ToString();
    }
}
