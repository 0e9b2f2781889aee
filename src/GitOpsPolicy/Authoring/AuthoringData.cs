namespace GitOpsPolicy.Authoring;

/// <summary>Texts for authors of rules that ship in the binary.</summary>
internal static class AuthoringData
{
    /// <summary>What the schema of our YAML files is called, here and where it is written to.</summary>
    public const string SchemaFile = "gitops-policy.schema.json";

    /// <summary>Reads one.</summary>
    /// <param name="name">Its path below the folder of these texts.</param>
    /// <exception cref="InvalidOperationException">There is no such text: a mistake of ours.</exception>
    public static string Read(string name)
    {
        using var stream = typeof(AuthoringData).Assembly.GetManifestResourceStream($"authoring/{name}")
            ?? throw new InvalidOperationException($"No text `{name}` in the binary.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
