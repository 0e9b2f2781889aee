using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>
/// Reads a plan of Terraform or OpenTofu in JSON, as <c>terraform show -json PLANFILE</c> writes it. The text is read as a
/// stream: what stays in memory is the state before and after of each resource and output, not the plan.
/// </summary>
public static class TerraformPlanInput
{
    /// <summary>Reads a plan.</summary>
    /// <param name="path">What the plan is called in messages; <c>-</c> for standard input.</param>
    /// <param name="plan">The text in UTF-8. It stays open.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns> The changes: planned ones, outputs as <c>output.NAME</c>, and drift with <see cref="ChangeOrigin.Drift"/>. A
    /// text that is no plan, or is broken anywhere, gives problems and no change, for half a plan proves nothing and knows half
    /// of its secrets.
    /// </returns>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> asked for it.</exception>
    public static ChangeSet Read(string path, Stream plan, CancellationToken cancellation = default)
    {
        var file = new PlanFile(path);
        var start = new byte[NotAPlan.StartLength];
        var length = plan.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (NotAPlan.FromStart(start.AsSpan(0, length)) is var (message, hint))
            return Refuse(new Problem(file.At(default), message, hint));
        try
        {
            var stream = new RewoundStream(start.AsMemory(0, length), plan);
            var content = PlanContent.Read(new JsonStreamReader(stream, file, ReaderLimits.Plan), file, cancellation);
            return CheckFormat(content, file) is { } problem ? Refuse(problem) : PlanAssembly.Assemble(content, file);
        }
        catch (MalformedTextException e)
        {
            return Refuse(e.Problem);
        }
    }

    private static ChangeSet Refuse(params ImmutableArray<Problem> problems) => new() { Changes = [], Problems = problems };

    // The format's promise: minor versions add, major versions break. 0.x came before the promise and has the same shape.
    private static Problem? CheckFormat(PlanContent content, SourceFile file)
    {
        var isPlan = content.Keys.Contains("planned_values") || content.Keys.Contains("resource_changes");
        if (content.FormatVersion is not { } version || !isPlan)
        {
            var (message, hint) = NotAPlan.FromKeys(content.Keys);
            return new(file.At(default), message, hint);
        }

        return Version.TryParse(version, out var parsed) && parsed.Major < 2
            ? null
            : new(
                file.At(content.FormatVersionPosition), $"plan format `{Shown.Text(version)}` is not known, only 0.x and 1.x are",
                "update gitops-policy");
    }
}
