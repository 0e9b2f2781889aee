using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GitOpsPolicy.Webhook.Tests.Certificates;

/// <summary>
/// The first message of an old TLS client, written by hand: what today's libraries will not say even when asked to (RFC 5246,
/// section 7.4.1.2, with the version numbers of RFC 2246 and RFC 4346).
/// </summary>
internal static class ClientHello
{
    private const byte Alert = 21;
    private const byte ProtocolVersion = 70;

    /// <summary>Sends it; true when the server refuses, and says that the version is why.</summary>
    /// <param name="server">The server.</param>
    /// <param name="minor">1 for TLS 1.0, 2 for TLS 1.1.</param>
    /// <param name="name">The server's name to ask for; null to ask for none.</param>
    public static async Task<bool> IsRefusedAsync(Uri server, byte minor, string? name)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Hello(minor, name));
        var answer = new byte[7];
        var got = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false);
        return got == answer.Length && answer[0] == Alert && answer[6] == ProtocolVersion;
    }

    private static byte[] Hello(byte minor, string? name)
    {
        byte[] suites = [0xC0, 0x0A, 0xC0, 0x09, 0xC0, 0x14, 0xC0, 0x13, 0x00, 0x35, 0x00, 0x2F];
        byte[] curves = [0x00, 0x0A, 0x00, 0x04, 0x00, 0x02, 0x00, 0x17];
        byte[] points = [0x00, 0x0B, 0x00, 0x02, 0x01, 0x00];
        byte[] extensions = [.. Name(name), .. curves, .. points];
        byte[] body = [3, minor, .. new byte[32], 0, .. Sized(suites), 1, 0, .. Sized(extensions)];
        byte[] message = [1, 0, .. Sized(body)];
        return [22, 3, 1, .. Sized(message)];
    }

    // RFC 6066, section 3.
    private static byte[] Name(string? name) =>
        name is null ? [] : [0, 0, .. Sized(Sized([0, .. Sized(Encoding.ASCII.GetBytes(name))]))];

    private static byte[] Sized(byte[] bytes) => [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
}
