using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// What a SOPS file's structure says about its encryption. Without the key the MAC cannot be checked, so this is all there is to
/// see.
/// </summary>
/// <param name="IsPresent">There is SOPS metadata.</param>
/// <param name="Plain">Values in clear that the file's own rules, or the kind Secret, want encrypted.</param>
/// <param name="Problems">What is wrong with the metadata or with an encrypted value, with the place.</param>
internal sealed record SopsState(bool IsPresent, IReadOnlyList<Node> Plain, IReadOnlyList<(Node Node, string Problem)> Problems)
{
    /// <summary>There is metadata, it is whole, and every value that has to be encrypted is.</summary>
    public bool IsEncrypted => IsPresent && Plain.Count == 0 && Problems.Count == 0;
}
