using System.Diagnostics;
using GitOpsPolicy.Reconciler.Crash;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Model;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// A disk on which there is no room for mirrors: it is told, nothing is deleted for it, and all goes on once there is room again.
/// </summary>
public sealed class DiskTests
{
    [NeedsSmallDisk]
    public async Task A_disk_that_is_full_deletes_nothing_and_once_there_is_room_again_all_goes_on()
    {
        using var disk = SmallDisk.Mount();
        await using var git = await GitBench.StartAsync(Revision.Maps(1, 1, 6));
        using var mirror = GitRevisions.Open(Path.Join(disk.Folder, "cache"), TimeSpan.Zero);
        using var engine = git.Bench.Process(desired: GitRevisions.Of(mirror));
        Assert.Equal(UnitPhase.Synced, (await engine.SettleAsync()).Status.Phase);

        disk.Fill();
        git.Commit([.. Revision.Maps(2, 3, 6), Noise.Of(1)]); // two would go
        for (var i = 0; i < 3; i++)
        {
            var result = await engine.PassAsync();
            Assert.Equal((UnitPhase.Failed, "fetch"), (result.Status.Phase, result.Status.Trouble?.Stage));
            Assert.Contains("disk", result.Status.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(git.Bench.Log.All, static one => one is { Verb: "delete", IsDone: true });
        disk.MakeRoom();
        Assert.Equal(UnitPhase.Synced, (await engine.SettleAsync()).Status.Phase);
        git.Bench.Log.Settled();
        git.Bench.AssertGood();
    }
}

/// <summary>A file system of two MiB.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>One can be had here: who runs the tests may mount file systems.</summary>
    public static bool CanBeHad { get; } = Try();

    /// <summary>Mounts one.</summary>
    public static SmallDisk Mount()
    {
        var folder = Directory.CreateTempSubdirectory("gitops-policy-disk-").FullName;
        return Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder)
            ? new(folder)
            : throw new InvalidOperationException("The file system cannot be mounted.");
    }

    /// <summary>Leaves no room on it.</summary>
    public void Fill()
    {
        try
        {
            using var file = new FileStream(
                Path.Join(Folder, "full"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var page = new byte[4096];
            while (true) file.Write(page);
        }
        catch (IOException)
        {
            // Now it is.
        }
    }

    /// <summary>Makes room again.</summary>
    public void MakeRoom() => File.Delete(Path.Join(Folder, "full"));

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private static bool Try()
    {
        try
        {
            Mount().Dispose();
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>Skipped where no small file system can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsSmallDiskAttribute : FactAttribute
{
    public NeedsSmallDiskAttribute() =>
        Skip = SmallDisk.CanBeHad ? null : "Needs a file system of two MiB, which only root may mount.";
}
