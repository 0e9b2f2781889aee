using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GitOpsPolicy.Inputs.Files;

/// <summary>Tells files that hold bytes from pipes, sockets and devices, whose opening may block or never end.</summary>
internal static class RegularFile
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint TypeMask = 1;

    /// <summary>
    /// Where <c>struct statx</c> keeps the mode; its layout is the same on every Linux architecture (statx(2)).
    /// </summary>
    private const int ModeOffset = 28;
    private const int StatxBytes = 256;
    private const int FormatMask = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>True for a regular file. <paramref name="fullPath"/> is an existing path without links.</summary>
    public static bool Is(string fullPath)
    {
        // Pipes, sockets and devices have no length, so nearly every file is told without a second look.
        if (new FileInfo(fullPath).Length > 0) return true;
        if (!OperatingSystem.IsLinux()) return true;
        var status = new byte[StatxBytes];
        if (Statx(CurrentFolder, fullPath, NoFollow, TypeMask, status) != 0) return false;
        return (BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(ModeOffset)) & FormatMask) == Regular;
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);
}
