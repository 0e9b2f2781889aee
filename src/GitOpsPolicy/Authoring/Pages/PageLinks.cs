using System.Text.RegularExpressions;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Authoring.Pages;

/// <summary>Links from pages in one folder to files in others.</summary>
/// <param name="folder">The folder of the pages, from where the command runs.</param>
internal sealed partial class PageLinks(string folder)
{
    // Paths are compared as text: deep enough below an imagined root that no `..` leads out of it.
    private const string Root = "/0/1/2/3/4/5/6/7/8/9/";

    /// <summary>A link to a file, named by the last part of its path; only the name where no link leads there.</summary>
    public string To(string file)
    {
        var name = MarkdownText.Code(file[(file.LastIndexOf('/') + 1)..]);
        return BuiltinTree.Ships(file) ? name : $"[{name}]({Path(file)})";
    }

    /// <summary>A text of another folder, its relative links leading where they led.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Its folder.</param>
    public string Moved(string text, string from) =>
        RelativeLink().Replace(
            text, link => $"]({Path(Join(from, Uri.UnescapeDataString(link.Groups["path"].Value)))}{link.Groups["rest"].Value})");

    private string Path(string file)
    {
        var path = System.IO.Path.GetRelativePath(System.IO.Path.Combine(Root, folder), System.IO.Path.Combine(Root, file))
            .Replace('\\', '/');
        return string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
    }

    private static string Join(string from, string path) => from.Length == 0 ? path : $"{from}/{path}";

    [GeneratedRegex(
        @"\]\((?<path>(?![a-z][a-z0-9+.-]*:|[#/<])[^)#\s]+)(?<rest>#[^)]*)?\)", RegexOptions.CultureInvariant
            | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex RelativeLink();
}
