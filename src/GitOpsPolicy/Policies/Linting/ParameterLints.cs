using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>Parameters that are declared and not read, or read and not declared.</summary>
internal static class ParameterLints
{
    private const string Params = "params";

    /// <summary>What is to be said about a rule.</summary>
    public static IEnumerable<LintFinding> Of(LintSubject subject)
    {
        var declared = subject.Metadata.Parameters.Select(static parameter => parameter.Name).ToList();
        foreach (var read in subject.Code.SelectMany(static facts => facts.Reads)
            .Where(read => read.Object == Params && !declared.Contains(read.Property)))
            yield return subject.Find(
                "undeclared-parameter", read.Location,
                $"`{subject.Metadata.Name}` declares no parameter `{read.Property}`{Suggestion.For(read.Property, declared)}");
        foreach (var name in declared.Where(name => !IsRead(subject, name)))
            yield return subject.Find(
                "unused-parameter", subject.PlaceOf("parameters", name), $"nothing reads the parameter `{name}`");
    }

    // Where `params` goes to a function of the same file, any read of that name counts; where it cannot be followed, everything
    // is read.
    private static bool IsRead(LintSubject subject, string name) => subject.Code.Any(facts =>
        facts.UsedWhole.Contains(Params)
        || facts.Reads.Any(read => read.Property == name && (read.Object == Params || facts.PassedOn.Contains(Params))));
}
