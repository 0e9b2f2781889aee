using System.Globalization;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Promotion;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>--now</c> and <c>--approvals</c>: what promotion rules are told beside the repository.</summary>
internal static class PromotionOptions
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>Adds to the changes what promotion rules ask for.</summary>
    /// <exception cref="UsageException">An option is not as it has to be.</exception>
    public static ChangeSet AddTo(ChangeSet changes, CheckOptions options, PromotionInput input, FileTree head, Terminal terminal)
    {
        var all = input.AddTo(changes, head, Moment(options.Now), terminal.Clock.GetUtcNow());
        return all with { Promotion = all.Promotion! with { Approvals = ReadApprovals(options.Approvals, head) } };
    }

    /// <summary>The time that <c>--now</c> says; null where it is not given.</summary>
    /// <exception cref="UsageException">It is no time.</exception>
    public static DateTimeOffset? Moment(string? text)
    {
        if (text is null) return null;
        return DateTimeOffset.TryParseExact(
            text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new UsageException($"`--now {text}` is no time; write it as `2026-11-21` or `2026-11-21T20:00:00Z`");
    }

    private static Approvals? ReadApprovals(string? path, FileTree head)
    {
        if (path is null) return null;
        if (!head.TryRead(path, out var bytes, out var problem))
            throw new UsageException($"`--approvals {path}` cannot be read: {problem?.Message ?? "there is no such file"}");
        var read = ApprovalsFile.Read(path, bytes);
        return read.TryGet(out var approvals)
            ? approvals
            : throw new UsageException(SafeText.OneLine(read.Problems[0].ToString()));
    }
}
