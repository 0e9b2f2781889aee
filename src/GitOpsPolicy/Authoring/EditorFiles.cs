using System.Collections.Immutable;
using System.Text.Json;

namespace GitOpsPolicy.Authoring;

/// <summary>A file that is written for an author.</summary>
/// <param name="Path">Where to, from the folder of the configuration.</param>
/// <param name="Text">What is in it.</param>
public sealed record AuthoredFile(string Path, string Text);

/// <summary>
/// What editors need to complete and check rules: declarations of everything a JavaScript rule sees, and the schema of our YAML
/// files.
/// </summary>
public static class EditorFiles
{
    /// <summary>The folder that holds them. It is hidden, so that no listing of rules or manifests looks into it.</summary>
    public const string Folder = ".gitops-policy";

    /// <summary>What tells editors about the declarations.</summary>
    public const string ProjectFile = "jsconfig.json";

    /// <summary>Where the schema is written to.</summary>
    public const string SchemaPath = Folder + "/" + AuthoringData.SchemaFile;

    private static readonly string[] Declarations = ["gitops-policy.d.ts", "modules.d.ts"];

    /// <summary>The files below <see cref="Folder"/>, which belong to us alone.</summary>
    public static ImmutableArray<AuthoredFile> Generated =>
    [
        .. Declarations.Select(name => new AuthoredFile($"{Folder}/{name}", AuthoringData.Read($"types/{name}"))),
        new(SchemaPath, AuthoringData.Read(AuthoringData.SchemaFile)),
    ];

    /// <summary>The <c>jsconfig.json</c> of a repository.</summary>
    /// <param name="rulePaths">Folders and files with rules, from its folder.</param>
    public static AuthoredFile Project(IEnumerable<string> rulePaths)
    {
        string[] included = [
            .. rulePaths.Select(path => path.EndsWith(".js", StringComparison.Ordinal) ? path : path.TrimEnd('/') + "/**/*.js"),
            $"{Folder}/*.d.ts"
        ];
        return new(
            ProjectFile,
            AuthoringData.Read(ProjectFile).Replace(
                "INCLUDED", string.Join(", ", included.Select(Quoted)), StringComparison.Ordinal));
    }

    /// <summary>The comment by which an editor finds the schema of a YAML file.</summary>
    /// <param name="path">The file, from the folder of the configuration.</param>
    public static string SchemaComment(string path) =>
        $"# yaml-language-server: $schema={string.Concat(Enumerable.Repeat("../", path.Count(c => c == '/')))}{SchemaPath}\n";

    private static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";
}
