using System.Security.Cryptography;

namespace GitOpsPolicy.Webhook.Certificates;

/// <summary>Writes PEM files: whole or not at all, and keys never readable by others for a moment.</summary>
internal static class PemFiles
{
    /// <summary>
    /// Writes a certificate with its key; the key first, so that a reader who sees the new certificate finds its key.
    /// </summary>
    public static void Write(PemPair pair, string certificatePath, string keyPath)
    {
        Replace(keyPath, pair.Key, isSecret: true);
        Replace(certificatePath, pair.Certificate, isSecret: false);
    }

    /// <summary>Puts a text in the place of a file.</summary>
    public static void Replace(string file, string pem, bool isSecret)
    {
        var next = $"{file}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}.next";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var writer = new StreamWriter(next, options)) writer.Write(pem);
            File.Move(next, file, overwrite: true);
        }
        catch
        {
            File.Delete(next);
            throw;
        }
    }
}
