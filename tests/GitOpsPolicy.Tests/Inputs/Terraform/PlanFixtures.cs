using System.Runtime.CompilerServices;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Terraform;

namespace GitOpsPolicy.Tests.Inputs.Terraform;

/// <summary>Real plans, and what is expected of them, in tests/Fixtures/plans.</summary>
internal static class PlanFixtures
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(ThisFolder(), "../../../Fixtures/plans"));

    /// <summary>Every folder that holds a plan.</summary>
    public static IEnumerable<string> Names =>
        Directory.EnumerateDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    public static string PlanOf(string name) => Path.Combine(Folder, name, "plan.json");

    public static ChangeSet ReadFile(string path)
    {
        using var stream = File.OpenRead(path);
        return TerraformPlanInput.Read("plan.json", stream);
    }

    public static ChangeSet ReadText(string text) =>
        TerraformPlanInput.Read("plan.json", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>A plan with these entries of <c>resource_changes</c> and other top-level members.</summary>
    public static ChangeSet ReadEntries(string entries, string others = "") =>
        ReadText($$"""{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[{{entries}}]{{others}}}""");

    /// <summary>An entry of <c>resource_changes</c>.</summary>
    public static string Entry(string address, string change, string others = "")
    {
        var parts = address.Split('.');
        return $$"""{"address":"{{address.Replace("\"", "\\\"")}}","mode":"managed","type":"{{parts[^2]}}","name":"{{parts[^1].Split('[')[0]}}","provider_name":"p"{{others}},"change":{{change}}}""";
    }

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
