namespace GitOpsPolicy.Documents;

/// <summary>Whose reading of YAML counts, where readers differ.</summary>
public enum YamlDialect
{
    /// <summary>kubectl and the API server's clients: YAML 1.1 as go-yaml v2 reads it, and no tags of one's own.</summary>
    Kubernetes,

    /// <summary>
    /// CI systems and other tools: the words of YAML 1.2's core schema, so that a workflow's <c>on</c> is a text, and tags of the
    /// tool's own, such as GitLab's <c>!reference</c>, which leave the value as it is written.
    /// </summary>
    Tools,
}
