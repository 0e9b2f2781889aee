using System.Globalization;
using System.Net;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// What ssh is told for one address, and nothing else: neither the user's nor the machine's own settings are read.
/// </summary>
internal static class SshSettings
{
    private const string Fixed = """
          IdentitiesOnly yes
          IdentityAgent none
          GlobalKnownHostsFile /dev/null
          StrictHostKeyChecking yes
          UpdateHostKeys no
          BatchMode yes
          PasswordAuthentication no
          KbdInteractiveAuthentication no
          ForwardAgent no
          ForwardX11 no
          ProxyCommand none
          PermitLocalCommand no
          ControlMaster no
          ControlPath none
          ConnectTimeout 15
          ServerAliveInterval 10
          ServerAliveCountMax 3
        """;

    /// <summary>Writes the settings into a private folder, with key and known servers beside them; gives the path.</summary>
    public static string Write(PrivateFolder folder, GitAddress address, IPAddress pinned, GitCredentials credentials)
    {
        var identity = folder.Write("identity", WithLineEnd(credentials.Identity));
        var servers = folder.Write("known_hosts", WithLineEnd(credentials.KnownHosts));
        // The key is looked up under the name, and as ssh itself writes it, whatever the IP address is.
        var alias = address.Port == 22
            ? address.Host
            : string.Create(CultureInfo.InvariantCulture, $"[{address.Host}]:{address.Port}");
        return folder.Write("config", $"""
            Host *
              HostName {pinned}
              HostKeyAlias {alias}
              IdentityFile "{identity}"
              UserKnownHostsFile "{servers}"
            {Fixed}

            """);
    }

    private static string WithLineEnd(string? text) => text is null ? "" : text.TrimEnd('\n') + "\n";
}
